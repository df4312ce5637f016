/** Facts of the user that only the server knows: imported attributes, and the lists the user is in. */
import type { Condition } from './conditions.js';
import type { Faults, Judge } from './evaluate.js';
import { pathOfFacts, type FactReader } from './facts.js';
import { UnknownOperator } from './unknownOperator.js';

function nameOf(name: unknown): string {
  if (typeof name != 'string' || !name) throw new UnknownOperator(String(name));
  return name;
}

export const personalFact = (name: string): FactReader =>
  pathOfFacts(({ personal }) => personal?.facts, nameOf(name));

/** True or false; of somebody whom nobody knows it is missing, as any other fact is. */
export function listFact(name: string): FactReader {
  const list = nameOf(name);
  return { one: ({ personal }) => personal?.lists.includes(list) };
}

/**
 * Of a user who is known the server knows something. While that is not here, neither the condition nor its negation holds: under a
 * negation "unknown" has to hold for the whole not to. To ask for a list is to ask whether one is in it.
 */
export function onceKnown(
  node: Condition,
  compile: (node: Condition) => Judge,
  isNegated: boolean,
  faults: Faults,
): Judge {
  if (!('fact' in node || 'list' in node)) return compile(node);
  faults.isPersonal = true;
  const judge = compile('list' in node ? { is: { eq: true }, ...node } : node);
  return (scope) => {
    const { facts, trace } = scope;
    if (facts.user === undefined || facts.personal) return judge(scope);
    judge({ ...scope, trace: trace && ((path, _, expected) => trace(path, isNegated, expected, [])) });
    return isNegated;
  };
}
