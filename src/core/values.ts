/** What the texts of a campaign may say of the visitor (`Campaign.values`). */
import { behaviourAtom, measureAtom } from './atoms.js';
import type { Measured } from './conditions.js';
import type { Facts, Past } from './decision.js';
import type { Faults, Register } from './evaluate.js';
import type { Json, Properties } from './events.js';
import { MORE_MEASURES } from './moreMeasures.js';
import { readPath } from './path.js';
import { personalFact } from './personalFacts.js';
import type { Value } from './program.js';
import { withPublic } from './publicFacts.js';
import { allowKeys, UnknownOperator } from './unknownOperator.js';

/** Reads all of them at one moment; undefined for what is not known. */
export type ReadValues = (past: Past, facts: Facts, now: number) => { [name: string]: Json | undefined };

/** Makes values ready to be read. What this version cannot measure is a fault, and never known. */
export type CompileValues = (
  values: { [name: string]: Value },
  register: Register,
  faults: Faults,
  publicFacts?: Properties,
) => ReadValues;

type Read = (...asked: Parameters<ReadValues>) => Json | undefined;

/** Of a log that was pruned what is still in it is said; a text is no condition. */
export const compileValues: CompileValues = (values, register, faults, publicFacts) => {
  const readers = Object.entries(values).map(([name, value]): [string, Read] => {
    try {
      return [name, readerOf(value, values, register, faults, publicFacts)];
    } catch {
      faults.count++;
      return [name, () => undefined];
    }
  });
  return (...asked) => Object.fromEntries(readers.map(([name, read]) => [name, read(...asked)]));
};

/** Throws for what this version does not understand. */
function readerOf(
  value: Value,
  values: { [name: string]: Value },
  register: Register,
  faults: Faults,
  publicFacts?: Properties,
): Read {
  if ('fact' in value) {
    faults.isPersonal = true;
    const { one, many } = personalFact(value.fact);
    return (_, facts, now) => (one ? one(facts, now) : many(facts, now)[0]);
  }
  allowKeys(value, 'event where within measure of');
  const { measure = 'count' } = value;
  const isKnown = measure == 'count' || (Object.hasOwn(MORE_MEASURES, measure) && value.of);
  if (!isKnown) throw new UnknownOperator(measure);
  const asked = withPublic(value, publicFacts) as Measured;
  const paths = pathsBeside(value, values);
  if (paths.length > 1) return readerOfOne(asked, paths, register);
  const index = register(behaviourAtom(asked, MORE_MEASURES[measure]));
  return (past, { visit }, now) => past.read(index, now, visit.session);
}

/** What is asked of the same event: the first or the last of its name, conditions and window. None for other measures. */
function pathsBeside(value: Measured, values: { [name: string]: Value }): string[] {
  if (!/^(first|last)$/.test(value.measure ?? '') || typeof value.of != 'string') return [];
  const askedOf = ({ event, where, within, measure }: Measured) =>
    JSON.stringify([event, where ?? {}, within ?? 'ever', measure]);
  const beside = (Object.values(values) as (Measured | null)[]).filter(
    (other) => typeof other?.of == 'string' && askedOf(other) == askedOf(value),
  );
  return [...new Set(beside.map((other) => other!.of!))].sort();
}

/**
 * Of the event that has any of them, so that a card does not show the name of one thing with the price of another: what that event lacks
 * is not known.
 */
function readerOfOne(
  { event, where, within, measure, of }: Measured,
  paths: string[],
  register: Register,
): Read {
  const index = register(
    measureAtom(event, where, within, measure!, JSON.stringify(paths), MORE_MEASURES[measure!]!, (past) => {
      const found = paths.map((path) => readPath(past.properties, path));
      return found.some(({ length }) => length) ? [found] : [];
    }),
  );
  const at = paths.indexOf(of!);
  return (past, { visit }, now) => {
    const found = past.read(index, now, visit.session) as Json[][] | undefined;
    return found?.[at]!.at(measure == 'last' ? -1 : 0);
  };
}
