/** Brute force for clocks on the wall: the zones' own rules come from the platform, all else is counted by days. Shares nothing with src/core. */

/** So far from UTC, as `+05:30`. */
const OFFSET = /^([+-])(\d\d):(\d\d)$/;

function offsetMs(zone: string): number {
  const [, sign, hours, minutes] = OFFSET.exec(zone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
}

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

/** Undefined for what is no zone. */
function formatOf(zone: unknown): Intl.DateTimeFormat | undefined {
  if (typeof zone !== 'string') return undefined;
  if (OFFSET.test(zone)) return formatOf('UTC');
  if (!formats.has(zone)) formats.set(zone, makeFormat(zone));
  return formats.get(zone);
}

function makeFormat(timeZone: string) {
  try {
    // Swedes write dates as ISO 8601 has them.
    return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  } catch {
    return undefined;
  }
}

export const isZone = (zone: unknown): zone is string => formatOf(zone) !== undefined;

export function wallIn(zone: string, time: number) {
  const [date, clock] = formatOf(zone)!
    .format(time + offsetMs(zone))
    .split(' ') as [string, string];
  return {
    date,
    time: clock.slice(0, 5),
    hour: Number(clock.slice(0, 2)),
    weekday: new Date(`${date}T12:00Z`).getUTCDay() || 7,
  };
}

/** The date on which that day, week (from Monday) or month began. */
export function beginOf(unit: string, zone: string, now: number): string {
  const date = new Date(`${wallIn(zone, now).date}T12:00Z`);
  if (unit === 'week') while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() - 1);
  if (unit === 'month') date.setUTCDate(1);
  return date.toISOString().slice(0, 10);
}
