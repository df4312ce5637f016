import { behaviourAtom } from './atoms.js';
import type { Behaviour } from './conditions.js';
import type { CompileKind } from './evaluate.js';
import type { Json } from './events.js';
import type { Measure } from './measures.js';
import { testerOf } from './test.js';
import { UnknownOperator } from './unknownOperator.js';

/** Compiles behaviours: aggregates over events. `measures`: what may be measured beside the number of events. */
export const behaviourKind =
  (measures: { [name: string]: Measure } = {}): CompileKind<Behaviour> =>
  (node, path, isNegated, register) => {
    const { is = { gte: 1 }, measure = 'count', of } = node;
    const isKnown = measure == 'count' || (Object.hasOwn(measures, measure) && of);
    if (!isKnown) throw new UnknownOperator(measure);
    const atom = behaviourAtom(node, measures[measure]);
    const { one, none } = testerOf(is);
    const index = register(atom);
    return (scope) => {
      const { past, now, facts, trace } = scope;
      const value = past.read(index, now, facts.visit.session);
      let passed = value === undefined ? none : one(value, now);
      if (past.pruned || trace) {
        let found = value === undefined ? [] : [value];
        const row = () => past.row(index, now, facts.visit.session) ?? 0;
        // Under a negation "unknown" has to hold for the whole not to.
        if (past.pruned)
          [passed, found] = past.pruned.complete(node, scope, passed, found, isNegated, row, index);
        trace?.(path, passed, node as unknown as Json, found);
      }
      return passed;
    };
  };
