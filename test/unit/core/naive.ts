/** The segment language's behaviours and sequences, written for obviousness: every chain is tried. */
import type { Behaviour, Sequence, Where, Within } from '../../../src/core/conditions.js';
import type { PastEvent } from '../../../src/core/decision.js';
import { SESSION } from '../../cases/expand.js';

const UNITS: { [unit: string]: number } = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const ms = (duration: string) => Number(duration.slice(0, -1)) * UNITS[duration.slice(-1)]!;

/** Only the one test the generators make: `{kind: {eq: …}}`. */
function matches(event: PastEvent, name: string, where?: Where): boolean {
  if (event.name !== name) return false;
  return !where || event.properties?.kind === where.kind!.eq;
}

function isInside(event: PastEvent, within: Within | undefined, now: number): boolean {
  if (within === undefined || within === 'ever') return true;
  if (within === 'session') return event.session === SESSION;
  return now - event.time <= ms(within);
}

/** `log` must be in order. Answers the measured value, undefined if there is none. */
export function naiveMeasure(behaviour: Behaviour, log: PastEvent[], now: number): unknown {
  const events: PastEvent[] = [];
  for (const event of log)
    if (matches(event, behaviour.event, behaviour.where) && isInside(event, behaviour.within, now))
      events.push(event);
  if (behaviour.measure === 'count') return events.length;
  const values: number[] = [];
  for (const event of events)
    if (typeof event.properties?.value === 'number') values.push(event.properties.value);
  if (behaviour.measure === 'sum') return values.reduce((a, b) => a + b, 0);
  if (behaviour.measure === 'distinct') return new Set(values).size;
  if (!values.length) return undefined;
  if (behaviour.measure === 'min') return Math.min(...values);
  if (behaviour.measure === 'max') return Math.max(...values);
  return behaviour.measure === 'first' ? values[0] : values[values.length - 1];
}

/** All ways to take `count` of the places, ascending. */
function selections(places: number[], count: number): number[][] {
  if (count === 0) return [[]];
  return places.flatMap((place, index) =>
    selections(places.slice(index + 1), count - 1).map((rest) => [place, ...rest]),
  );
}

/** Whether the sequence holds: tries every choice of events for every step. */
export function naiveSequence(
  { sequence, within, thenNot }: Sequence,
  log: PastEvent[],
  now: number,
): boolean {
  const ends: number[] = [];
  const extend = (step: number, after: number): void => {
    if (step === sequence.length) {
      ends.push(after);
      return;
    }
    const { event, where, count = 1, within: gap } = sequence[step]!;
    const places = log
      .map((_, index) => index)
      .filter((index) => index > after && matches(log[index]!, event, where))
      .filter((index) => step > 0 || isInside(log[index]!, within, now));
    for (const selection of selections(places, count)) {
      const end = selection.at(-1)!;
      const isTooLate = step > 0 && gap && log[end]!.time - log[after]!.time > ms(gap);
      if (!isTooLate) extend(step + 1, end);
    }
  };
  extend(0, -1);
  if (!ends.length) return false;
  const latest = Math.max(...ends);
  return (
    !thenNot || !log.some((event, index) => index > latest && matches(event, thenNot.event, thenNot.where))
  );
}
