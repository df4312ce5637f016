import type { Within } from './conditions.js';
import type { PastEvent } from './decision.js';
import { durationMs } from './duration.js';
import type { Scope } from './evaluate.js';
import { UnknownOperator } from './unknownOperator.js';

/** Milliseconds of a duration, unlimited if it is `ever`. Throws `UnknownOperator` for garbage. */
export function limitMs(duration: string): number {
  const ms = duration == 'ever' ? Infinity : durationMs(duration);
  if (ms != ms) throw new UnknownOperator(duration);
  return ms;
}

/** Whether an event lies in the window back from now, by its own time. The future counts as inside: clocks get set. */
export function windowTest(within: Within = 'ever', { now, facts }: Scope): (event: PastEvent) => boolean {
  if (within == 'session') return ({ session }) => session == facts.visit.session;
  const from = now - limitMs(within);
  return ({ time }) => time >= from;
}
