/** C03: no space, a broken disk, no file handles, a disk that stalls: refused or late, never a false receipt. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { eventIdOf, makeBatch, post } from './harness/batches.mjs';
import { sleep } from './harness/waiting.mjs';

const control = join(tmpdir(), `kikubari-faults-disk-${process.pid}`);
writeFileSync(control, '');
const EVENTS = 10;
const BATCHES = { quick: 20, full: 200 };
const STALL_MS = { quick: 1500, full: 30_000 };
const MAX_RSS_MIB = 256;
/** The last opens a new segment, which it does only after a write has failed. */
const WAYS = ['ENOSPC', 'stall', 'EIO', 'EMFILE'];

export const row = {
  id: 'C03',
  fault: 'ENOSPC, EIO, EMFILE, disk stalled',
  runs: { quick: WAYS.length, full: WAYS.length },
  world: {
    start: {
      preload: new URL('harness/preload.mjs', import.meta.url).href,
      env: { FAULTS_CONTROL: control },
    },
  },
  async run({ world, run, isQuick, problems }) {
    const way = WAYS[run];
    const count = isQuick ? BATCHES.quick : BATCHES.full;
    const book = world.ledger.begin(run, { calls: (3 * count + 1) * EVENTS });
    const send = (first) =>
      Promise.all(Array.from({ length: count }, (_, index) => one(world, book, first + index)));
    await send(0);
    writeFileSync(control, way === 'EMFILE' ? 'EIO' : way);
    if (way === 'EMFILE') {
      await one(world, book, 3 * count);
      writeFileSync(control, way);
    }
    const hit = send(count);
    if (way === 'stall') await sleep(isQuick ? STALL_MS.quick : STALL_MS.full);
    if (way === 'stall') writeFileSync(control, '');
    const answers = await hit;
    writeFileSync(control, '');
    problems.push(...judge(way, answers));
    const after = await send(2 * count);
    if (after.some(({ status }) => status !== 200)) problems.push(`${way}: did not recover`);
    const rss =
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${world.collector.pid()}/status`, 'utf8'))[1]) / 1024;
    if (rss > MAX_RSS_MIB)
      problems.push(`${way}: ${rss.toFixed(0)} MiB resident, ${MAX_RSS_MIB} are allowed`);
    return way === 'stall' || answers.some(({ status }) => status === 503);
  },
};

function judge(way, answers) {
  if (way === 'stall')
    return answers.every(({ status }) => [200, 503].includes(status)) ? [] : ['stall: other answers'];
  const problems = [];
  const receipts = answers.filter(({ receipt }) => receipt).length;
  if (receipts > 0) problems.push(`${way}: ${receipts} false receipts`);
  if (answers.some(({ status }) => status !== 503)) problems.push(`${way}: answers other than 503`);
  const refusal = answers.find(({ status }) => status === 503);
  if (!refusal?.headers.get('retry-after')) problems.push(`${way}: 503 without Retry-After`);
  // Without this a page of another origin cannot read it.
  if (!/retry-after/i.test(refusal?.headers.get('access-control-expose-headers') ?? ''))
    problems.push(`${way}: Retry-After is not exposed to pages`);
  return problems;
}

async function one(world, book, number) {
  const labels = Array.from({ length: EVENTS }, (_, index) => number * EVENTS + index);
  const batch = makeBatch({ run: book.run, labels, key: number });
  for (const label of labels) book.called.add(label);
  const answer = await post(world, batch, {
    headers: { 'content-type': 'text/plain', origin: 'http://shop.test' },
  });
  if (answer.receipt)
    labels.forEach((label, index) => book.acked.set(label, eventIdOf(batch.rows[0].id, index)));
  return answer;
}
