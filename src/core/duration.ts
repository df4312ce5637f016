import type { Duration } from './conditions.js';

const UNIT_MS: { [unit: string]: number } = { s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };

/** 100 years: the moments reckoned with a longer one might be no dates any more. */
export const LONGEST_MS = 36525 * 864e5;

/** Milliseconds of a duration such as `"30m"`; a day is 24 hours. NaN for anything that is not a duration, or a longer one than 100 years. */
export function durationMs(duration: Duration): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhdw])$/.exec(duration) ?? [];
  const ms = +number! * UNIT_MS[unit!]!;
  return ms > LONGEST_MS ? NaN : ms;
}
