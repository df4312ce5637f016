/** Serves `examples/gallery`, with the built preview entry beside it. */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { root } from '../run.mjs';

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The file an address names; undefined where it leads out of what is served. */
function fileOf(path) {
  const clean = normalize(path).replace(/\/$/, '/index.html');
  if (clean.includes('..')) return undefined;
  return clean.startsWith('/kikubari/')
    ? join(root, 'dist', clean.slice('/kikubari/'.length))
    : join(root, 'examples/gallery', clean);
}

/**
 * @typedef {object} GalleryOptions
 * @property {number} [port] 0, the default, is any that is free.
 * @property {string} [csp] What every answer says of what the page may do; the page's own stylesheet is left out then, and its scripts
 * have the nonce `x`.
 * @property {(html: string) => string} [edit] What becomes of a page before it is sent.
 * @property {() => string | undefined} [type] What a page is sent as.
 */

/**
 * Resolves the address and how to end it.
 * @param {GalleryOptions} [options]
 */
export async function serveGallery({ port = 0, csp, edit = (html) => html, type = () => undefined } = {}) {
  const server = createServer(async ({ url = '/' }, response) => {
    if (url === '/favicon.ico') return response.writeHead(204).end();
    try {
      const file = fileOf(decodeURIComponent(new URL(url, 'http://gallery').pathname));
      let body = await readFile(file);
      if (csp) response.setHeader('content-security-policy', csp);
      if (file.endsWith('.html')) {
        const html = body.toString();
        body = edit(
          csp
            ? html.replace(/<link rel="stylesheet"[^>]*>/, '').replaceAll('<script ', '<script nonce="x" ')
            : html,
        );
      }
      const sentAs = (file.endsWith('.html') && type()) || TYPES[extname(file)] || 'application/octet-stream';
      response.setHeader('content-type', `${sentAs}; charset=utf-8`);
      // For pages without an origin.
      response.setHeader('access-control-allow-origin', '*');
      response.end(body);
    } catch {
      response.statusCode = 404;
      response.end('There is nothing here.');
    }
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
