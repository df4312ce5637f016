/** C05: bodies that cost more than they look: bombs, wrong encodings, endless and creeping requests. */
import { readFileSync } from 'node:fs';
import { brotliCompressSync, createGzip, deflateSync, gzipSync } from 'node:zlib';
import { createSender, makeBatch } from './harness/batches.mjs';
import { percentile } from './harness/figures.mjs';
import { creep, request } from './harness/rawRequests.mjs';
import { guarded } from './harness/waiting.mjs';

const AMOUNT = {
  quick: { bombMiB: 64, creeping: 50, honest: 40 },
  full: { bombMiB: 1024, creeping: 500, honest: 400 },
};
const MAX_CPU_MS = 100;
const MAX_RSS_MIB = 32;

export const row = {
  id: 'C05',
  fault: 'gzip bombs, false lengths, creeping requests',
  runs: { quick: 1, full: 1 },
  async run({ world, run, isQuick, problems, notes }) {
    const { bombMiB, creeping, honest } = isQuick ? AMOUNT.quick : AMOUNT.full;
    const book = world.ledger.begin(run, { calls: 3 * honest * 10 });
    const sender = createSender({ world, book, events: 10 });
    const timed = async (first) => {
      const times = [];
      for (let index = 0; index < honest; index += 1) {
        const startedAt = performance.now();
        await sender.send(first + index);
        times.push(performance.now() - startedAt);
      }
      return percentile(times, 99);
    };
    await timed(0);
    const calm = await timed(honest);
    for (const bomb of await bombs(bombMiB)) problems.push(...(await drop(world, bomb, isQuick)));
    const sockets = Array.from({ length: creeping }, () => creep(world.collector.url));
    const busy = await timed(2 * honest);
    for (const socket of sockets) socket.destroy();
    notes.push(
      `honest p99 ${calm.toFixed(0)} ms, beside ${creeping} creeping requests ${busy.toFixed(0)} ms`,
    );
    if (!isQuick && busy > 2 * calm)
      problems.push(`honest p99 ${busy.toFixed(1)} ms, ${calm.toFixed(1)} before`);
    return 8;
  },
};

async function bombs(bombMiB) {
  const plain = JSON.stringify(makeBatch({ run: 0, labels: [], key: 0 }));
  return [
    { name: 'gzip bomb', body: await zeros(bombMiB), encoding: 'gzip', statuses: [413] },
    { name: 'gzip bomb without header', body: await zeros(bombMiB), statuses: [413] },
    { name: 'gzip of gzip', body: gzipSync(gzipSync(plain)), encoding: 'gzip', statuses: [400] },
    { name: 'brotli', body: brotliCompressSync(plain), encoding: 'br', statuses: [415] },
    { name: 'deflate', body: deflateSync(plain), encoding: 'deflate', statuses: [415] },
    { name: 'not gzip', body: Buffer.from(plain), encoding: 'gzip', statuses: [400] },
    { name: 'endless', body: Buffer.alloc(8 * 1024 * 1024, 0x20), isChunked: true, statuses: [413] },
    { name: 'false length', body: Buffer.from(plain), length: 300 * 1024 * 1024, statuses: [413] },
  ];
}

/** Zeros, compressed in a stream: the whole would not fit into a buffer. */
async function zeros(mebibytes) {
  const gzip = createGzip({ level: 9 });
  const compressed = gzip.toArray();
  const block = Buffer.alloc(1024 * 1024);
  for (let index = 0; index < mebibytes; index += 1)
    if (!gzip.write(block)) await new Promise((resolve) => gzip.once('drain', resolve));
  gzip.end();
  return Buffer.concat(await compressed).subarray(0, 250 * 1024);
}

async function drop({ collector }, { name, body, encoding, isChunked, length, statuses }, isQuick) {
  const before = usage(collector.pid());
  const status = await guarded(request(collector.url, { body, encoding, isChunked, length }), name, 60_000);
  const { cpuMs, rssMiB } = usage(collector.pid());
  const problems = statuses.includes(status) ? [] : [`${name}: ${status}, not ${statuses.join(' or ')}`];
  if (isQuick) return problems;
  if (cpuMs - before.cpuMs > MAX_CPU_MS)
    problems.push(`${name}: ${cpuMs - before.cpuMs} ms of processor time`);
  if (rssMiB - before.rssMiB > MAX_RSS_MIB)
    problems.push(`${name}: ${(rssMiB - before.rssMiB).toFixed(0)} MiB more`);
  return problems;
}

function usage(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  // Ticks are 10 ms wherever Node runs.
  const cpuMs = (Number(stat[11]) + Number(stat[12])) * 10;
  return { cpuMs, rssMiB: Number(stat[21]) / 256 };
}
