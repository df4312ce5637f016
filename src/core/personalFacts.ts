/** Facts of the user that only the server knows: imported attributes, and the lists the user is in. */
import type { Condition } from './conditions.js';
import type { Faults, Judge, Trace } from './evaluate.js';
import type { Json } from './events.js';
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
  const isBare = 'list' in node && node.is === undefined;
  const judge = compile(isBare ? { ...node, is: { eq: true } } : node);
  return (scope) => {
    const { facts, trace } = scope;
    const isHere = facts.user === undefined || !!facts.personal;
    // What an explanation says is asked is what the document asks.
    const told: Trace | undefined =
      trace &&
      ((path, passed, expected, found) =>
        trace(
          path,
          isHere ? passed : isNegated,
          isBare ? (node as unknown as Json) : expected,
          isHere ? found : [],
        ));
    const passed = judge(told ? { ...scope, trace: told } : scope);
    return isHere ? passed : isNegated;
  };
}
