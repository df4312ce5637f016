import { isZone } from '../timeFacts.js';
import { checkDuration } from './condition.js';
import type { Fields, Report } from './report.js';
import {
  atMost,
  checkFlag,
  checkNumber,
  checkWord,
  fieldsAt,
  isCount,
  isFields,
  isShaped,
  isText,
  listAt,
} from './report.js';
import { CALENDAR_UNITS, COUNTED, MAX_NAME, MOST, RANGES } from './vocabulary.js';

/** Checks the name of a zone. */
export function checkZone(value: unknown, path: string, report: Report): void {
  if (value !== undefined && !isZone(value))
    report(path, value, 'is not a time zone; use a name such as "Asia/Tokyo"');
}

/** Checks what a cap is counted in. */
function checkClock(value: unknown, path: string, report: Report): void {
  // Only clocks of the calendar have a zone.
  if (isFields(value) && ('calendar' in value || ('zone' in value && !('last' in value)))) {
    fieldsAt(value, path, ['calendar', 'zone'], report);
    checkWord(value.calendar, `${path}.calendar`, CALENDAR_UNITS, report, 'part of the calendar');
    checkZone(value.zone, `${path}.zone`, report);
  } else if (isFields(value)) {
    fieldsAt(value, path, ['last'], report);
    checkDuration(value.last, `${path}.last`, report);
  } else if (value !== 'session' && value !== 'ever')
    report(
      path,
      value,
      'is not a clock; use "session", "ever", {"last": "7d"} or {"calendar": "day", "zone": "Asia/Tokyo"}',
    );
}

/** Checks a list of caps; `goal` says whether there is one that may be counted, undefined that there can be none. */
export function checkCaps(caps: unknown, path: string, hasGoal: boolean | undefined, report: Report): void {
  const counted = hasGoal === undefined ? COUNTED.filter((of) => of !== 'goal') : COUNTED;
  const limit = { most: MOST.caps, what: 'caps' };
  listAt(caps, path, report, '{"count": 1, "per": "session"}', limit).forEach((value, index) => {
    const at = `${path}[${index}]`;
    const cap = fieldsAt(value, at, ['count', 'per', 'of'], report);
    if (!cap) return;
    if (!isCount(cap.count))
      report(`${at}.count`, cap.count, 'is not a count; use a whole number of 1 or more');
    checkClock(cap.per, `${at}.per`, report);
    if (cap.of !== undefined) checkWord(cap.of, `${at}.of`, counted, report, 'thing to count');
    if (cap.of === 'goal' && hasGoal === false)
      report(`${at}.of`, cap.of, 'counts a goal the campaign does not have; add "goal"');
  });
}

/** Checks what holds for all campaigns of a site. `tags`: those that its campaigns have. */
export function checkLimits(value: unknown, path: string, tags: ReadonlySet<string>, report: Report): void {
  const limits = fieldsAt(value, path, ['contacts', 'holdOut', 'attention', 'caps', 'tags'], report);
  if (!limits) return;
  checkFlag(limits.contacts, `${path}.contacts`, report);
  if (limits.holdOut !== undefined) checkNumber(limits.holdOut, `${path}.holdOut`, RANGES.unseen, report);
  if (limits.caps !== undefined) checkCaps(limits.caps, `${path}.caps`, undefined, report);
  if (limits.attention !== undefined) checkAttention(limits.attention, `${path}.attention`, report);
  if (limits.tags === undefined) return;
  if (!isFields(limits.tags))
    return report(
      `${path}.tags`,
      limits.tags,
      'is not an object; write {"sale": [{"count": 1, "per": "session"}]}',
    );
  const limit = { most: MOST.limitedTags, what: 'tags' };
  for (const [tag, caps] of atMost(Object.entries(limits.tags), `${path}.tags`, limit, report)) {
    checkCaps(caps, `${path}.tags.${tag}`, undefined, report);
    if (!tags.has(tag))
      report(
        `${path}.tags.${tag}`,
        tag,
        'is the tag of no campaign in this file; check how it is written',
        'warning',
      );
  }
}

function checkAttention(value: unknown, path: string, report: Report): void {
  const attention = fieldsAt(value, path, ['budget', 'per'], report);
  if (!attention) return;
  checkNumber(attention.budget, `${path}.budget`, RANGES.attention, report);
  checkClock(attention.per, `${path}.per`, report);
}

/** Checks a campaign's tags. */
export function checkTags(value: unknown, path: string, report: Report): void {
  listAt(value, path, report, '"sale"', { most: MOST.tags, what: 'tags' }).forEach((tag, index) => {
    if (!isText(tag) || tag.length > MAX_NAME)
      report(`${path}[${index}]`, tag, 'is not a tag; use 1 to 64 characters');
  });
}

/** Checks days of the week and hours of the day. */
export function checkHours({ weekdays, hours, zone }: Fields, path: string, report: Report): void {
  checkZone(zone, `${path}.zone`, report);
  if (weekdays !== undefined) {
    const days = listAt(weekdays, `${path}.weekdays`, report, '1, 2, 3, 4, 5', {
      most: RANGES.weekday[1],
      what: 'days',
    });
    if (Array.isArray(weekdays) && !days.length)
      report(`${path}.weekdays`, weekdays, 'is empty, so it is never due; name a day or leave it out');
    days.forEach((day, index) => {
      if (
        !Number.isInteger(day) ||
        (day as number) < RANGES.weekday[0] ||
        (day as number) > RANGES.weekday[1]
      )
        report(`${path}.weekdays[${index}]`, day, 'is not a day of the week; use 1 (Monday) to 7 (Sunday)');
    });
  }
  if (hours === undefined) return;
  const span = fieldsAt(hours, `${path}.hours`, ['from', 'until'], report);
  if (!span) return;
  for (const key of ['from', 'until'])
    if (!isShaped(span[key], 'timeOfDay'))
      report(`${path}.hours.${key}`, span[key], 'is not a time of the day; write for example "09:00"');
  if (span.from === span.until)
    report(
      `${path}.hours.until`,
      span.until,
      'is the same as "from", so it is never due; choose another time',
    );
}
