import type { Sequence } from './conditions.js';
import type { PastEvent } from './decision.js';
import type { Scope } from './evaluate.js';
import { compareSequence } from './history.js';
import { matcher } from './test.js';
import { allowKeys } from './unknownOperator.js';
import { limitMs, windowTest } from './window.js';

/**
 * Whether all steps were made, the latest completion not followed by `thenNot`, and how many steps were reached.
 * A step completes at its count-th event after a completion of the step before; a gap is measured between completions.
 */
export function follow(
  { sequence, within, thenNot }: Sequence,
  scope: Scope,
): [passed: boolean, reached: number] {
  const isInside = windowTest(within, scope);
  let completions: PastEvent[] = [];
  let reached = 0;
  sequence.forEach((step, index) => {
    allowKeys(step, 'event where within count');
    const { event, where, count = 1 } = step;
    const matches = matcher(event, where);
    const gapMs = limitMs(step.within ?? 'ever');
    const before = completions;
    let next = 0;
    let latest = -Infinity;
    completions = scope.history
      .named(event)
      .filter((past) => matches(past) && (index || isInside(past)))
      .filter((past, at, events) => {
        const first = events[at - count + 1];
        if (!first || !index) return first;
        // Of the completions before `first` the one with the latest clock leaves the smallest gap.
        while (next < before.length && compareSequence(before[next]!, first) < 0)
          latest = Math.max(latest, before[next++]!.time);
        return next && past.time - latest <= gapMs;
      });
    if (completions.length) reached = index + 1;
  });
  const last = completions.at(-1);
  allowKeys(thenNot, 'event where');
  const matches = matcher(thenNot?.event, thenNot?.where);
  const isFollowed = (past: PastEvent) => matches(past) && compareSequence(past, last!) > 0;
  return [!!last && !(thenNot && scope.history.named(thenNot.event).some(isFollowed)), reached];
}
