/** Several tabs that visit at the same time, and what visits without a fault come by. */
import { openLane } from './visit.mjs';

/** `each(tasks, work)` works on all tasks, in each lane one after the other. */
export async function openLanes(world, browser, count) {
  const lanes = [];
  for (let lane = 0; lane < count; lane += 1) lanes.push(await openLane(world, browser, lane));
  return {
    async each(tasks, work) {
      const queue = [...tasks];
      await Promise.all(
        lanes.map(async (lane) => {
          while (queue.length > 0) await work(lane, queue.shift());
        }),
      );
    },
  };
}

/**
 * Visits of each kind in which nothing throws: what the host gets then, and for each point the kinds that come by it, those first
 * that come by it each time, and of these the shortest.
 */
export async function explore(lanes, kinds, rounds, problems) {
  const normal = new Map();
  const times = new Map();
  const shortest = new Map();
  await lanes.each(Array.from({ length: rounds }, () => kinds).flat(), async (lane, kind) => {
    const { result, errors, seen, ms } = await lane.visit(kind);
    if (errors.length > 0) problems.push(`without a fault, ${kind.name}: host sees ${errors[0]}`);
    if ((normal.get(kind) ?? result) !== result || /hangs|rejected|thrown/.test(result))
      problems.push(`without a fault, ${kind.name}: host got ${result}`);
    normal.set(kind, result);
    shortest.set(kind, Math.min(ms, shortest.get(kind) ?? Infinity));
    for (const point of seen) {
      const kindsOf = times.get(point) ?? new Map();
      times.set(point, kindsOf.set(kind, (kindsOf.get(kind) ?? 0) + 1));
    }
  });
  const sure = ([, times]) => times === rounds;
  const order = (a, b) => sure(b) - sure(a) || shortest.get(a[0]) - shortest.get(b[0]);
  const visitsTo = new Map(
    [...times].map(([point, kindsOf]) => [point, [...kindsOf].sort(order).map(([kind]) => kind)]),
  );
  return { normal, visitsTo };
}
