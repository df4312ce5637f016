/** Values that would pass a test, or fail it: to say what would have to be otherwise. */
import { spend, type Spender } from './budget.js';
import type { Test, Where } from './conditions.js';
import { withValue } from './changedWorld.js';
import type { Json, Properties } from './events.js';
import { momentAt } from './moreOperators.js';
import { LAST_MS } from './momentWords.js';
import { examplesOf } from './patternExample.js';
import { plainText } from './plainText.js';
import { passes, passesAny, testerOf } from './test.js';
import { VERSION } from './version.js';

/** To make examples of so many letters of a pattern costs as much as a question. */
const LETTERS = 20;

type Fields = { [key: string]: Json };
/** Undefined: there is none. */
export type Value = Json | undefined;

const around = (wanted: Json): Value[] => {
  if (typeof wanted == 'number') return [wanted, wanted - 1, wanted + 1];
  // In the order of texts: just before, and just after.
  if (typeof wanted == 'string') return [wanted, `${wanted}0`, wanted.slice(0, -1)];
  return [wanted];
};

/** A second after, and before: the end itself is not included. */
function moments(wanted: Json, now: number): Value[] {
  const at = momentAt(plainText(wanted))(now);
  return [at + 1000, at - 1000]
    .filter((ms) => Math.abs(ms) <= LAST_MS)
    .map((ms) => new Date(ms).toISOString());
}

/** Each itself; just after it, the release first that it is to become; just before it; last what only comes before a release. */
function versions(wanted: Json): Value[] {
  return Object.values(wanted as Fields).flatMap((version): Value[] => {
    const [, major, minor, patch, early] = VERSION.exec(plainText(version)) ?? [];
    const [a, b, c] = [major, minor, patch].map((part) => Number(part ?? 0)) as [number, number, number];
    const after = [...(early ? [`${a}.${b}.${c}`] : []), `${a}.${b}.${c + 1}`];
    const before = c ? [`${a}.${b}.${c - 1}`] : b ? [`${a}.${b - 1}.0`] : a ? [`${a - 1}.0.0`] : [];
    return [version, ...after, ...before, `${a}.${b}.${c}-${early ? `${early}.0` : '0'}`, `${a}.${b}.${c}-0`];
  });
}

/** Examples of what matches, alone and beside what else the text is to have; an address stays the one it is. */
function matching(pattern: string, befores: readonly string[], after: string, own: string): string[] {
  const examples = examplesOf(pattern);
  const longer = examples.map((text) => own + text);
  const others = befores.flatMap((before) => examples.map((text) => before + text + after));
  const alone = [...examples, ...others];
  return /^[a-z]+:\/\//i.test(own) ? [...longer, ...alone] : [...alone, ...longer];
}

function proposals(test: Test, current: Value, now: number, spender: Spender): Value[] {
  const { startsWith = '', endsWith = '', contains = '', matches = '', ...others } = test;
  const own = typeof current == 'string' ? current : '';
  const part = typeof contains == 'string' ? contains : '';
  const pieces = [startsWith + part + endsWith, startsWith + own + part + endsWith, startsWith + endsWith];
  const found: Value[] = [...pieces];
  const befores = [startsWith, startsWith + part];
  spend(spender, matches.length / LETTERS);
  if (matches) found.push(...matching(matches, befores, endsWith, own));
  if ('contains' in test) found.push(Array.isArray(current) ? [...current, contains] : [contains]);
  for (const [operator, wanted] of Object.entries(others) as [string, Json][]) {
    if (operator == 'in' || operator == 'nin') found.push(...(wanted as Json[]).flatMap(around));
    else if (operator == 'before' || operator == 'after') found.push(...moments(wanted, now));
    else if (operator == 'semver') found.push(...versions(wanted));
    else if (operator == 'every') found.push(...proposals(wanted as Test, current, now, spender));
    else if (operator != 'exists') found.push(...around(wanted));
  }
  return found;
}

/** So many comparisons of values cost as much as a question. */
const COMPARISONS = 1e6;

/** How far a value is from the one there is: the nearest number first, then other kinds, last that there is none. */
function distance(value: Value, current: Value): number {
  if (value === undefined) return 1e17;
  if (typeof value == 'number' && typeof current == 'number') return Math.abs(value - current);
  return typeof value == typeof current ? 1e15 : 1e16;
}

/** Values for which the test holds (or, if it is not `wanted`, does not), the nearest to the present one first. */
export function valuesFor(
  test: Test,
  wanted: boolean,
  current: Value,
  now: number,
  spender: Spender = {},
): Value[] {
  const all = [...proposals(test, current, now, spender), !current, 0, 1, 'other', undefined];
  const unlike =
    typeof current == 'boolean' ? all : all.filter((value) => value !== !current || current === undefined);
  // A test may name very many values, and is made ready once for all of them.
  const tester = testerOf(test);
  spend(spender, (unlike.length * unlike.length) / COMPARISONS);
  const fitting = [...new Set(unlike)].filter(
    (value) => value !== current && passesAny(tester, value === undefined ? [] : [value], now) == wanted,
  );
  return fitting.sort((a, b) => distance(a, current) - distance(b, current)).slice(0, 6);
}

/** The same of the path of a page, which begins with `/`. */
export function pathsFor(...asked: Parameters<typeof valuesFor>): Value[] {
  const [test, wanted, , now] = asked;
  const paths = valuesFor(...asked).map((value) => plainText(value ?? '').replace(/^\/?/, '/'));
  return [...new Set(paths)].filter((path) => passes(test, [path], now) == wanted);
}

/** Properties of an event that the tests let pass; undefined if there are none to be found. */
export function propertiesFor(where: Where = {}, now: number, spender?: Spender): Properties | undefined {
  let properties: Json = {};
  for (const [path, test] of Object.entries(where)) {
    if (passes(test, [], now)) continue;
    const [value] = valuesFor(test, true, undefined, now, spender);
    if (value === undefined) return undefined;
    properties = withValue(properties, path, value);
  }
  return properties as Properties;
}
