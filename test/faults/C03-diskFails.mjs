/** C03: no space, a broken disk, no file handles, a disk or a store that stalls: refused or late, never a false receipt. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { eventIdOf, makeBatch, post } from './harness/batches.mjs';
import { stallStore } from './harness/stalledStore.mjs';
import { peakMiB } from './harness/usage.mjs';
import { sleep, until } from './harness/waiting.mjs';

const control = join(tmpdir(), `kikubari-faults-disk-${process.pid}`);
writeFileSync(control, '');
const EVENTS = 10;
const BATCHES = { quick: 20, full: 200 };
const STALL_MS = { quick: 1500, full: 30_000 };
const MAX_RSS_MIB = 256;
/** Requests that wait for a stalled disk, 400 kB each in memory: three times what the collector may hold (32 MiB). */
const WAITING = 240;
const PADDING = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`p${index}`, 'x'.repeat(4000)]));
/** The third opens a new segment, which it does only after a write has failed. */
const WAYS = ['ENOSPC', 'EIO', 'EMFILE', 'stall', 'store'];

export const row = {
  id: 'C03',
  fault: 'ENOSPC, EIO, EMFILE, disk or store stalled',
  runs: { quick: WAYS.length, full: WAYS.length },
  world: {
    start: {
      preload: new URL('harness/preload.mjs', import.meta.url).href,
      env: { FAULTS_CONTROL: control },
    },
  },
  async run({ world, run, isQuick, problems, notes }) {
    const way = WAYS[run];
    if (way === 'store')
      return stallStore({
        world,
        run,
        problems,
        notes,
        control,
        stallMs: STALL_MS[isQuick ? 'quick' : 'full'],
      });
    const count = isQuick ? BATCHES.quick : BATCHES.full;
    const hits = way === 'stall' ? WAITING : count;
    const book = world.ledger.begin(run, { calls: (2 * count + hits + 1) * EVENTS });
    await sendAll(world, book, makeRequests(book, 0, count));
    const requests = makeRequests(book, 2 * count, hits, way === 'stall' ? PADDING : undefined);
    writeFileSync(control, way === 'EMFILE' ? 'EIO' : way);
    if (way === 'EMFILE') {
      await sendAll(world, book, makeRequests(book, 2 * count + hits, 1));
      writeFileSync(control, way);
    }
    const hit = sendAll(world, book, requests);
    if (way === 'stall') {
      await sleep(isQuick ? STALL_MS.quick : STALL_MS.full);
      await until(() => requests.some(({ answer }) => answer), 'a full collector to refuse');
      if (book.acked.size > count * EVENTS) problems.push('stall: receipts while nothing reached the disk');
    } else await hit;
    const peak = peakMiB(world.collector.pid());
    if (peak > MAX_RSS_MIB)
      problems.push(`${way}: ${peak.toFixed(0)} MiB resident, ${MAX_RSS_MIB} are allowed`);
    writeFileSync(control, '');
    const answers = await hit;
    problems.push(...judge(way, answers));
    const after = await sendAll(world, book, makeRequests(book, count, count));
    if (after.some(({ status }) => status !== 200)) problems.push(`${way}: did not recover`);
    const refused = answers.filter(({ status }) => status === 503).length;
    notes.push(`${way} ${refused} of ${hits} refused, ${peak.toFixed(0)} MiB`);
    return refused > 0;
  },
};

function judge(way, answers) {
  const problems = [];
  const receipts = answers.filter(({ receipt }) => receipt).length;
  const allowed = way === 'stall' ? [200, 503] : [503];
  // What a stalled disk takes in the end is late, not false.
  if (way !== 'stall' && receipts > 0) problems.push(`${way}: ${receipts} false receipts`);
  if (answers.some(({ status }) => !allowed.includes(status)))
    problems.push(`${way}: answers other than ${allowed.join(' and ')}`);
  const refusals = answers.filter(({ status }) => status === 503);
  if (refusals.some(({ headers }) => !headers.get('retry-after')))
    problems.push(`${way}: 503 without Retry-After`);
  // Without this a page of another origin cannot read it.
  const isHidden = ({ headers }) => !/retry-after/i.test(headers.get('access-control-expose-headers') ?? '');
  if (refusals.some(isHidden)) problems.push(`${way}: Retry-After is not exposed to pages`);
  return problems;
}

/** Bodies of batches numbered from `first`, made before the fault so that only the sending falls into it. */
function makeRequests(book, first, count, padding) {
  return Array.from({ length: count }, (_, index) => {
    const number = first + index;
    const labels = Array.from({ length: EVENTS }, (_, place) => number * EVENTS + place);
    const batch = makeBatch({ run: book.run, labels, key: number });
    for (const { properties } of batch.rows[0].events) Object.assign(properties, padding);
    const body = gzipSync(JSON.stringify(batch), { level: 1 });
    return { labels, id: batch.rows[0].id, body, isLarge: padding !== undefined };
  });
}

/** Each once, all at once. */
function sendAll(world, book, requests) {
  const headers = { 'content-type': 'text/plain', origin: 'http://shop.test' };
  const one = async (request) => {
    const { labels, id, body, isLarge } = request;
    for (const label of labels) book.called.add(label);
    request.answer = await post(isLarge ? direct(world) : world, '', { headers, body });
    if (request.answer.receipt) labels.forEach((label, index) => book.acked.set(label, eventIdOf(id, index)));
    return request.answer;
  };
  return Promise.all(requests.map(one));
}

/** Past the proxy, which reads every batch and would be what the large ones wait for. */
const direct = ({ collector }) => ({ proxy: { url: () => collector.url } });
