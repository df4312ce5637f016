import type { Duration } from './conditions.js';

const UNIT_MS: { [unit: string]: number } = { s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };

/** Milliseconds of a duration such as `"30m"`; a day is 24 hours. NaN for anything that is not a duration. */
export function durationMs(duration: Duration): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhdw])$/.exec(duration) ?? [];
  return Number(number) * UNIT_MS[unit!]!;
}
