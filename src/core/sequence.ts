import type { Sequence } from './conditions.js';
import type { PastEvent } from './decision.js';
import type { Scope } from './evaluate.js';
import { compareSequence } from './history.js';
import { matcher } from './test.js';
import { allowKeys } from './unknownOperator.js';
import { limitMs, windowTest } from './window.js';

/**
 * How many steps were reached, whether all were, and whether `thenNot` followed the latest completion.
 * A step completes at its count-th event after a completion of the step before; a gap is measured between completions.
 */
export function follow(
  { sequence, within, thenNot }: Sequence,
  scope: Scope,
): { reached: number; dropped: boolean } {
  const isInside = windowTest(within, scope.now, scope.facts.visit.session);
  let completions: PastEvent[] = [];
  let reached = 0;
  sequence.forEach((step, index) => {
    allowKeys(step, 'event where within count');
    const matches = matcher(step.event, step.where);
    const gapMs = limitMs(step.within);
    const before = completions;
    let next = 0;
    let latest = -Infinity;
    completions = scope.history
      .named(step.event)
      .filter((past) => matches(past) && (index || isInside(past)))
      .filter((past, at, events) => {
        const first = events[at - (step.count ?? 1) + 1];
        if (!first || !index) return first;
        // The step before that leaves the smallest gap is the one with the latest clock among those before `first`.
        while (next < before.length && compareSequence(before[next]!, first) < 0)
          latest = Math.max(latest, before[next++]!.time);
        return next && past.time - latest <= gapMs;
      });
    if (completions.length) reached = index + 1;
  });
  const last = completions.at(-1);
  let followed = false;
  if (thenNot) {
    allowKeys(thenNot, 'event where');
    const matches = matcher(thenNot.event, thenNot.where);
    followed = scope.history
      .named(thenNot.event)
      .some((past) => matches(past) && !!last && compareSequence(past, last) > 0);
  }
  return { reached, dropped: !!last && !followed };
}
