import { bySession, canonical, type Atom, type AtomState } from './atoms.js';
import type { Sequence } from './conditions.js';
import type { PastEvent } from './decision.js';
import type { Json } from './events.js';
import { isStair } from './measures.js';
import { addStair, bestFrom, type Stair } from './stairs.js';
import { matcher } from './test.js';
import { allowKeys, UnknownOperator } from './unknownOperator.js';
import { limitMs } from './window.js';

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
 */
interface Progress {
  /** The latest times of the first step's events, one fewer than its count, latest first. */
  starts: number[];
  /** Per step but the last: the best chains that end there, the bound their last time, the score their start. */
  chains: Stair[][];
  /** Per step: `chains` of the step before, as they were before each of its last events, as many as its count. */
  before: Stair[][][];
  /** Per step: the latest start of a chain that reaches it. */
  reached: (number | null)[];
  /** The chains that reach the end, the bound their start, the score the place of their last event. */
  ends: Stair[];
  /** The place of the last event that must not follow. */
  followed: number;
}

/** Whether all steps were made, the latest completion not followed by `thenNot`, and how many steps were reached. */
export type Reached = [passed: boolean, reached: number];

/**
 * A step completes at its count-th event after a completion of the step before; a gap is measured between completions.
 * A window is about the events of the first step.
 */
export function sequenceAtom({ sequence, within = 'ever', thenNot }: Sequence): Atom {
  const steps = sequence.map((step): Step => {
    allowKeys(step, 'event where within count');
    const { event, where, within: gap = 'ever', count = 1 } = step;
    if (!Number.isInteger(count) || count < 1) throw new UnknownOperator('count');
    return { matches: matcher(event, where), count, gap: limitMs(gap) };
  });
  allowKeys(thenNot, 'event where');
  const follows = matcher(thenNot?.event, thenNot?.where);
  const isSession = within == 'session';
  const limit = isSession ? Infinity : limitMs(within);
  const create = (saved?: Json) => (saved ? revive(saved, steps.length) : begin(steps.length));
  const fold = (progress: Progress, event: PastEvent, place: number, mayStart: boolean) => {
    if (follows(event)) progress.followed = place;
    // From the last step back: an event must not be two steps of one chain.
    for (let at = steps.length - 1; at >= 0; at--)
      if (steps[at]!.matches(event) && (at || mayStart))
        advance(progress, steps, at, event.time, place, limit < Infinity);
  };
  const inSession = (saved?: Json): AtomState => {
    const sessions = bySession(saved, create);
    return {
      fold(event, place) {
        const mayStart = steps[0]?.matches(event) && sessions.use(event.session);
        for (const progress of sessions.all()) fold(progress, event, place, progress === mayStart);
      },
      read: (_, session) => read(sessions.of(session), -Infinity),
      key: () => undefined,
      trim: () => undefined,
      save: () => sessions.save((progress) => structure(progress)),
    };
  };
  const inWindow = (saved?: Json): AtomState => {
    const progress = create(saved);
    return {
      fold: (event, place) => fold(progress, event, place, true),
      read: (now) => read(progress, now - limit),
      key: () => undefined,
      trim: () => undefined,
      save: () => structure(progress),
    };
  };
  const names = [...sequence, ...(thenNot ? [thenNot] : [])].map(({ event }) => event);
  return {
    key: canonical(['sequence', sequence, within, thenNot ?? null]),
    concerns: [...new Set(names)],
    create: isSession ? inSession : inWindow,
  };
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
  let start: number;
  if (at) {
    const earlier = before[at]!;
    earlier.push(chains[at - 1]!);
    if (earlier.length > count) earlier.shift();
    const chain = earlier.length == count && bestFrom(earlier[0]!, time - gap);
    if (!chain) return;
    start = chain[1];
  } else {
    const own = hasWindow ? time : 0;
    const earliest = count > 1 ? starts[count - 2] : own;
    addStart(starts, own, count - 1);
    if (earliest === undefined) return;
    start = Math.min(own, earliest);
  }
  reached[at] = Math.max(reached[at] ?? start, start);
  if (at == steps.length - 1) return addStair(ends, [start, place]);
  // A copy: what was noted in `before` must stay as it is.
  const next = [...chains[at]!];
  addStair(next, [steps[at + 1]!.gap < Infinity ? time : 0, start]);
  chains[at] = next;
}

function addStart(starts: number[], time: number, count: number): void {
  const at = starts.findIndex((other) => other < time);
  starts.splice(at < 0 ? starts.length : at, 0, time);
  starts.length = Math.min(starts.length, count);
}

function read(progress: Progress | undefined, from: number): Json {
  if (!progress) return [false, 0];
  const { reached, ends, followed } = progress;
  const end = bestFrom(ends, from);
  const steps = reached.filter((start) => start !== null && start >= from).length;
  return [!!end && followed <= end[1], steps] satisfies Reached;
}

function begin(steps: number): Progress {
  const each = <T>(make: () => T) => Array.from({ length: steps }, make);
  return {
    starts: [],
    chains: each(() => []),
    before: each(() => []),
    reached: each(() => null),
    ends: [],
    followed: -1,
  };
}

/** All in one list, so that nothing is stored that `revive` does not ask for. */
function structure({ starts, chains, before, reached, ends, followed }: Progress): Json {
  return [[...starts], [...chains], before.map((earlier) => [...earlier]), [...reached], [...ends], followed];
}

/** The same as it was saved; throws if that is damaged. */
function revive(saved: Json, steps: number): Progress {
  const [starts, chains, before, reached, ends, followed] = saved as never as [
    number[],
    Stair[][],
    Stair[][][],
    (number | null)[],
    Stair[],
    number,
  ];
  const stairs = [...chains, ...before.flat(), ends];
  const isSound =
    [chains, before, reached].every(({ length }) => length == steps) &&
    stairs.every((list) => list.every(isStair)) &&
    [...starts, ...reached, followed].every((item) => item === null || typeof item == 'number');
  if (!isSound) throw new TypeError();
  return {
    starts: [...starts],
    chains: [...chains],
    before: before.map((earlier) => [...earlier]),
    reached: [...reached],
    ends: [...ends],
    followed,
  };
}
