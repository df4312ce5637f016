/** When a clock on the wall will show what is wanted: tried at each moment at which it may begin to. */
import { miss, spend } from './budget.js';
import type { World } from './changedWorld.js';
import type { Condition, Test, TimeFact } from './conditions.js';
import { dateMs } from './date.js';
import type { Json } from './events.js';
import { firstTime, turningPoint } from './later.js';
import { momentOf } from './moreOperators.js';
import type { Schedule } from './program.js';
import { passesAny, testerOf } from './test.js';
import { isZone, timeFact } from './timeFacts.js';
import { wallClock } from './zonedTime.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Days are told by their midnight at Greenwich, ms. The days after this one have years of five digits. */
const LAST_DAY = Date.parse('9999-12-28');
/** Far enough for a day that only leap years have. */
const DAYS_AHEAD = 1500;
/** A time that one day leaves out comes on the next, one of a single day of the week the week after. */
const DAYS_OF_TIMES = 4;
const DAYS_OF_SCHEDULE = 16;
/** So many values compared cost as much as looking at a clock on the wall. */
const VALUES = 1000;

type Ask = (at: number) => boolean;

/** How far the clock is ahead of that at Greenwich, ms. */
function aheadAt(at: number, zone: string): number {
  const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  const { date, time } = wallClock(minute, zone);
  return Date.parse(`${date}T${time}Z`) - minute;
}

const dayAt = (at: number, zone: string) => Date.parse(wallClock(at, zone).date);
const daysFrom = (day: number, count: number) =>
  Array.from({ length: count }, (_, more) => day + more * DAY_MS);

/** The moments at which the clock comes to those minutes of those days, as often as it does, or is put forward or back. */
function momentsOf(
  days: readonly number[],
  minutes: readonly number[],
  zone: string,
  world: World,
): number[] {
  const moments = days.flatMap((day) => {
    spend(world, 2, 'moments');
    const [before, after] = [day - DAY_MS, day + 2 * DAY_MS];
    const [early, late] = [aheadAt(before, zone), aheadAt(after, zone)];
    const shownAt = (ahead: number) => minutes.map((minute) => day + minute * MINUTE_MS - ahead);
    if (early == late) return shownAt(early);
    const put = turningPoint((at) => aheadAt(at, zone) == late, before, after);
    return [...shownAt(early), put, ...shownAt(late)];
  });
  return moments.sort((a, b) => a - b);
}

const dateOf = (day: number) => new Date(day).toISOString().slice(0, 10);

/** What the clock shows at that minute of that day. */
const SHOWN: { [name in TimeFact]: (day: number, minute: number) => Json } = {
  weekday: (day) => new Date(day).getUTCDay() || 7,
  date: dateOf,
  hour: (_, minute) => Math.floor(minute / 60),
  time: (_, minute) => new Date(minute * MINUTE_MS).toISOString().slice(11, 16),
};

/** Between the dates that they name these do not change their mind. */
const BY_DATES = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'nin',
  'exists',
  'startsWith',
  'before',
  'after',
];

/** The day that a text names, or the first of its month or year; NaN if it names none. */
function dayOf(text: string): number {
  const [, year = '', month = '01', date = '01'] = /^(\d{4})(?:-(\d\d)(?:-(\d\d).*)?)?-?$/.exec(text) ?? [];
  return dateMs(`${year}-${month}-${date}`);
}

/** The days on which a test of dates may begin to answer otherwise, from that day on; `isAll` if there are no others. */
function turningDays(test: Test, from: number): { days: number[]; isAll: boolean } {
  let isAll = Object.keys(test).every((name) => BY_DATES.includes(name));
  const named = Object.entries(test).flatMap(([name, wanted]: [string, unknown]) => {
    const texts = [wanted].flat().filter((text) => typeof text == 'string');
    return texts.flatMap((text) => {
      const isMoment = name == 'before' || name == 'after';
      const day = isMoment ? Math.floor(momentOf(text) / DAY_MS) * DAY_MS : dayOf(text);
      isAll &&= day < LAST_DAY;
      return [day, day + DAY_MS];
    });
  });
  const days = [...named, ...(isAll ? [] : daysFrom(from, DAYS_AHEAD))];
  return { days: days.filter((day) => day >= from && day < LAST_DAY).sort((a, b) => a - b), isAll };
}

/** The first moment at which a fact of the clock is as wanted, which it is not now; undefined if there is none, or none was found. */
export function nextShown(
  { time: name, zone, is }: Extract<Condition, { time: unknown }>,
  wanted: boolean,
  world: World,
): number | undefined {
  const { facts, occasion } = world;
  const where = zone ?? facts.device.timeZone;
  if (!isZone(where)) return undefined;
  const tester = testerOf(is);
  const values = Object.values(is).flat().length;
  const isAsWanted = (value: Json, at: number) => {
    spend(world, values / VALUES, 'moments');
    return passesAny(tester, [value], at) == wanted;
  };
  const { one: read } = timeFact(name, { zone });
  const isSo: Ask = (at) => {
    spend(world, 1, 'moments');
    return isAsWanted(read!(facts, at)!, at);
  };
  const { now } = occasion;
  const today = dayAt(now, where);
  const isShown = (day: number, minute: number) => isAsWanted(SHOWN[name](day, minute), day);
  const first = (days: readonly number[], minutes: readonly number[]) =>
    firstTime(isSo, momentsOf(days, minutes, where, world), now);
  if (name == 'hour' || name == 'time') {
    const each = name == 'hour' ? 60 : 1;
    const minutes = Array.from({ length: 1440 / each }, (_, index) => index * each);
    const shown = minutes.map((minute) => isShown(today, minute));
    return first(
      daysFrom(today, DAYS_OF_TIMES),
      minutes.filter((_, at) => !at || (shown[at] && !shown[at - 1])),
    );
  }
  const tomorrow = today + DAY_MS;
  const { days, isAll } =
    name == 'date' ? turningDays(is, tomorrow) : { days: daysFrom(tomorrow, 7), isAll: true };
  const day = days.find((each) => isShown(each, 0));
  const at = day === undefined ? undefined : first([day], [0]);
  if (at === undefined && !isAll) miss(world, { because: 'unsearched' });
  return at;
}

/** The first moment at which a schedule is due, which it is not now; undefined if it never is again. */
export function nextDue(schedule: Schedule, isSo: Ask, world: World): number | undefined {
  const { from, until, hours, zone = world.facts.device.timeZone } = schedule;
  const { now } = world.occasion;
  const begin = from ? Math.max(now, Date.parse(from)) : now;
  if (begin > now && isSo(begin)) return begin;
  if (!isZone(zone)) return undefined;
  const [hour = 0, minute = 0] = String(hours?.from ?? '')
    .split(':')
    .map(Number);
  const days = daysFrom(dayAt(begin, zone), DAYS_OF_SCHEDULE);
  const end = until ? Date.parse(until) : Infinity;
  const moments = momentsOf(days, [0, hour * 60 + minute], zone, world);
  return firstTime(
    isSo,
    moments.filter((at) => at < end),
    begin,
  );
}
