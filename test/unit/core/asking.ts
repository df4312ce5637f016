/** Asks conditions and programs of a log, for tests that need no state of their own. */
import type { Condition } from '../../../src/core/conditions.js';
import { decide } from '../../../src/core/decide.js';
import type { Facts, Occasion, PastEvent, PrunedPast } from '../../../src/core/decision.js';
import type { Properties } from '../../../src/core/events.js';
import { createCompiler, type Trace } from '../../../src/core/evaluate.js';
import { explain } from '../../../src/core/explain.js';
import { pastOf } from '../../../src/core/fold.js';
import type { Program } from '../../../src/core/program.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import { compileRules, createAtoms } from '../../../src/core/rules.js';
import { expandFacts, NOW } from '../../cases/expand.js';

/** The past of one condition: its log, and what recall says of older events. */
export interface Asked {
  events: readonly PastEvent[];
  segments?: Program['segments'];
  publicFacts?: Properties;
  facts?: Facts;
  now?: number;
  pruned?: PrunedPast;
  trace?: Trace;
}

/** Whether the condition holds of the log. */
export function holds(condition: Condition, asked: Asked): boolean {
  const { events, segments = {}, publicFacts, facts = expandFacts(), now = NOW, pruned, trace } = asked;
  const atoms = createAtoms();
  const judge = createCompiler(segments, atoms.register, ALL_KINDS, undefined, publicFacts)(condition);
  return judge({ past: pastOf(atoms, events, pruned), facts, now, memo: [], trace });
}

/** What the condition finds: the value measured, or the steps reached. */
export function foundBy(condition: Condition, asked: Asked): unknown {
  let answer: unknown;
  holds(condition, { ...asked, trace: (_, __, ___, found) => (answer = found) });
  return answer;
}

export function decideOn(
  program: Program,
  events: readonly PastEvent[],
  facts: Facts,
  occasion: Occasion,
  pruned?: PrunedPast,
) {
  const rules = compileRules(program, ALL_KINDS);
  return decide(rules, pastOf(rules.atoms, events, pruned), facts, occasion);
}

export function explainOn(
  program: Program,
  events: readonly PastEvent[],
  facts: Facts,
  occasion: Occasion,
  campaign: string,
  pruned?: PrunedPast,
) {
  const rules = compileRules(program, ALL_KINDS);
  return explain(rules, pastOf(rules.atoms, events, pruned), facts, occasion, campaign);
}
