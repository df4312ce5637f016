/** The moment from which something is so, if nothing but time goes by. */

const HALF_HOUR_MS = 1_800_000;
const DAY_MS = 86_400_000;

/** To the millisecond: so at the answer and not just before. It must not be so at `from`, and so at `until`. */
export function turningPoint(isSo: (at: number) => boolean, from: number, until: number): number {
  let [before, after] = [from, until];
  while (after - before > 1) {
    const middle = Math.floor(before + (after - before) / 2);
    if (isSo(middle)) after = middle;
    else before = middle;
  }
  return after;
}

/**
 * For what comes and goes with the clock on the wall: the next time it is so, looked for in each half hour of eight days,
 * then in each day of a year. Undefined if it is not so at any of them.
 */
export function nextTime(isSo: (at: number) => boolean, from: number, end = Infinity): number | undefined {
  let before = from;
  let at = Math.floor(from / HALF_HOUR_MS) * HALF_HOUR_MS;
  for (let step = 0; step < 8 * 48 + 366; step++) {
    at += step < 8 * 48 ? HALF_HOUR_MS : DAY_MS;
    if (at >= end) return undefined;
    if (isSo(at)) return turningPoint(isSo, before, at);
    before = at;
  }
  return undefined;
}
