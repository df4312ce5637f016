import type { Behaviour } from './conditions.js';
import type { Json } from './events.js';
import { readPath } from './path.js';
import { matcher } from './test.js';
import { UnknownOperator } from './unknownOperator.js';
import { windowTest } from './window.js';
import type { Scope } from './evaluate.js';

/** What each measure makes of the values it reads; none for min, max, first and last of nothing. */
const MEASURES: { [name: string]: (values: Json[]) => Json | undefined } = {
  sum: (values) => sorted(values).reduce((total, value) => total + value, 0),
  min: (values) => sorted(values)[0],
  max: (values) => sorted(values).at(-1),
  distinct: (values) => new Set(values.map((value) => JSON.stringify(value))).size,
  first: (values) => values[0],
  last: (values) => values.at(-1),
};

function sorted(values: Json[]): number[] {
  return values.filter((value) => typeof value == 'number').sort((a, b) => a - b);
}

/** The measured value of a behaviour, in a list; empty if there is nothing to measure. */
export function measure({ event, where, within, measure: name, of }: Behaviour, scope: Scope): Json[] {
  const matches = matcher(event, where);
  const isInside = windowTest(within, scope);
  const events = scope.history.named(event).filter((past) => isInside(past) && matches(past));
  if (!name || name == 'count') return [events.length];
  if (!Object.hasOwn(MEASURES, name) || !of) throw new UnknownOperator(name);
  const value = MEASURES[name]!(events.flatMap((past) => readPath(past.properties, of)));
  return value === undefined ? [] : [value];
}
