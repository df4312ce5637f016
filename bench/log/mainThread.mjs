/** Processor time of a page's main thread, and where it went. */
import { progress } from './numbers.mjs';

/** `ms()` is its time so far; `profiled(name, run)` prints the functions that took longest while `run` ran. */
export async function watchMainThread(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return {
    session,
    async ms() {
      const { metrics } = await session.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
    },
    async profiled(name, run) {
      await session.send('Profiler.enable');
      await session.send('Profiler.setSamplingInterval', { interval: 100 });
      await session.send('Profiler.start');
      const result = await run();
      const { profile } = await session.send('Profiler.stop');
      print(name, profile);
      return result;
    },
  };
}

const IDLE = ['(idle)', '(root)'];
const SHOWN = 40;

function print(title, { nodes, samples, timeDeltas }) {
  const selfUs = new Map();
  samples.forEach((id, index) => selfUs.set(id, (selfUs.get(id) ?? 0) + timeDeltas[index]));
  const byFunction = new Map();
  for (const { id, callFrame } of nodes) {
    const { functionName, url, lineNumber } = callFrame;
    if (IDLE.includes(functionName)) continue;
    const place = url ? `${url.split('/').pop()}:${lineNumber + 1}` : '';
    const key = `${functionName || '(anonymous)'} ${place}`;
    byFunction.set(key, (byFunction.get(key) ?? 0) + (selfUs.get(id) ?? 0));
  }
  progress(`profile of ${title}, ms by function itself:`);
  for (const [key, us] of [...byFunction].sort(([, a], [, b]) => b - a).slice(0, SHOWN))
    if (us > 0) progress(`${(us / 1000).toFixed(1).padStart(8)}  ${key}`);
}
