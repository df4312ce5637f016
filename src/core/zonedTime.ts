/** What a clock on the wall of some zone shows. Reckoned by `Intl`, which knows the zones and their summer times. */

/** `weekday` is 1 on Monday and 7 on Sunday (ISO 8601), `hour` 0 to 23, `date` `2026-05-01`, `time` `09:30`. */
export interface WallClock {
  weekday: number;
  hour: number;
  date: string;
  time: string;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A zone that never changes its clocks: hours and minutes east of Greenwich, as in `+05:30`. Not every `Intl` knows these. */
const FIXED = /^([+-])([01]\d|2[0-3]):([0-5]\d)$/;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Making one takes longer than all else here. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The moment a date begins in a zone, ms: also where midnight is left out or comes twice. */
function dateStart(date: string, zone: string): number {
  const midnight = Date.parse(`${date}T00:00Z`);
  const offset = (at: number) => {
    const { date, time } = wallClock(at, zone);
    return Date.parse(`${date}T${time}Z`) - at;
  };
  const [early, late] = [midnight - 2 * DAY_MS, midnight + 2 * DAY_MS].map((at) => midnight - offset(at));
  const begins = [early!, late!].sort((a, b) => a - b);
  return begins.find((at) => wallClock(at, zone).date >= date) ?? begins[1]!;
}

/** When the running day, week (from Monday) or month began by the clock on the wall, ms. `zone` as in `wallClock`. */
export function calendarStart(unit: 'day' | 'week' | 'month', now: number, zone: string): number {
  const { date, weekday } = wallClock(now, zone);
  const back = unit == 'week' ? weekday - 1 : unit == 'month' ? Number(date.slice(8)) - 1 : 0;
  return dateStart(new Date(Date.parse(date) - back * DAY_MS).toISOString().slice(0, 10), zone);
}

/** `zone` is a name of the IANA database such as `Asia/Tokyo`, or an offset such as `+05:30`. Throws `RangeError` for another. */
export function wallClock(now: number, zone: string): WallClock {
  const [, sign, hours, minutes] = FIXED.exec(zone) ?? [];
  if (sign) {
    const ahead = Number(hours) * 60 + Number(minutes);
    return wallClock(now + (sign == '-' ? -ahead : ahead) * MINUTE_MS, 'UTC');
  }
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return {
    weekday: WEEKDAYS.indexOf(parts.weekday!) + 1,
    hour: Number(parts.hour),
    date: `${parts.year}-${parts.month}-${parts.day}`,
    time: `${parts.hour}:${parts.minute}`,
  };
}
