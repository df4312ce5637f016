/** What a clock on the wall of some zone shows. Reckoned by `Intl`, which knows the zones and their summer times. */

/** `weekday` is 1 on Monday and 7 on Sunday (ISO 8601), `hour` 0 to 23, `date` `2026-05-01`, `time` `09:30`. */
export interface WallClock {
  weekday: number;
  hour: number;
  date: string;
  time: string;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Making one takes longer than all else here. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** `zone` is a name of the IANA database such as `Asia/Tokyo`. Throws `RangeError` for another. */
export function wallClock(now: number, zone: string): WallClock {
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
