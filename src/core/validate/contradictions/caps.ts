/** Caps that never matter, because another one allows no more in all that they count. */
import { durationMs } from '../../duration.js';
import type { Cap, Clock } from '../../program.js';
import type { Report } from '../report.js';
import { canonical } from '../canonical.js';

const DAY_MS = 86_400_000;
/** At least as long as each is, also where a clock is put back meanwhile. */
const LONGEST_DAYS = { day: 2, week: 8, month: 32 };
/** What begins no earlier than another, by the clock on one and the same wall. */
const PARTS: { [whole: string]: string[] } = { day: ['day'], week: ['day', 'week'], month: ['day', 'month'] };

/** Whether all that counts by one clock counts by the other. */
function isPart(part: Clock, whole: Clock): boolean {
  if (whole === 'ever' || canonical(part) === canonical(whole)) return true;
  if (typeof part !== 'object' || typeof whole !== 'object') return false;
  if ('calendar' in part && 'calendar' in whole)
    return part.zone === whole.zone && PARTS[whole.calendar]!.includes(part.calendar);
  if (!('last' in whole)) return false;
  const wholeMs = durationMs(whole.last);
  if ('last' in part) return durationMs(part.last) <= wholeMs;
  // Where the zone is not known, more is counted than the calendar says.
  return part.zone !== undefined && LONGEST_DAYS[part.calendar] * DAY_MS <= wholeMs;
}

const implies = (strict: Cap, cap: Cap) =>
  (strict.of ?? 'exposure') === (cap.of ?? 'exposure') &&
  strict.count <= cap.count &&
  isPart(cap.per, strict.per);

/** Warns of caps beside one that makes them pointless; `others` hold for them too. */
export function warnOfCaps(
  caps: readonly Cap[],
  path: string,
  report: Report,
  others: readonly { cap: Cap; path: string }[] = [],
): void {
  const all = [...others, ...caps.map((cap, at) => ({ cap, path: `${path}[${at}]` }))];
  all.slice(others.length).forEach(({ cap, path: at }, index) => {
    const place = others.length + index;
    // Of two that are the same the second is the one too many.
    const strict = all.find(
      (other, where) =>
        where !== place && implies(other.cap, cap) && (where < place || !implies(cap, other.cap)),
    );
    if (strict)
      report(
        at,
        cap,
        `never matters beside ${strict.path}, which allows ${strict.cap.count} in all that this one counts; remove it, or change ${strict.path} if more was meant`,
        'warning',
      );
  });
}
