import { behaviourAtom } from './atoms.js';
import { behaviourKind } from './behaviour.js';
import type { Sequence } from './conditions.js';
import type { Json } from './events.js';
import type { CompileKind, Kinds } from './evaluate.js';
import { MORE_MEASURES } from './moreMeasures.js';
import { MORE_OPERATORS } from './moreOperators.js';
import { between } from './between.js';
import { assignWith, MORE_GATES } from './moreGates.js';
import { asksLive, signalKind } from './liveTriggers.js';
import { listFact, onceKnown, personalFact } from './personalFacts.js';
import { resolvePublic } from './publicFacts.js';
import { timeFact } from './timeFacts.js';
import { compileValues } from './values.js';
import { sequenceAtom, type Reached } from './steps.js';

const sequence: CompileKind<Sequence> = (node, path, isNegated, register) => {
  const { sequence, within } = node;
  const index = register(sequenceAtom(node));
  // Where it may have begun, for a past of which a part was pruned.
  const start =
    sequence[0] &&
    register(behaviourAtom({ ...pickStep(sequence[0]), within, measure: 'first' }, MORE_MEASURES.first));
  return (scope) => {
    const { past, now, facts, trace } = scope;
    const { session } = facts.visit;
    const [holds, reached] = past.read(index, now, session) as Reached;
    let passed = holds;
    let found: Json[] = [reached];
    const row = () => (start === undefined ? undefined : past.row(start, now, session)) ?? Infinity;
    if (past.pruned) [passed, found] = past.pruned.complete(node, scope, passed, found, isNegated, row);
    trace?.(path, passed, node as unknown as Json, found);
    return passed;
  };
};

const pickStep = ({ event, where }: Sequence['sequence'][number]) => ({ event, where });

/** Every kind of condition the language has. */
export const ALL_KINDS: Kinds = {
  leaves: { event: behaviourKind(MORE_MEASURES), sequence, signal: signalKind },
  operators: MORE_OPERATORS,
  facts: { time: timeFact, fact: personalFact, list: listFact },
  keys: { time: 'zone is', fact: 'is', list: 'is' },
  resolve(node, facts, compile, isNegated, faults) {
    faults.isLive ||= asksLive(node);
    return onceKnown(node, (asked) => resolvePublic(asked, facts, compile), isNegated, faults);
  },
  between,
  values: compileValues,
  gates: MORE_GATES,
  assign: assignWith,
};
