/** The driver's end of `telling.js`: pages tell it over loopback what the ledger is to hear and what nobody caught. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';

const TELLING = readFileSync(new URL('telling.js', import.meta.url), 'utf8');
const HTML = 'text/html; charset=utf-8';
const JAVASCRIPT = 'text/javascript; charset=utf-8';

/**
 * Starts the server; `problems` gets the uncaught errors of all pages. `routes` adds some: each is asked with the page's
 * number, message and response, and returns its answer or, if that comes later, the response.
 */
export async function startLoopback({ hear, problems, routes }) {
  const all = {
    ledger: async (_number, message) => JSON.stringify((await hear(message)) ?? null),
    problem: (_number, message) => void problems.push(message),
    ...routes,
  };
  const serve = async (request, response) => {
    const [, route, number] = request.url.split('/');
    const text = Buffer.concat(await request.toArray()).toString();
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-type', route === 'opener' ? HTML : JAVASCRIPT);
    const answer = await all[route](Number(number), text === '' ? undefined : JSON.parse(text), response);
    if (answer !== response) response.end(answer ?? 'null');
  };
  const server = http.createServer((request, response) => {
    // A page that goes takes its requests with it.
    void serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  return {
    port,
    /** What a page must run before its own scripts. */
    script: (number = 0) => `globalThis.driver = { port: ${port}, number: ${number} };\n${TELLING}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
