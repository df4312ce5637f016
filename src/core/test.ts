import type { Test, Where } from './conditions.js';
import type { Json, TrackedEvent } from './events.js';
import { readPath } from './path.js';
import { UnknownOperator } from './unknownOperator.js';

type Operator = (found: Json, wanted: never) => boolean;

/** Numbers compare with numbers and strings with strings (ISO dates sort); nothing is converted. */
const ordered =
  (holds: (a: number | string, b: number | string) => boolean): Operator =>
  (found, wanted) =>
    typeof found == typeof wanted && /^[ns]/.test(typeof found) && holds(found as string, wanted);

const isIn: Operator = (found, wanted: Json[]) => wanted.some((item) => isSame(item, found));

const OPERATORS: { [name: string]: Operator } = {
  eq: isSame,
  ne: (found, wanted) => !isSame(found, wanted),
  gt: ordered((a, b) => a > b),
  gte: ordered((a, b) => a >= b),
  lt: ordered((a, b) => a < b),
  lte: ordered((a, b) => a <= b),
  in: isIn,
  nin: (found, wanted) => !isIn(found, wanted),
  contains: (found, wanted: Json) =>
    Array.isArray(found)
      ? found.some((item) => isSame(item, wanted))
      : typeof found == 'string' && typeof wanted == 'string' && found.includes(wanted),
  startsWith: (found, wanted) => typeof found == 'string' && found.startsWith(wanted),
  endsWith: (found, wanted) => typeof found == 'string' && found.endsWith(wanted),
  exists: (_found, wanted) => wanted,
};

/** Lists and objects are the same if their JSON is. */
function isSame(a: Json, b: Json): boolean {
  return a === b || JSON.stringify(a) == JSON.stringify(b);
}

/**
 * Whether one of the values passes every comparison of the test. No value at all (missing) passes only
 * `exists: false`, `ne` and `nin`. Throws `UnknownOperator`, whatever the values are.
 */
export function passes(test: Test, values: readonly Json[]): boolean {
  const comparisons = Object.entries(test);
  for (const [name] of comparisons) if (!Object.hasOwn(OPERATORS, name)) throw new UnknownOperator(name);
  if (!values.length)
    return comparisons.every(([name, wanted]) => /^n/.test(name) || (name == 'exists' && !wanted));
  return values.some((value) =>
    comparisons.every(([name, wanted]) => OPERATORS[name]!(value, wanted as never)),
  );
}

/** A predicate over events: name and `where`. Unknown operators are thrown here, not at the first event. */
export function matcher(event: string | undefined, where: Where = {}): (candidate: TrackedEvent) => boolean {
  const tests = Object.entries(where);
  for (const [, test] of tests) passes(test, []);
  return ({ name, properties }) =>
    name == event && tests.every(([path, test]) => passes(test, readPath(properties, path)));
}
