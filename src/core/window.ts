import type { Within } from './conditions.js';
import type { PastEvent } from './decision.js';
import { durationMs } from './duration.js';
import { UnknownOperator } from './unknownOperator.js';

/** Milliseconds of a duration, unlimited if absent or `ever`. Throws `UnknownOperator` for garbage. */
export function limitMs(duration: string | undefined): number {
  const ms = duration === undefined || duration == 'ever' ? Infinity : durationMs(duration);
  if (ms != ms) throw new UnknownOperator(duration);
  return ms;
}

/** Whether an event lies in the window back from now, by its own time. The future counts as inside: clocks get set. */
export function windowTest(
  within: Within | undefined,
  now: number,
  session: string,
): (event: PastEvent) => boolean {
  if (within == 'session') return (event) => event.session == session;
  const from = now - limitMs(within);
  return (event) => event.time >= from;
}
