import { inSession, useSession, type Atom, type Sessions } from './atoms.js';
import type { Sequence } from './conditions.js';
import type { PastEvent } from './decision.js';
import { durationMs } from './duration.js';
import { addStair, bestFrom, type Stair } from './stairs.js';
import { matcher } from './test.js';
import { checkType } from './types.js';
import { allowKeys, UnknownOperator } from './unknownOperator.js';
import { isBetween, windowOf } from './window.js';

/** What takes more is not understood: what an event costs, and what is kept of it, must not grow without end. */
export const MAX_STEPS = 20;
export const MAX_COUNT = 1000;

/** A step made ready. */
interface Step {
  matches: (event: PastEvent) => boolean;
  count: number;
  /** Longest time since the step before, ms. */
  gap: number;
}

/**
 * How far a sequence has got. A chain of completions is worth two things: how late the last one is by its own time (the next gap is
 * measured from that), and its start, the earliest time of its first step's events (the window asks for that). Of the chains
 * that end at a step only those are kept that no other beats in both: with a clock that runs as it should that is one.
 * Lists by step are filled as steps are reached.
 */
interface Progress {
  /** The latest times of the first step's events, one fewer than its count, latest first. */
  starts: number[];
  /** Per step: the best chains that end there, the bound their last time, the score their start. Replaced, never changed. */
  chains: (Stair[] | null)[];
  /** Per step: `chains` of the step before, as they were before each of its last events, as many as its count. */
  before: (Stair[][] | null)[];
  /** Per step: the latest start of a chain that reaches it. */
  reached: (number | null)[];
  /** The chains that reach the end, the bound their start, the score the place of their last event. */
  ends: Stair[];
  /** The place of the last event that must not follow. */
  followed: number;
}

/** Whether all steps were made, the latest completion not followed by `thenNot`, and how many steps were reached. */
export type Reached = [passed: boolean, reached: number];

const empty = (): Progress => ({ starts: [], chains: [], before: [], reached: [], ends: [], followed: -1 });

/**
 * A step completes at its count-th event after a completion of the step before; a gap is measured between completions.
 * A window is about the events of the first step.
 */
export function sequenceAtom({ sequence, within = 'ever', thenNot }: Sequence): Atom {
  if (sequence.length > MAX_STEPS) throw new UnknownOperator('sequence');
  const steps = sequence.map((step): Step => {
    allowKeys(step, 'event where within count');
    const { event, where, within, count = 1 } = step;
    if (!(Number.isInteger(count) && count > 0 && count <= MAX_COUNT)) throw new UnknownOperator('count');
    checkType(within, 'su', 'within');
    const gap = within === undefined ? Infinity : durationMs(within as string);
    if (gap != gap) throw new UnknownOperator('within');
    return { matches: matcher(event, where), count, gap };
  });
  allowKeys(thenNot, 'event where');
  // Null is no event either.
  const follows = thenNot === undefined ? () => false : matcher(thenNot?.event, thenNot?.where);
  const window = windowOf(within);
  const { isSession, limit } = window;
  const foldInto = (progress: Progress, event: PastEvent, place: number, mayStart: boolean) => {
    if (follows(event)) progress.followed = place;
    // From the last step back: an event must not be two steps of one chain.
    for (let at = steps.length - 1; at >= 0; at--)
      if (steps[at]!.matches(event) && (at || (mayStart && isBetween(window, event.time))))
        advance(progress, steps, at, event.time, place, limit < Infinity);
  };
  const atom: Atom<Progress & Sessions<Progress>> = {
    key: JSON.stringify(['sequence', sequence, within, thenNot ?? null]),
    concerns: [...new Set([...sequence, ...(thenNot ? [thenNot] : [])].map(({ event }) => event))],
    empty: isSession ? () => [] : empty,
    fold(state, event, place) {
      if (!isSession) return foldInto(state, event, place, true);
      // A chain begins in its session, but it may go on in others.
      const own = steps[0]?.matches(event) && useSession(state, event.session, empty);
      for (const [, progress] of state) foldInto(progress, event, place, progress == own);
    },
    read: (state, now, session) =>
      reachedIn(isSession ? (inSession(state, session) ?? empty()) : state, now - limit),
  };
  return atom;
}

/** The event completes the step, if there is a chain it can continue. */
function advance(
  { starts, chains, before, reached, ends }: Progress,
  steps: readonly Step[],
  at: number,
  time: number,
  place: number,
  hasWindow: boolean,
): void {
  const { count, gap } = steps[at]!;
  let start: number | undefined;
  if (at) {
    const earlier = (before[at] ??= []);
    earlier.push(chains[at - 1] ?? []);
    if (earlier.length > count) earlier.shift();
    if (earlier.length == count) start = bestFrom(earlier[0]!, time - gap)?.[1];
  } else {
    const own = hasWindow ? time : 0;
    const earliest = count > 1 ? starts[count - 2] : own;
    if (earliest !== undefined) start = Math.min(own, earliest);
    const later = starts.findIndex((other) => other <= own);
    starts.splice(later < 0 ? starts.length : later, 0, own);
    starts.length = Math.min(starts.length, count - 1);
  }
  if (start === undefined) return;
  reached[at] = Math.max(reached[at] ?? start, start);
  const next = steps[at + 1];
  if (!next) return addStair(ends, [start, place]);
  // A copy: what was noted in `before` must stay as it is.
  addStair((chains[at] = [...(chains[at] ?? [])]), [next.gap < Infinity ? time : 0, start]);
}

function reachedIn({ reached, ends, followed }: Progress, from: number): Reached {
  const end = bestFrom(ends, from);
  const steps = reached.filter((start) => start !== null && start >= from).length;
  return [!!end && followed <= end[1], steps];
}
