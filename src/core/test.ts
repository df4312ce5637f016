import type { Test, Where } from './conditions.js';
import type { Json, TrackedEvent } from './events.js';
import { readPath, valueReader } from './path.js';
import { checkType } from './types.js';
import { UnknownOperator } from './unknownOperator.js';

/** `now`: the moment it is asked about, ms; of an event in the past its own. */
export type Check = (found: Json, now: number) => boolean;

/**
 * A comparison: the types its operand may be of (`n`umber, `s`tring, `b`oolean, `o`bject, `[` for a list), any if empty, and the check
 * it makes, which may throw `UnknownOperator`.
 */
export type Operator = [operands: string, compile: (wanted: never) => Check];
/** By the names the language has for them. */
export interface Operators {
  [name: string]: Operator;
}

/** Lists and objects are the same if their JSON is; all else if it is equal. */
export function same(wanted: Json): Check {
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

/** Many may be wanted: what is found becomes a text once, and not for each of them. */
function among(wanted: Json[]): Check {
  const texts = wanted.flatMap((one) => (Object(one) === one ? [JSON.stringify(one)] : []));
  return (found) =>
    Object(found) === found ? texts.includes(JSON.stringify(found)) : wanted.indexOf(found) >= 0;
}

const not =
  (check: Check): Check =>
  (found, now) =>
    !check(found, now);

/** The comparisons every program may need, and those of `MORE_OPERATORS` once they are learnt. */
const OPERATORS: Operators = {
  eq: ['', same],
  ne: ['', (wanted) => not(same(wanted))],
  gt: ['ns', ordered((a, b) => a > b)],
  gte: ['ns', ordered((a, b) => a >= b)],
  lt: ['ns', ordered((a, b) => a < b)],
  lte: ['ns', ordered((a, b) => a <= b)],
  in: ['[', among],
  nin: ['[', (wanted) => not(among(wanted))],
  startsWith: ['s', (wanted) => (found) => typeof found == 'string' && found.startsWith(wanted)],
  exists: ['b', (wanted) => () => !!wanted],
};

/** What a program needs beyond those of every program is known from here on, to all that read conditions. */
export const learnOperators = (more: Operators = {}) => void Object.assign(OPERATORS, more);

/** Half-understood comparisons are not guessed at. */
function compileOperator(name: string, wanted: unknown): Check {
  if (!Object.hasOwn(OPERATORS, name)) throw new UnknownOperator(name);
  const [operands, compile] = OPERATORS[name]!;
  if (operands && !operands.includes(Array.isArray(wanted) ? '[' : (typeof wanted)[0]!))
    throw new UnknownOperator(name);
  return compile(wanted as never);
}

const both =
  (one: Check, other: Check): Check =>
  (found, now) =>
    one(found, now) && other(found, now);

/** A test made ready: its answer for one value, and for no value at all (missing). */
export interface Tester {
  one: Check;
  none: boolean;
  /** All of several values must pass, and there must be one. */
  isEvery: boolean;
}

/**
 * Every comparison of a test must hold. A missing value passes only `exists: false`, `ne` and `nin`. Throws
 * `UnknownOperator`, whatever the values will be.
 */
export function testerOf(test: Test): Tester {
  // A text or a number has no comparisons that could fail.
  if (Object(test) !== test || Array.isArray(test)) throw new UnknownOperator('test');
  const comparisons = Object.entries(test) as [name: string, wanted: unknown][];
  const checks = comparisons.map(([name, wanted]) => compileOperator(name, wanted));
  return {
    one: checks.length ? checks.reduce(both) : () => true,
    none: comparisons.every(([name, wanted]) => /^n/.test(name) || (name == 'exists' && !wanted)),
    isEvery: 'every' in test,
  };
}

/** Whether one of the values passes (with `every`: all of them), or their absence does. */
export function passesAny({ one, none, isEvery }: Tester, values: readonly Json[], now: number): boolean {
  if (!values.length) return none;
  return isEvery ? values.every((value) => one(value, now)) : values.some((value) => one(value, now));
}

/** The same of a test that is asked once. */
export const passes = (test: Test, values: readonly Json[], now: number) =>
  passesAny(testerOf(test), values, now);

/** A predicate over events: name and `where`. What is no name, and unknown operators, are thrown here, not at the first event. */
export function matcher(event: unknown, where: Where = {}): (candidate: TrackedEvent) => boolean {
  if (typeof event != 'string') throw new UnknownOperator('event');
  checkType(where, 'o', 'where');
  const tests = Object.entries(where).map(([path, test]) => pathTest(path, testerOf(test)));
  return ({ name, properties, time }) => name == event && tests.every((test) => test(properties, time));
}

function pathTest(path: string, tester: Tester): (holder: unknown, now: number) => boolean {
  if (path.includes('[]')) return (holder, now) => passesAny(tester, readPath(holder, path), now);
  const read = valueReader(path);
  return (holder, now) => {
    const value = read(holder);
    return value === undefined ? tester.none : tester.one(value, now);
  };
}
