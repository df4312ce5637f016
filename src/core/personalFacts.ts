/** Facts of the user that only the server knows: imported attributes, and the lists the user is in. */
import { pathOfFacts, type FactReader } from './facts.js';
import { UnknownOperator } from './unknownOperator.js';

function nameOf(name: unknown): string {
  if (typeof name != 'string' || !name) throw new UnknownOperator(String(name));
  return name;
}

export const personalFact = (name: string): FactReader =>
  pathOfFacts(({ personal }) => personal?.facts, nameOf(name));

/** True or false; while the lists are not known it is missing, as any other fact is. */
export function listFact(name: string): FactReader {
  const list = nameOf(name);
  return { one: ({ personal }) => personal?.lists.includes(list), is: { eq: true } };
}
