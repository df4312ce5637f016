/** A client without a browser: batches as the SDK writes them, repeated until our receipt comes. */
import { randomBytes, randomUUID } from 'node:crypto';
import { SITE } from './collector.mjs';
import { sleep } from './waiting.mjs';

/** A row's id: UUIDv7 of now, or of `at`, with room for the event's index. */
export function rowId(at = Date.now()) {
  const time = at.toString(16).padStart(12, '0');
  const random = randomBytes(8).toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 14)}0000`;
}

/** The id of a row's event, as core has it. */
export const eventIdOf = (row, index) => row.slice(0, -4) + index.toString(16).padStart(4, '0');

/** One batch of one row with `labels.length` events. */
export function makeBatch({ run, labels, key, visitor = randomUUID(), at = Date.now(), events }) {
  const page = randomUUID();
  return {
    site: SITE,
    sdk: '0.0.0',
    program: 0,
    visitor,
    zone: -540,
    clock: [at, 1000],
    origin: page,
    dropped: {},
    rows: [
      {
        id: rowId(at),
        key,
        stream: visitor,
        page,
        session: page,
        monotonic: 900,
        origin: page,
        events:
          events ?? labels.map((label) => ({ name: 'step', time: at, properties: { r: run, i: label } })),
      },
    ],
  };
}

/** Posts to the proxy; the receipt, or undefined if none came. */
export async function post(world, body, init = {}) {
  try {
    const response = await fetch(`${world.proxy.url()}/v1/batch`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...init,
    });
    return { status: response.status, headers: response.headers, receipt: await receiptOf(response) };
  } catch {
    return { status: 0 };
  }
}

async function receiptOf(response) {
  const text = await response.text();
  if (response.status !== 200) return undefined;
  const receipt = JSON.parse(text);
  return typeof receipt.accepted === 'number' ? receipt : undefined;
}

/** Sends batches of `events` labelled events and keeps the book of what was acknowledged. */
export function createSender({ world, book, events, headers = {} }) {
  const acknowledged = [];
  const visitor = randomUUID();
  const init = { headers: { 'content-type': 'text/plain', ...headers } };

  const send = async (number) => {
    const labels = Array.from({ length: events }, (_, index) => number * events + index);
    const batch = makeBatch({ run: book.run, labels, key: number, visitor });
    for (const label of labels) book.called.add(label);
    const text = JSON.stringify(batch);
    while (!(await post(world, text, init)).receipt) await sleep(20);
    labels.forEach((label, index) => book.acked.set(label, eventIdOf(batch.rows[0].id, index)));
    acknowledged.push(text);
  };

  return {
    /** Batches acknowledged so far. */
    acknowledged: () => acknowledged.length,
    /** One batch, until it is acknowledged. */
    send,
    async sendAll(count, connections) {
      let next = 0;
      const work = async () => {
        while (next < count) await send(next++);
      };
      await Promise.all(Array.from({ length: connections }, work));
    },
    async repeat(random, count) {
      for (let index = 0; index < count; index += 1) await post(world, random.pick(acknowledged));
    },
  };
}
