/** C02: after a power loss the journal ends in anything: cut short, bits flipped, zeros, behind the last sync. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { createSender, makeBatch } from './harness/batches.mjs';
import { createCollector } from './harness/collector.mjs';
import { readStored } from './harness/stored.mjs';

const BATCHES = 20;
const EVENTS = 10;
const CASES = { quick: 6, full: 500 };
const WAYS = ['cut', 'bit flipped', 'zeros'];

export const row = {
  id: 'C02',
  fault: 'journal torn behind the last sync',
  runs: { quick: 1, full: 1 },
  guardMs: 3_600_000,
  async run({ world, random, run, isQuick, problems, notes }) {
    const book = world.ledger.begin(run, { calls: BATCHES * EVENTS });
    const sender = createSender({ world, book, events: EVENTS });
    await sender.sendAll(BATCHES, 4);
    await world.collector.kill();
    const cases = isQuick ? CASES.quick : CASES.full;
    let slowestMs = 0;
    for (let index = 0; index < cases; index += 1) {
      const way = WAYS[index % WAYS.length];
      const { startMs, problem } = await recover({ world, random, way, acked: [...book.acked.values()] });
      slowestMs = Math.max(slowestMs, startMs);
      if (problem) problems.push(`case ${index}, ${way}: ${problem}`);
    }
    notes.push(`${cases} cases, slowest start ${slowestMs} ms`);
    return cases;
  },
};

/** Starts a collector on a copy whose journal ends badly, stops it, and reads what it has. */
async function recover({ world, random, way, acked }) {
  const copy = join(world.folder, 'copy');
  rmSync(copy, { recursive: true, force: true });
  cpSync(world.dataDir, copy, { recursive: true });
  const tail = tornTail({ random, way });
  const file = lastSegment(join(copy, 'journal'));
  writeFileSync(file, Buffer.concat([readFileSync(file), tail]));
  const collector = createCollector(copy);
  const startedAt = Date.now();
  try {
    await collector.start();
    const startMs = Date.now() - startedAt;
    await collector.stop();
    const { events } = await readStored(copy);
    const ids = new Set(events.map(({ id }) => id));
    const lost = acked.filter((id) => !ids.has(id)).length;
    const duplicates = events.length - ids.size;
    return { startMs, problem: lost + duplicates > 0 ? `${lost} lost, ${duplicates} duplicates` : undefined };
  } catch (error) {
    return { startMs: 0, problem: error.message.split('\n').slice(0, 2).join(' ') };
  }
}

function lastSegment(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.journal'));
  return join(folder, names.sort().at(-1));
}

/** A frame as the journal has it (see `journal/frame.ts`) of a batch nobody was promised, spoilt. */
function tornTail({ random, way }) {
  const batch = makeBatch({ run: 0, labels: [1, 2, 3], key: 9999 });
  const rows = batch.rows.map((one) => ({
    ...one,
    events: one.events.map((event, index) => ({ index, event })),
  }));
  const json = Buffer.from(JSON.stringify({ receivedAt: Date.now(), batch: { ...batch, rows } }));
  const payload = Buffer.alloc(8 + json.length);
  payload.writeUInt32LE(json.length, 0);
  payload.writeUInt32LE(3, 4);
  json.copy(payload, 8);
  const frame = Buffer.alloc(8 + payload.length);
  frame.writeUInt32LE(payload.length, 0);
  frame.writeUInt32LE(crc32(payload), 4);
  payload.copy(frame, 8);
  if (way === 'cut') return frame.subarray(0, random.between(1, frame.length - 1));
  if (way === 'zeros') return Buffer.alloc(random.between(1, frame.length));
  frame[random.between(0, frame.length - 1)] ^= 1 << random.between(0, 7);
  return frame;
}
