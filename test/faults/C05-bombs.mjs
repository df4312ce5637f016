/** C05: bodies that cost more than they look: bombs, wrong encodings, endless and creeping requests. */
import { createSender } from './harness/batches.mjs';
import { makeBombs } from './harness/bombs.mjs';
import { startCreepers } from './harness/creepers.mjs';
import { percentile } from './harness/figures.mjs';
import { pour, request } from './harness/rawRequests.mjs';
import { measured } from './harness/usage.mjs';
import { guarded, sleep } from './harness/waiting.mjs';

const AMOUNT = {
  quick: { inflatedMiB: 64, creeping: 50, honest: 40 },
  full: { inflatedMiB: 1024, creeping: 500, honest: 400 },
};
const MAX_CPU_MS = 100;
const MAX_RSS_MIB = 32;
/** Of 10 GB; what stands in the buffers of both systems counts. */
const MAX_POURED_MIB = 16;
/** The collector gives a body 30 s, and looks every 5 s. */
const SLOWEST_MS = 45_000;
const CREEPING_MS = 3000;

export const row = {
  id: 'C05',
  fault: 'gzip bombs, false lengths, creeping requests',
  runs: { quick: 1, full: 1 },
  async run({ world, run, isQuick, problems, notes }) {
    const { inflatedMiB, creeping, honest } = isQuick ? AMOUNT.quick : AMOUNT.full;
    const book = world.ledger.begin(run, { calls: 3 * honest * 10 });
    const timed = timer(createSender({ world, book, events: 10 }), honest);
    await timed(0);
    const calm = await timed(1);
    const bombs = await makeBombs(inflatedMiB);
    const costs = [];
    const judge = (cost) => {
      costs.push(cost);
      problems.push(...problemsOf(cost));
    };
    for (const bomb of bombs) judge(await drop(world, bomb));
    judge(await pourOut(world, notes));
    judge(await creepAlone(world, creeping, isQuick));
    const creepers = startCreepers(world.collector.url, creeping);
    const busy = await timed(2);
    await creepers.stop();
    notes.push(
      ...figures(costs),
      `honest p99 ${calm.toFixed(0)} ms, beside ${creeping} creeping ${busy.toFixed(0)} ms`,
    );
    if (!isQuick && busy > 2 * calm)
      problems.push(`honest p99 ${busy.toFixed(1)} ms, ${calm.toFixed(1)} before`);
    return costs.length;
  },
};

/** Sends the nth lot of honest batches and tells how long the slowest hundredth took. */
function timer(sender, count) {
  return async (lot) => {
    const times = [];
    for (let index = 0; index < count; index += 1) {
      const startedAt = performance.now();
      await sender.send(lot * count + index);
      times.push(performance.now() - startedAt);
    }
    return percentile(times, 99);
  };
}

async function drop({ collector }, { name, statuses, ...asked }) {
  const send = () => guarded(request(collector.url, asked), name, 60_000);
  const { result: status, ...cost } = await measured(collector.pid(), send);
  const wrong = statuses.includes(status) ? [] : [`${status}, not ${statuses.join(' or ')}`];
  return { name, ...cost, wrong };
}

async function pourOut({ collector }, notes) {
  const send = () => guarded(pour(collector.url), 'the endless body to be refused', 60_000);
  const { result: bytes, ...cost } = await measured(collector.pid(), send);
  const mib = bytes / 1024 ** 2;
  notes.push(`${mib.toFixed(1)} MiB of 10 GiB taken`);
  return { name: '10 GB', ...cost, wrong: mib > MAX_POURED_MIB ? [`${mib.toFixed(0)} MiB were taken`] : [] };
}

/** In full until each is told 408; what it costs is that of all of them. */
async function creepAlone({ collector }, count, isQuick) {
  const { result: statuses, ...cost } = await measured(collector.pid(), async () => {
    const creepers = startCreepers(collector.url, count);
    const end = isQuick ? sleep(CREEPING_MS) : creepers.ended;
    const statuses = await guarded(end, 'creeping requests', SLOWEST_MS);
    await creepers.stop();
    return statuses ?? [];
  });
  const others = statuses.filter((status) => status !== 408);
  const wrong =
    others.length > 0 ? [`${others.length} of ${count} not told 408: ${[...new Set(others)]}`] : [];
  return { name: `${count} creeping`, ...cost, cpuMs: cost.cpuMs / count, allCpuMs: cost.cpuMs, wrong };
}

function problemsOf({ name, cpuMs, rssMiB, wrong }) {
  const problems = [...wrong];
  if (cpuMs > MAX_CPU_MS) problems.push(`${cpuMs.toFixed(0)} ms of processor time`);
  if (rssMiB > MAX_RSS_MIB) problems.push(`${rssMiB.toFixed(0)} MiB more`);
  return problems.map((problem) => `${name}: ${problem}`);
}

const figures = (costs) =>
  costs.map(
    ({ name, cpuMs, allCpuMs = cpuMs, rssMiB }) =>
      `${name} ${allCpuMs.toFixed(0)} ms +${rssMiB.toFixed(1)} MiB`,
  );
