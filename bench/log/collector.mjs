/** Takes events, answers receipts, and counts bytes on its sockets; keeps no journal, because it is the page that is measured. */
import { createServer } from 'node:http';
import { receiptFor, textOf } from './receipt.mjs';

/** Every measured event has such an id among its properties. */
const ID = /bench-[a-z]+-\d+/g;
const CORS = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };
const EMPTY_PROGRAM = { schema: 1, site: 'shop', version: 1, segments: {}, campaigns: [] };

/** `program` is what the site has published. */
export async function startCollector({ program = EMPTY_PROGRAM } = {}) {
  const sockets = new Set();
  let held;
  let counts;
  let server;
  let port = 0;

  const reset = () => {
    counts = { ids: new Map(), requests: 0, preflights: 0, bodyBytes: 0, closedBytes: 0 };
    for (const socket of sockets) socket.bytesBefore = socket.bytesRead;
  };
  const readSince = (socket) => socket.bytesRead - (socket.bytesBefore ?? 0);

  const answer = async (request, response) => {
    const body = await read(request);
    if (request.method === 'OPTIONS') {
      counts.preflights++;
      const allowed = { 'access-control-allow-headers': '*', 'access-control-allow-methods': '*' };
      return response.writeHead(204, { ...CORS, ...allowed }).end();
    }
    const text = textOf(body);
    const found = text.match(ID) ?? [];
    for (const id of found) counts.ids.set(id, (counts.ids.get(id) ?? 0) + 1);
    if (found.length) counts.requests++;
    counts.bodyBytes += body.length;
    if (request.method === 'POST') await held;
    response.writeHead(200, { ...CORS, 'content-type': 'application/json' });
    return response.end(JSON.stringify(told(request.url, text)));
  };

  const told = (url, text) => {
    if (url.startsWith('/v1/program/')) return program;
    // What others send needs no receipt, and is theirs to read.
    return url === '/v1/batch' ? receiptFor(text, program.version) : {};
  };

  const up = async () => {
    server = createServer((request, response) => void answer(request, response));
    server.keepAliveTimeout = 60_000;
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        counts.closedBytes += readSince(socket);
      });
    });
    await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
    ({ port } = server.address());
  };
  const down = () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    return closed;
  };

  reset();
  await up();
  return {
    endpoint: `http://127.0.0.1:${port}`,
    reset,
    up,
    down,
    /** Lets no receipt out until the function it returns is called. */
    hold() {
      let release;
      held = new Promise((resolve) => (release = resolve));
      return release;
    },
    /** `ids`: how often each measured event came; `wireBytes`: request lines, headers and bodies. */
    counts: () => ({
      ...counts,
      wireBytes: [...sockets].reduce((sum, socket) => sum + readSince(socket), counts.closedBytes),
    }),
  };
}

async function read(request) {
  const chunks = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    // The page is gone.
  }
  return Buffer.concat(chunks);
}
