/** The moment from which something is so, if nothing but time goes by. */

const QUARTER_MS = 900_000;
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
 * For what comes and goes with the clock on the wall: the next time it is so, looked for in each quarter of an hour of eight days,
 * then in each day of three years. Undefined if it is not so at any of them.
 */
export function nextTime(isSo: (at: number) => boolean, from: number, end = Infinity): number | undefined {
  // Whole quarters, where zones and authors have their changes.
  let before = from;
  let at = Math.floor(from / QUARTER_MS) * QUARTER_MS;
  for (let step = 0; step < 8 * 96 + 1100; step++) {
    at += step < 8 * 96 ? QUARTER_MS : DAY_MS;
    if (at >= end) return undefined;
    if (isSo(at)) return turningPoint(isSo, before, at);
    before = at;
  }
  return undefined;
}
