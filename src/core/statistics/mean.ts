import { Z_95 } from './wilson.js';

/** Two-sided 95 % quantiles of Student's t where the expansion is too coarse: with 1, 2 and 3 degrees of freedom. */
const FEW = [12.7062, 4.3027, 3.1824];

/** The others, to 0.001: expanded around the normal quantile (Abramowitz and Stegun 1964, 26.7.5). */
function quantileOfT(freedom: number): number {
  const z = Z_95;
  const terms = [
    z,
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return FEW[freedom - 1] ?? terms.reduce((sum, term, power) => sum + term / freedom ** power, 0);
}

/** The mean of a scale's answers; `counts` are those per value, from 1 on. NaN without answers. */
export function meanOf(counts: readonly number[]): number {
  const answers = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count, index) => sum + count * (index + 1), 0) / answers;
}

/**
 * The mean of a scale's answers with its 95 % t interval (Student 1908, Biometrika 6:1-25), which ends where the scale does. `counts`
 * are those per value, from 1 on. Null with fewer than two answers, whose spread nobody knows.
 */
export function meanInterval(counts: readonly number[]): { mean: number; low: number; high: number } | null {
  const answers = counts.reduce((sum, count) => sum + count, 0);
  if (!(answers > 1)) return null;
  const mean = meanOf(counts);
  const squares = counts.reduce((sum, count, index) => sum + count * (index + 1 - mean) ** 2, 0);
  const half = quantileOfT(answers - 1) * Math.sqrt(squares / (answers - 1) / answers);
  return { mean, low: Math.max(1, mean - half), high: Math.min(counts.length, mean + half) };
}
