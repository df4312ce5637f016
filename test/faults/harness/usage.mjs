/** What one process costs, as the kernel counts it: processor time of all its threads, and the most memory it had at once. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { sleep, until } from './waiting.mjs';

/** A process that does nothing still has timers. */
const CALM = { windowMs: 300, cpuMs: 6, guardMs: 30_000 };

const statusOf = (pid, name) =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** The most the process has had in memory since its start, or since `measured` began to look, MiB. */
export const peakMiB = (pid) => statusOf(pid, 'VmHWM');

/** Of all threads, to the nanosecond; `/proc/PID/stat` knows hundredths of a second only. */
function cpuMs(pid) {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) => {
    try {
      return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      // It ended meanwhile.
      return 0;
    }
  });
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
}

/** Waits until the process has nothing left to do, so that nothing of before is measured. */
function calm(pid) {
  return until(
    async () => {
      const before = cpuMs(pid);
      await sleep(CALM.windowMs);
      return cpuMs(pid) - before < CALM.cpuMs;
    },
    'the process to become calm',
    CALM.guardMs,
  );
}

/** What the process spends on `work`: `{ result, cpuMs, rssMiB, ms }`, where memory is the peak beyond what it had before. */
export async function measured(pid, work) {
  await calm(pid);
  // 5 sets the peak back to what is resident now.
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const [before, startedAt] = [{ cpu: cpuMs(pid), rss: peakMiB(pid) }, performance.now()];
  const result = await work();
  // What follows the answer is its cost as well.
  await sleep(100);
  const ms = performance.now() - startedAt;
  return { result, ms, cpuMs: cpuMs(pid) - before.cpu, rssMiB: peakMiB(pid) - before.rss };
}
