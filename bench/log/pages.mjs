/** Serves the pages: empty ones, each at an origin of its own (fresh storage), and what they load. */
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { root } from '../../scripts/run.mjs';

const IMPORTS = {
  kikubari: '/dist/index.js',
  'idb-keyval': '/node_modules/idb-keyval/dist/index.js',
};
const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Shop</title>
<link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>
<h1>Shop</h1>
<p>Hello.</p>
</html>`;
/** An isolated page has a clock of 5 µs instead of 100. */
const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'credentialless',
};
const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css' };

export async function startPages() {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://page').pathname);
    if (path === '/') return response.writeHead(200, { ...HEADERS, 'content-type': 'text/html' }).end(PAGE);
    const file = join(root, path);
    if (!TYPES[extname(path)] || !existsSync(file)) return response.writeHead(404, HEADERS).end();
    response.writeHead(200, { ...HEADERS, 'content-type': TYPES[extname(path)] });
    return createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  let count = 0;
  return {
    /** The address of an empty page; the same `name`, the same storage. */
    address: (name = `page${(count += 1)}`) => `http://${name}.localhost:${port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
