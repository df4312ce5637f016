import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { Problem } from './problems.js';
import { consoleHeaders, PAGE_HEADERS } from './securityHeaders.js';
import { createStaticFiles } from './staticFiles.js';

const HASHED = /-[\w-]{8,}\.\w+$/;

/** The console: its files, and its page for every other path below `/console/`, with a nonce of its own each time. */
export async function consoleRoutes(
  app: FastifyInstance,
  { consoleDir }: { consoleDir: string },
): Promise<void> {
  const files = createStaticFiles(consoleDir);
  app.get('/console', (_request, reply) => reply.redirect('/console/', 308));
  app.get<{ Params: { '*': string } }>('/console/*', async (request, reply) => {
    const path = request.params['*'];
    const nonce = randomBytes(16).toString('base64url');
    void reply.headers(consoleHeaders(nonce));
    const cacheControl = HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
    const isPage = path === '' || path === 'index.html';
    if (!isPage && (await files.send(path, request, reply, cacheControl))) return reply;
    if (/\.\w+$/.test(path) && !isPage) throw new Problem(404, 'There is nothing here.');
    const page = await files.text('index.html');
    if (page === undefined) throw new Problem(404, 'The console is not part of this installation.');
    return reply
      .headers({ 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' })
      .send(page.replaceAll('__CSP_NONCE__', nonce));
  });
}

/** A folder of plain pages, such as the demo shop. */
export async function pageRoutes(
  app: FastifyInstance,
  { prefix, dir }: { prefix: string; dir: string },
): Promise<void> {
  const files = createStaticFiles(dir);
  const base = prefix.replace(/\/+$/, '');
  if (base !== '') app.get(base, (_request, reply) => reply.redirect(`${base}/`, 308));
  app.get<{ Params: { '*': string } }>(`${base}/*`, async (request, reply) => {
    const path = request.params['*'];
    void reply.headers(PAGE_HEADERS);
    for (const candidate of path === '' || path.endsWith('/')
      ? [`${path}index.html`]
      : [path, `${path}.html`]) {
      if (await files.send(candidate, request, reply, 'no-cache')) return reply;
    }
    throw new Problem(404, 'There is nothing here.');
  });
}
