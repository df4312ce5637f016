/** Two-sided 95 % quantile of the normal distribution. */
export const Z_95 = 1.959964;

/**
 * Wilson's score interval of a share, bounds in [0, 1] (Wilson 1927, JASA 22:209-212). Null for no trials.
 */
export function wilsonInterval(
  successes: number,
  trials: number,
  z = Z_95,
): { low: number; high: number } | null {
  if (!(trials > 0)) return null;
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const centre = share + (z * z) / (2 * trials);
  const half = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return { low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}
