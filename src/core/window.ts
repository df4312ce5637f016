import { durationMs } from './duration.js';
import { UnknownOperator } from './unknownOperator.js';

/**
 * Milliseconds of a duration, unlimited if it is `ever`. Throws `UnknownOperator` for garbage. An event lies in the window
 * back from now by its own time; the future counts as inside: clocks get set.
 */
export function limitMs(duration: string): number {
  const ms = duration == 'ever' ? Infinity : durationMs(duration);
  if (ms != ms) throw new UnknownOperator(duration);
  return ms;
}
