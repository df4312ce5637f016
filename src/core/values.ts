/** What the texts of a campaign may say of the visitor (`Campaign.values`). */
import { behaviourAtom } from './atoms.js';
import type { Measured } from './conditions.js';
import type { Facts, Past } from './decision.js';
import type { Faults, Register } from './evaluate.js';
import type { Json, Properties } from './events.js';
import { MORE_MEASURES } from './moreMeasures.js';
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
      return [name, readerOf(value, register, faults, publicFacts)];
    } catch {
      faults.count++;
      return [name, () => undefined];
    }
  });
  return (...asked) => Object.fromEntries(readers.map(([name, read]) => [name, read(...asked)]));
};

/** Throws for what this version does not understand. */
function readerOf(value: Value, register: Register, faults: Faults, publicFacts?: Properties): Read {
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
  const index = register(behaviourAtom(asked, MORE_MEASURES[measure]));
  return (past, { visit }, now) => past.read(index, now, visit.session);
}
