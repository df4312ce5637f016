/** A proxy in front of the collector that counts what passes, and cuts, holds or answers in its place. */
import { once } from 'node:events';
import http from 'node:http';
import { gunzipSync } from 'node:zlib';
import { createTally } from './tally.mjs';

/** A page for people to sign in at, readable by the host's script, where a captive portal sends its requests. */
export const LOGIN = '/login';
const HTML = { 'content-type': 'text/html', 'access-control-allow-origin': '*' };

/**
 * `proxy.rule = (request) => action | undefined` decides about each `POST /v1/batch`; without an action it is forwarded.
 * An action is an async function of the exchange, see `actions.mjs`.
 */
export function createProxy(collector, sabotage) {
  const tally = createTally();
  const agent = new http.Agent({ keepAlive: true });
  let port = 0;
  let server;

  const serve = async (incoming, outgoing) => {
    // A page that dies takes its connections with it.
    incoming.on('error', () => undefined);
    outgoing.on('error', () => undefined);
    const body = await readBody(incoming);
    if (!body) return;
    if (incoming.url === LOGIN)
      return void outgoing.writeHead(200, HTML).end('<html>Sign in to the hotel</html>');
    const isBatch = incoming.method === 'POST' && incoming.url.split('?')[0] === '/v1/batch';
    const described = describe(incoming, body);
    tally.came(described);
    const request = isBatch ? tally.arrived(described) : undefined;
    /** `change` may alter the batch on its way. */
    const forward = (change) => {
      const changed = change ? Buffer.from(JSON.stringify(change(request.batch))) : body;
      return passOn({ collector, agent, incoming, body: sabotage?.(changed, request) ?? changed });
    };
    const passing = request ? counted(forward, request, tally) : forward;
    const exchange = { request, incoming, outgoing, forward: passing };
    try {
      await ((isBatch && proxy.rule?.(request)) || relay)(exchange);
    } catch {
      // The collector is not there: the page sees a broken connection.
      outgoing.destroy();
    }
  };

  const proxy = {
    rule: undefined,
    tally,
    url: () => `http://127.0.0.1:${port}`,
    /** Starts listening, on the same port as before. */
    async open() {
      server = http.createServer((incoming, outgoing) => void serve(incoming, outgoing));
      // As many as any row has at once: what this one resets would count against the collector.
      // A client that takes up a connection again in the moment in which it is given up for idle is reset.
      server.keepAliveTimeout = 600_000;
      server.listen({ port, host: '127.0.0.1', backlog: 4096 });
      await once(server, 'listening');
      port = server.address().port;
    },
    /** Connections are refused from now on, and open ones are cut. */
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      agent.destroy();
    },
  };
  return proxy;
}

const counted = (forward, request, tally) => async (change) => {
  const answer = await forward(change);
  tally.forwarded(request, answer);
  return answer;
};

async function relay({ outgoing, forward }) {
  const { status, headers, body } = await forward();
  outgoing.writeHead(status, headers).end(body);
}

async function readBody(incoming) {
  try {
    return Buffer.concat(await incoming.toArray());
  } catch {
    return undefined;
  }
}

function describe({ url, headers }, raw) {
  const isGzip = raw[0] === 0x1f && raw[1] === 0x8b;
  const text = isGzip ? gunzipSync(raw) : raw;
  return { at: Date.now(), url, origin: headers.origin, bytes: text.length, batch: parsed(text) };
}

/** What cannot be read is passed on all the same: the collector's answer to it is part of the row. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { rows: [] };
  }
}

async function passOn({ collector, agent, incoming, body }) {
  const { method, url, headers } = incoming;
  const target = new URL(url, collector.url);
  const request = http.request(target, {
    method,
    agent,
    headers: { ...headers, host: target.host, 'content-length': body.length },
  });
  request.end(body);
  const [response] = await once(request, 'response');
  return {
    status: response.statusCode,
    headers: response.headers,
    body: Buffer.concat(await response.toArray()),
  };
}
