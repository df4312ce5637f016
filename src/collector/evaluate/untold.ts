import type { Condition } from '../../core/conditions.js';
import type { Facts } from '../../core/decision.js';
import type { Json } from '../../core/events.js';
import { presentJudge, type CompileKind, type Kinds } from '../../core/evaluate.js';
import { FACTS } from '../../core/facts.js';
import { ALL_KINDS } from '../../core/kinds.js';
import { NOT_TOLD } from '../../core/personalGaps.js';

/** Facts out of a log. */
export interface ToldFacts extends Facts {
  /** Of the device what nobody has told, each with what stands in for it: of the zone its offset, of others nothing. */
  untold?: { [name: string]: string | undefined };
}

/** Whether a fact of the device is there on the device and not here. */
export function isUntold(facts: Facts, name: string): boolean {
  const { untold = {} } = facts as ToldFacts;
  return Object.hasOwn(untold, name) && untold[name] === facts.device[name];
}

/** The device knows the answer, so here neither the condition holds nor its negation. */
const device: CompileKind<{ device: string; is: object }> = (node, path, isNegated) => {
  const { device: name } = node;
  const judge = presentJudge(node as Condition, path, FACTS.device!(name, node as never));
  return (scope) => {
    if (!isUntold(scope.facts, name)) return judge(scope);
    scope.trace?.(path, isNegated, node as unknown as Json, [NOT_TOLD]);
    return isNegated;
  };
};

/** The language as it is asked of logs. */
export const LOG_KINDS: Kinds = { ...ALL_KINDS, leaves: { ...ALL_KINDS.leaves, device } };
