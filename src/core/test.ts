import type { Test, Where } from './conditions.js';
import type { Json, TrackedEvent } from './events.js';
import { readPath, valueReader } from './path.js';
import { UnknownOperator } from './unknownOperator.js';

type Check = (found: Json) => boolean;

/** Lists and objects are the same if their JSON is; all else if it is equal. */
function same(wanted: Json): Check {
  if (typeof wanted != 'object' || !wanted) return (found) => found === wanted;
  const text = JSON.stringify(wanted);
  return (found) => JSON.stringify(found) == text;
}

/** Numbers compare with numbers and strings with strings (ISO dates sort); nothing is converted. */
const ordered =
  (holds: (a: number | string, b: number | string) => boolean) =>
  (wanted: number | string): Check => {
    const type = typeof wanted;
    return (found) => typeof found == type && holds(found as string, wanted);
  };

function among(wanted: Json[]): Check {
  const checks = wanted.map(same);
  return (found) => checks.some((is) => is(found));
}

function containing(wanted: Json): Check {
  const isWanted = same(wanted);
  return (found) =>
    Array.isArray(found)
      ? found.some(isWanted)
      : typeof found == 'string' && typeof wanted == 'string' && found.includes(wanted);
}

const not =
  (check: Check): Check =>
  (found) =>
    !check(found);

const OPERATORS: { [name: string]: (wanted: never) => Check } = {
  eq: same,
  ne: (wanted) => not(same(wanted)),
  gt: ordered((a, b) => a > b),
  gte: ordered((a, b) => a >= b),
  lt: ordered((a, b) => a < b),
  lte: ordered((a, b) => a <= b),
  in: among,
  nin: (wanted) => not(among(wanted)),
  contains: containing,
  startsWith: (wanted) => (found) => typeof found == 'string' && found.startsWith(wanted),
  endsWith: (wanted) => (found) => typeof found == 'string' && found.endsWith(wanted),
  exists: (wanted) => () => !!wanted,
};

/** First letters of the types an operand may have where it may not be just anything; a list is an object. */
const OPERANDS: { [name: string]: string } = {
  gt: 'ns',
  gte: 'ns',
  lt: 'ns',
  lte: 'ns',
  in: 'o',
  nin: 'o',
  startsWith: 's',
  endsWith: 's',
  exists: 'b',
};

/** Whether this version understands a comparison. Half-understood ones are not guessed at. */
const isKnown = (name: string, wanted: unknown) =>
  Object.hasOwn(OPERATORS, name) &&
  (OPERANDS[name] ?? typeof wanted).includes((typeof wanted)[0]!) &&
  (OPERANDS[name] != 'o' || Array.isArray(wanted));

/** A test made ready: its answer for one value, and for no value at all (missing). */
export interface Tester {
  one: Check;
  none: boolean;
}

/**
 * Every comparison of a test must hold. A missing value passes only `exists: false`, `ne` and `nin`. Throws
 * `UnknownOperator`, whatever the values will be.
 */
export function testerOf(test: Test): Tester {
  // A text or a number has no comparisons that could fail.
  if (Object(test) !== test || Array.isArray(test)) throw new UnknownOperator(JSON.stringify(test));
  const comparisons = Object.entries(test) as [name: string, wanted: never][];
  const checks = comparisons.map(([name, wanted]) => {
    if (!isKnown(name, wanted)) throw new UnknownOperator(name);
    return OPERATORS[name]!(wanted);
  });
  return {
    one: checks.length == 1 ? checks[0]! : (found) => checks.every((check) => check(found)),
    none: comparisons.every(([name, wanted]) => /^n/.test(name) || (name == 'exists' && !wanted)),
  };
}

/** Whether one of the values passes the test, or their absence does. */
export function passes(test: Test, values: readonly Json[]): boolean {
  const { one, none } = testerOf(test);
  return values.length ? values.some((value) => one(value)) : none;
}

/** A predicate over events: name and `where`. Unknown operators are thrown here, not at the first event. */
export function matcher(event: string | undefined, where: Where = {}): (candidate: TrackedEvent) => boolean {
  const tests = Object.entries(where).map(([path, test]) => pathTest(path, test));
  return ({ name, properties }) => name == event && tests.every((test) => test(properties));
}

function pathTest(path: string, test: Test): (holder: unknown) => boolean {
  const { one, none } = testerOf(test);
  const read = valueReader(path);
  if (path.includes('[]'))
    return (holder) => {
      const values = readPath(holder, path);
      return values.length ? values.some((value) => one(value)) : none;
    };
  return (holder) => {
    const value = read(holder);
    return value === undefined ? none : one(value);
  };
}
