/** Schedules that are over, or whose days and hours never come between their dates. */
import { isWithin } from '../../moreGates.js';
import type { Schedule } from '../../program.js';
import { wallClock } from '../../zonedTime.js';
import type { Report } from '../report.js';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
/** In so many days each day of the week comes whole once, also where a clock is put on. */
const WEEK_MINUTES = 8 * DAY_MINUTES;
/** How far clocks of the world are from UTC, and in which steps. */
const [WEST_MINUTES, EAST_MINUTES, STEP_MINUTES] = [-12 * 60, 14 * 60, 15];

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

type IsDue = (weekday: number, minute: number) => boolean;

function due({ weekdays, hours }: Schedule): IsDue {
  const span = hours && { from: minutesOf(hours.from), until: minutesOf(hours.until) };
  return (weekday, minute) => (!weekdays || weekdays.includes(weekday)) && (!span || isWithin(minute, span));
}

/** Whether it is due at some whole minute, or at the first moment; clocks change at whole minutes. */
function isEverDue(schedule: Schedule, fromMs: number, untilMs: number): boolean {
  const isDue = due(schedule);
  for (let at = fromMs; at < untilMs; at = (Math.floor(at / MINUTE_MS) + 1) * MINUTE_MS)
    if (schedule.zone === undefined ? isDueSomewhere(isDue, at) : isDueIn(isDue, at, schedule.zone))
      return true;
  return false;
}

function isDueIn(isDue: IsDue, at: number, zone: string): boolean {
  const { weekday, time } = wallClock(at, zone);
  return isDue(weekday, minutesOf(time));
}

function isDueSomewhere(isDue: IsDue, at: number): boolean {
  const minutes = Math.floor(at / MINUTE_MS);
  for (let offset = WEST_MINUTES; offset <= EAST_MINUTES; offset += STEP_MINUTES) {
    const local = minutes + offset;
    // 1 January 1970 was a Thursday.
    if (isDue(((Math.floor(local / DAY_MINUTES) + 3) % 7) + 1, local % DAY_MINUTES)) return true;
  }
  return false;
}

/** `now`: undefined if it is not to matter. */
export function warnOfSchedule(
  schedule: Schedule,
  path: string,
  now: number | undefined,
  report: Report,
): void {
  const { from, until } = schedule;
  if (until === undefined) return;
  const end = Date.parse(until);
  if (now !== undefined && end <= now)
    return report(
      `${path}.until`,
      until,
      'is in the past, so it is never due again; choose a later moment, or end the campaign',
      'warning',
    );
  const begin = Math.max(from === undefined ? (now ?? -Infinity) : Date.parse(from), now ?? -Infinity);
  if (end - begin > WEEK_MINUTES * MINUTE_MS || isEverDue(schedule, begin, end)) return;
  const key = schedule.hours ? 'hours' : 'weekdays';
  report(
    `${path}.${key}`,
    schedule[key],
    `never comes ${schedule.hours && schedule.weekdays ? 'on these weekdays ' : ''}before "until"${from === undefined ? '' : ' and after "from"'}, so it is never due; choose others, or other dates`,
    'warning',
  );
}
