/** The moment from which something is so, if nothing but time goes by. */

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
 * For what comes and goes: the first of the moments, given in their order, at which it is so, or sooner if it has been so since the one
 * before. It must not be so at `from`.
 */
export function firstTime(
  isSo: (at: number) => boolean,
  moments: readonly number[],
  from: number,
): number | undefined {
  let before = from;
  for (const at of moments) {
    if (at <= before) continue;
    // Mostly it has just begun.
    if (isSo(at)) return isSo(at - 1) ? turningPoint(isSo, before, at - 1) : at;
    before = at;
  }
  return undefined;
}
