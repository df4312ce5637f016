/** Comparisons that fewer programs need: parts, patterns, versions, moments, and `every` (see `testerOf`). */
import { dateMs } from './date.js';
import { durationMs } from './duration.js';
import type { Json } from './events.js';
import { patternOf } from './pattern.js';
import { same, testerOf, type Check, type Operators } from './test.js';
import { UnknownOperator } from './unknownOperator.js';
import { comparerWith } from './version.js';

function containing(wanted: Json): Check {
  const isWanted = same(wanted);
  return (found) =>
    Array.isArray(found)
      ? found.some(isWanted)
      : typeof found == 'string' && typeof wanted == 'string' && found.includes(wanted);
}

const ORDERS: { [name: string]: (difference: number) => boolean } = {
  eq: (difference) => difference == 0,
  gt: (difference) => difference > 0,
  gte: (difference) => difference >= 0,
  lt: (difference) => difference < 0,
  lte: (difference) => difference <= 0,
};

/** `{"gte": "2.1", "lt": "3"}`: all must hold, by the precedence of versions. */
function versioned(wanted: { [order: string]: unknown }): Check {
  const checks = Object.entries(wanted).map(([name, version]): ((found: string) => boolean) => {
    if (!Object.hasOwn(ORDERS, name)) throw new UnknownOperator(name);
    const compare = typeof version == 'string' ? comparerWith(version) : undefined;
    if (!compare || Number.isNaN(compare('0'))) throw new UnknownOperator(JSON.stringify(version));
    const holds = ORDERS[name]!;
    return (found) => holds(compare(found));
  });
  if (!checks.length) throw new UnknownOperator('semver');
  return (found) => typeof found == 'string' && checks.every((check) => check(found));
}

const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** Milliseconds of a date as data has it: a number is one already, a text without a zone is in UTC. NaN for anything else. */
export function momentOf(value: Json): number {
  if (typeof value == 'number') return value;
  const found = typeof value == 'string' && DATE.exec(value);
  if (!found) return NaN;
  // Without a zone a date is in UTC by itself, with a time it would be in the device's.
  return dateMs(found[0].includes('T') && !found[1] ? `${found[0]}Z` : found[0]);
}

/** A moment as rules name it: a date, `now`, or so long before or after that: `-30d`, `+3d`. */
export function momentAt(wanted: string): (now: number) => number {
  const [, sign, duration] = /^([+-])(.+)$/.exec(wanted) ?? [];
  const shift = wanted == 'now' ? 0 : sign ? Number(`${sign}1`) * durationMs(duration!) : NaN;
  const date = momentOf(wanted);
  if (shift != shift && date != date) throw new UnknownOperator(wanted);
  return shift == shift ? (now) => now + shift : () => date;
}

const moment =
  (holds: (value: number, wanted: number) => boolean) =>
  (wanted: string): Check => {
    const at = momentAt(wanted);
    return (found, now) => holds(momentOf(found), at(now));
  };

export const MORE_OPERATORS: Operators = {
  contains: ['', containing],
  endsWith: ['s', (wanted) => (found) => typeof found == 'string' && found.endsWith(wanted)],
  matches: [
    's',
    (wanted) => {
      const matches = patternOf(wanted);
      return (found) => typeof found == 'string' && matches(found);
    },
  ],
  semver: ['o', versioned],
  before: ['s', moment((value, wanted) => value < wanted)],
  after: ['s', moment((value, wanted) => value > wanted)],
  every: ['o', (test) => testerOf(test).one],
};
