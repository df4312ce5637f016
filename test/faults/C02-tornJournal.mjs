/** C02: after a power loss the journal ends in anything: cut short, bits flipped, zeros, behind the last sync. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSender, makeBatch } from './harness/batches.mjs';
import { createCollector } from './harness/collector.mjs';
import { fillJournal, frameOf } from './harness/journal.mjs';
import { countStored, readStored } from './harness/stored.mjs';
import { until } from './harness/waiting.mjs';

const BATCHES = 20;
const EVENTS = 10;
const CASES = { quick: 6, full: 500 };
const WAYS = ['cut', 'bit flipped', 'zeros'];
/** Events that a journal holds when its collector starts again, and how long it may be away for a million of them. */
const LARGE = { quick: 20_000, full: 1_000_000 };
const MAX_RECOVERY_MS = 5000;

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
    const large = isQuick ? LARGE.quick : LARGE.full;
    problems.push(...(await recoverLarge({ world, random, large, isQuick, notes })));
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

/** A whole frame of a batch nobody was promised, spoilt. */
function tornTail({ random, way }) {
  const frame = frameOf([makeBatch({ run: 0, labels: [1, 2, 3], key: 9999 })]);
  if (way === 'cut') return frame.subarray(0, random.between(1, frame.length - 1));
  if (way === 'zeros') return Buffer.alloc(random.between(1, frame.length));
  frame[random.between(0, frame.length - 1)] ^= 1 << random.between(0, 7);
  return frame;
}

/** A start with a long journal behind it, torn at its end: how long until batches are taken again, and all of it stored. */
async function recoverLarge({ world, random, large, isQuick, notes }) {
  const folder = join(world.folder, 'large');
  const { journal, bytes } = fillJournal(folder, large);
  const file = lastSegment(journal);
  writeFileSync(file, Buffer.concat([readFileSync(file), tornTail({ random, way: 'bit flipped' })]));
  const emptyMs = await startOnNothing(join(world.folder, 'empty'));
  const collector = createCollector(folder);
  try {
    const startedAt = Date.now();
    await collector.start();
    const servingMs = Date.now() - startedAt;
    const recoveryMs = Math.max(0, servingMs - emptyMs);
    await until(() => isStoredWhole(collector), 'the journal to be stored', 600_000, 250);
    const storedMs = Date.now() - startedAt;
    await collector.stop();
    const stored = await countStored(folder);
    const mib = (bytes / 1024 / 1024).toFixed(0);
    notes.push(
      `${large} events in ${mib} MiB: serving after ${servingMs} ms (${emptyMs} with an empty one), stored after ${storedMs} ms`,
    );
    const problems = stored === large ? [] : [`${stored} of ${large} events stored`];
    // With fewer events it is chance that is measured.
    if (!isQuick && recoveryMs > MAX_RECOVERY_MS)
      problems.push(`recovery took ${recoveryMs} ms, ${MAX_RECOVERY_MS} are allowed`);
    return problems;
  } finally {
    await collector.kill();
  }
}

/** What a start takes that has nothing to recover, on the machine of this moment. */
async function startOnNothing(folder) {
  const collector = createCollector(folder);
  const startedAt = Date.now();
  await collector.start();
  const ms = Date.now() - startedAt;
  await collector.stop();
  return ms;
}

async function isStoredWhole({ url }) {
  const { journalLagEvents } = await fetch(`${url}/healthz`).then((response) => response.json());
  return journalLagEvents === 0;
}
