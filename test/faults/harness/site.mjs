/** The host's web site: pages that include the built script, on an origin other than the collector's. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { root } from '../../../scripts/run.mjs';
import { SITE } from './collector.mjs';

const TRACKING = readFileSync(new URL('tracking.js', import.meta.url), 'utf8');
const SDK = join(root, 'dist/browser');
const JAVASCRIPT = 'text/javascript; charset=utf-8';

/** Serves `/page.html` (script tag and harness), `/blank.html` (neither), `/sdk/*`, and what rows add to `files`. */
export async function startSite(endpoint, sdkFolder = SDK) {
  const tag = `<script src="/sdk/kikubari.js" data-site="${SITE}" data-endpoint="${endpoint}"></script>`;
  const files = new Map();
  const site = {
    tag,
    files,
    /** Adds a page or script; `head` of a page goes before everything else. */
    addPage: (path, head) => files.set(path, { type: 'text/html; charset=utf-8', body: page(head) }),
    addScript: (path, body) => files.set(path, { type: JAVASCRIPT, body }),
    /** The same site under another name is another origin: a device of its own in the same browser. */
    url: (path = '/page.html', name = 'site') => `http://${name}.localhost:${port}${path}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  site.addPage('/page.html', `${tag}<script src="/tracking.js"></script>`);
  site.addPage('/blank.html', '');
  site.addScript('/tracking.js', TRACKING);
  const server = http.createServer((request, response) => answer(files, sdkFolder, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  return site;
}

function page(head) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title>${head}</head><body><p>Host page</p></body></html>`;
}

function answer(files, sdkFolder, request, response) {
  const path = request.url.split('?')[0];
  const file = files.get(path) ?? sdkFile(path, sdkFolder);
  if (typeof file === 'function') return file(request, response);
  request.resume();
  if (!file) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-cache', ...file.headers });
  response.end(driven(file, request.url));
}

/** A page of a browser that no protocol drives gets its driver's script before all others (`browsers/tabs.mjs`). */
function driven({ type, body }, url) {
  const [, port, tab] = /[?&]driver=(\d+)-(\d+)/.exec(url) ?? [];
  if (!port || !type.startsWith('text/html')) return body;
  return body.replace('<head>', `<head><script src="http://127.0.0.1:${port}/script/${tab}"></script>`);
}

function sdkFile(path, folder) {
  const name = /^\/sdk\/([\w.-]+\.js)$/.exec(path)?.[1];
  try {
    return name ? { type: JAVASCRIPT, body: readFileSync(join(folder, name)) } : undefined;
  } catch {
    return undefined;
  }
}
