/**
 * A sum without rounding: numbers that do not overlap, the greatest last (Shewchuk's expansions). The order in which values
 * come, and what was added and taken off again, leaves no trace: a window's sum is the same however it moved.
 */
export type ExactSum = number[];

/** No value counts for more: hundreds of billions of such add up to a number, and what leaves a window leaves the rest as it was. */
const MOST_SUMMAND = 1e290;

/** What a value adds to a sum. */
export const summandOf = (value: number) => Math.max(-MOST_SUMMAND, Math.min(MOST_SUMMAND, value));

/** The sum with the value added; the given one is not changed. */
export function addExactly(sum: ExactSum, value: number): ExactSum {
  const parts: ExactSum = [];
  for (const part of sum) {
    const [great, small] = Math.abs(value) < Math.abs(part) ? [part, value] : [value, part];
    value = great + small;
    // What the addition rounded off.
    const rest = small - (value - great);
    if (rest) parts.push(rest);
  }
  if (value) parts.push(value);
  return parts;
}

/** The number nearest to the sum. */
export function roundedSum(sum: ExactSum): number {
  let at = sum.length - 1;
  let total = at < 0 ? 0 : sum[at]!;
  let rest = 0;
  while (at > 0 && !rest) {
    const part = sum[--at]!;
    const before = total;
    total += part;
    rest = part - (total - before);
  }
  // Half-way between two numbers: what comes after the rest decides, as in Python's `math.fsum`.
  const next = sum[at - 1];
  if (at > 0 && next! < 0 == rest < 0) {
    const up = total + rest * 2;
    if (up - total == rest * 2) total = up;
  }
  return total;
}
