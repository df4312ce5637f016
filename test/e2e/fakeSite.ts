/** A site with the built script on its pages, and what stands in for its collector: it answers receipts, and keeps what it was sent. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import type { Batch } from '../../src/core/events.js';
import type { Program } from '../../src/core/program.js';

const DIST = join(import.meta.dirname, '../../dist/browser');

export interface FakeSite {
  base: string;
  batches: Batch[];
  /** Paths that were asked for. */
  requests: string[];
  /** What is published; without one, the site's key is not known. */
  program: Program | undefined;
  /** Whether batches are answered with 503. */
  isDown: boolean;
  reset(): void;
  close(): Promise<void>;
}

/** `pageOf`: the HTML of a page. */
export async function startFakeSite(pageOf: (path: string) => string): Promise<FakeSite> {
  expect(existsSync(join(DIST, 'kikubari.js')), 'run npm run build first').toBe(true);
  const fresh = () => ({ batches: [], requests: [], program: undefined, isDown: false });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://host');
    site.requests.push(pathname);
    if (pathname === '/v1/batch') return takeBatch(site, request, response);
    if (pathname.startsWith('/v1/program/'))
      return void response.writeHead(site.program ? 200 : 404).end(JSON.stringify(site.program ?? {}));
    const file = join(DIST, pathname);
    if (pathname.endsWith('.js') && existsSync(file))
      return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(file));
    response.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'max-age=60' });
    response.end(pageOf(pathname));
  });
  const site: FakeSite = {
    base: '',
    ...fresh(),
    reset: () => void Object.assign(site, fresh()),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  site.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return site;
}

function takeBatch(site: FakeSite, request: IncomingMessage, response: ServerResponse): void {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    if (site.isDown) return void response.writeHead(503).end();
    const body = Buffer.concat(parts);
    const batch = JSON.parse((body[0] === 0x1f ? gunzipSync(body) : body).toString()) as Batch;
    site.batches.push(batch);
    const accepted = batch.rows.flatMap((row) => row.events).length;
    const program = site.program?.version ?? 0;
    response.end(JSON.stringify({ accepted, rejected: [], program, commands: [] }));
  });
}
