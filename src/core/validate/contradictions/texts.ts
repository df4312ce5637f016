import type { Test } from '../../conditions.js';
import type { Json } from '../../events.js';
import { comparerWith } from '../../version.js';
import type { Asked, Domain } from './values.js';

/** One operator of a test with its operand. */
type Part = [name: string, wanted: unknown];
interface Bound<Value> {
  at: Value;
  isIncluded: boolean;
}

const partOf = (test: Test) => Object.entries(test)[0] as Part;
const textsOf = (parts: readonly Part[], operator: string) =>
  parts.filter(([name]) => name === operator).map(([, wanted]) => wanted as string);
const longest = (texts: readonly string[]) => [...texts].sort((a, b) => b.length - a.length)[0];

/** Lower bounds, or upper ones: `g` or `l`. */
const boundsOf = <Value>(parts: readonly Part[], letter: string): Bound<Value>[] =>
  parts
    .filter(([name]) => name[0] === letter && /^[gl]te?$/.test(name))
    .map(([name, at]) => ({ at: at as Value, isIncluded: name.length === 3 }));

/** Whether something may lie above all lower bounds and below all upper ones. */
const isRoom = <Value>(
  lows: readonly Bound<Value>[],
  highs: readonly Bound<Value>[],
  compare: (a: Value, b: Value) => number,
) =>
  lows.every((low) =>
    highs.every((high) => {
      const order = compare(low.at, high.at);
      return order < 0 || (order === 0 && low.isIncluded && high.isIncluded);
    }),
  );

const byUnits = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** False only if no text passes. No test names the only texts that may: `passes` decides about one. */
export function textMayPass(
  asked: readonly Asked[],
  { prefix, min, max }: Domain,
  passes: (value: Json) => boolean,
): boolean {
  const single = asked.filter(({ test }) => Object.keys(test).length === 1);
  const held = single.filter(({ isNegated }) => !isNegated).map(({ test }) => partOf(test));
  const denied = single.filter(({ isNegated }) => isNegated).map(({ test }) => partOf(test));
  if (held.some(isNeverOfText) || denied.some(([name, wanted]) => name === 'exists' && wanted === true))
    return false;
  if (!versionsMeet(held)) return false;

  const prefixes = [...textsOf(held, 'startsWith'), ...(prefix ? [prefix] : [])];
  const begin = longest(prefixes) ?? '';
  const suffixes = textsOf(held, 'endsWith');
  const end = longest(suffixes) ?? '';
  if (!prefixes.every((one) => begin.startsWith(one)) || !suffixes.every((one) => end.endsWith(one)))
    return false;
  if (held.some(([name, pattern]) => name === 'matches' && isOtherBegin(pattern as string, begin)))
    return false;
  if (denied.some((part) => isDenied(part, begin, end, textsOf(held, 'contains')))) return false;

  const lows = boundsOf<string>(held, 'g').concat(
    min === undefined ? [] : [{ at: min as string, isIncluded: true }],
  );
  const highs = boundsOf<string>(held, 'l').concat(
    max === undefined ? [] : [{ at: max as string, isIncluded: true }],
  );
  if (!isRoom(lows, highs, byUnits)) return false;
  // All texts that begin so come after the beginning itself, and lie on one side of what begins otherwise.
  if (highs.some(({ at, isIncluded }) => at < begin || (at === begin && !isIncluded))) return false;
  if (lows.some(({ at }) => at > begin && !at.startsWith(begin))) return false;
  const only = lows.find((low) => highs.some((high) => high.at === low.at));
  return !only || passes(only.at);
}

/** Operands that no text passes, whatever it is. */
const isNeverOfText = ([name, wanted]: Part) =>
  (/^[gl]te?$|^contains$/.test(name) && typeof wanted !== 'string') ||
  (name === 'exists' && wanted === false);

function versionsMeet(held: readonly Part[]): boolean {
  const versions = held
    .filter(([name]) => name === 'semver')
    .flatMap(([, wanted]) => Object.entries(wanted as object)) as Part[];
  const exact = textsOf(versions, 'eq').map((at) => ({ at, isIncluded: true }));
  const lows = [...boundsOf<string>(versions, 'g'), ...exact];
  return isRoom(lows, [...boundsOf<string>(versions, 'l'), ...exact], (a, b) => comparerWith(b)(a));
}

/** A pattern that begins with a plain character at the beginning, and that is another. */
function isOtherBegin(pattern: string, begin: string): boolean {
  const [, first] = /^\^([\w-])(?![*?{])[^|]*$/.exec(pattern) ?? [];
  return first !== undefined && begin !== '' && first !== begin[0];
}

/** Whether what must not be there is there in every text that begins, ends and contains so. */
function isDenied([name, wanted]: Part, begin: string, end: string, parts: readonly string[]): boolean {
  if (typeof wanted !== 'string') return false;
  if (name === 'startsWith') return begin.startsWith(wanted);
  if (name === 'endsWith') return end.endsWith(wanted);
  return name === 'contains' && [begin, end, ...parts].some((text) => text.includes(wanted));
}
