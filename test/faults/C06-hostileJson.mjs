/**
 * C06: JSON that is deep, wide, doubled, polluted or not JSON at all; valid siblings are stored. The client keeps its books as the
 * SDK does (D2): what a receipt refuses, and a body that cannot be taken at all, is counted and reported as `rejected`.
 */
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { eventIdOf, makeBatch, post } from './harness/batches.mjs';
import { settledMetrics } from './harness/metrics.mjs';
import { sleep } from './harness/waiting.mjs';

/** Ten looks. */
const WATCHED_MS = 200;

/** Text that stands where one event of three should be, or a change to the whole body. */
const EVENTS = {
  'depth 100,000': `{"name":"bad","time":1,"properties":{"deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
  '20,000 keys': `{"name":"bad","time":1,"properties":{${Array.from({ length: 20_000 }, (_, key) => `"k${key}":1`).join()}}}`,
  'a key named __proto__': '{"name":"bad","time":1,"properties":{"__proto__":{"polluted":true}}}',
  'constructor.prototype':
    '{"name":"bad","time":"no","properties":{"constructor":{"prototype":{"polluted":true}}}}',
  '1e999': '{"name":"bad","time":1e999}',
  'no object': '[[[]]]',
  null: 'null',
};
const BODIES = {
  NaN: (text) => text.replace('"zone":-540', '"zone":NaN'),
  'invalid UTF-8': (text) =>
    Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0x22, 0xff, 0xfe, 0x22, 0x7d])]),
  NUL: (text) => text.replace('{', '{\0'),
  'a million keys': (text) =>
    gzipSync(text.replace('{', `{${Array.from({ length: 1_000_000 }, (_, key) => `"${key}":1,`).join('')}`)),
  truncated: (text) => text.slice(0, -20),
};
/** Bodies that must be taken all the same. */
const TAKEN = {
  BOM: (text) => `\uFEFF${text}`,
  'duplicate keys': (text) => text.replace('"program":0', '"program":7,"program":0'),
};

export const row = {
  id: 'C06',
  fault: 'hostile JSON',
  world: {
    mayDrop: ['rejected'],
    start: { preload: new URL('harness/watchPrototypes.mjs', import.meta.url).href },
  },
  runs: { quick: 1, full: 3 },
  async run({ world, run, problems }) {
    const book = world.ledger.begin(run, { calls: 1000, isExact: true });
    const client = { visitor: randomUUID(), rejected: 0, named: 0 };
    const cases = [
      ...Object.entries(EVENTS).map(([name, event]) => ({ name, event, statuses: [200] })),
      ...Object.entries(BODIES).map(([name, change]) => ({ name, change, statuses: [400, 413] })),
      ...Object.entries(TAKEN).map(([name, change]) => ({ name, change, statuses: [200] })),
    ];
    for (const [index, one] of cases.entries())
      problems.push(...(await judge({ world, book, client, index, ...one })));
    problems.push(...(await report({ world, run, client })));
    problems.push(...(await judgePrototypes(world)));
    const alive = await fetch(`${world.collector.url}/healthz`).then((response) => response.ok);
    if (!alive) problems.push('the collector is not well');
    if (world.collector.starts > 1) problems.push('the collector had to be started again');
    return cases.length;
  },
};

async function judge({ world, book, client, index, name, event, change, statuses }) {
  const labels = [index * 3, index * 3 + 1];
  const { visitor } = client;
  const batch = makeBatch({ run: book.run, labels, key: index, visitor });
  const places = event ? [0, 2] : [0, 1];
  if (event) batch.rows[0].events.splice(1, 0, 'BAD');
  const text = JSON.stringify(batch).replace('"BAD"', event);
  for (const label of labels) book.called.add(label);
  if (event) book.called.add(index * 3 + 2);
  const body = change ? change(text) : text;
  const { status, receipt } = await post(direct(world), body, { body });
  if (receipt) labels.forEach((label, at) => book.acked.set(label, eventIdOf(batch.rows[0].id, places[at])));
  client.named += receipt?.rejected.length ?? 0;
  client.rejected += receipt ? receipt.rejected.length : labels.length;
  if (!statuses.includes(status)) return [`${name}: answered ${status}`];
  const bad = event ? [eventIdOf(batch.rows[0].id, 1)] : [];
  if (receipt && receipt.rejected.map(({ id }) => id).join() !== bad.join())
    return [
      `${name}: the receipt names ${receipt.rejected.length} events, not just the ${bad.length} that are bad`,
    ];
  return [];
}

/** The store's thread reads what was stored too, a moment later. */
async function judgePrototypes({ collector }) {
  await settledMetrics(collector);
  await sleep(WATCHED_MS);
  const output = collector.output();
  const threads = ['main thread', "store's thread"];
  const unwatched = threads.filter((where) => !output.includes(`prototypes of the ${where} are watched`));
  return [
    ...unwatched.map((where) => `nobody watches the prototypes of the ${where}`),
    ...new Set(output.match(/prototype polluted .*/g)),
  ];
}

/** Tells the collector what was dropped, as the next envelope of an SDK does, and asks what it has counted itself. */
async function report({ world, run, client: { visitor, rejected, named } }) {
  const batch = makeBatch({ run, labels: [], key: 1000, visitor });
  const { receipt } = await post(direct(world), { ...batch, rows: [], dropped: { rejected } });
  const text = await fetch(`${world.collector.url}/metrics`).then((response) => response.text());
  const lines = text.matchAll(/^kikubari_events_rejected_total\{code="\w+"\} (\d+)$/gm);
  const total = [...lines].reduce((sum, [, count]) => sum + Number(count), 0);
  const before = counted.get(world) ?? 0;
  counted.set(world, total);
  if (!receipt) return ['the report of drops was not taken'];
  return total - before === named ? [] : [`/metrics counts ${total - before} rejected events, not ${named}`];
}

/** What `/metrics` of a row's collector said after the run before. */
const counted = new WeakMap();

/** Past the proxy, which would have to parse what nobody can. */
const direct = ({ collector }) => ({ proxy: { url: () => collector.url } });
