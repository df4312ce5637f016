/** Moments as sentences name them. */

/** The last moment that a date can have, ms; the first is as far before 1970. */
export const LAST_MS = 864e13;

/** As ISO 8601 has it, or what is no date as the number it is: a sentence must not fail for it. */
export const isoMoment = (ms: number): string =>
  Math.abs(ms) <= LAST_MS ? new Date(ms).toISOString() : `${ms} ms`;

/** To the minute, or where that is not exact to the second after: `2026-05-01 09:00 UTC`. */
export function momentWords(ms: number): string {
  const [date, time] = isoMoment(Math.ceil(ms / 1000) * 1000).split('T');
  return time ? `${date} ${time.replace(/(:00)?\.000Z$/, '')} UTC` : date!;
}
