/**
 * What an atom keeps of its events, brought up to date event by event: enough for every window that may be asked. States are plain
 * data, so that they are stored as they are. What only few programs ask for is in `moreMeasures.ts`.
 */
import type { Json } from './events.js';
import { lowerBound } from './lowerBound.js';

/** The bound of all events where there is no window: no time, and it is JSON. */
export const NO_BOUND = -1;

/** One way to measure events. Their bound is their own time, or `NO_BOUND`; `from` is the window's edge. */
export interface Measure<State = never> {
  empty: () => unknown;
  add(state: State, bound: number, place: number, values: readonly Json[]): void;
  /** Undefined if there is nothing to measure. */
  read(state: State, from: number): Json | undefined;
  /** The place of the event that the value is of. */
  place?(state: State, from: number): number | undefined;
  /** What stands behind the value: of a sum its parts, without rounding; of `most` the value that so many events share. */
  parts?(state: State, from: number): Json[];
  /** Lets go of what lies below; the highest bound among it, if there is any. */
  drop?(state: State, below: number): number | undefined;
}

/** How many: their times, or where there is no window only their number, negative because no clock is. */
const count: Measure<number[]> = {
  empty: () => [],
  add(times, bound) {
    if (bound == NO_BOUND) times[0] = (times[0] ?? 0) - 1;
    else times.splice(lowerBound(times, bound), 0, bound);
  },
  read: (times, from) =>
    times[0]! < 0 && from == -Infinity ? -times[0]! : times.length - lowerBound(times, from),
  drop: (times, below) => times.splice(0, lowerBound(times, below)).at(-1),
};

/** Every value, in order: for few events of one session. */
const list: Measure<Json[]> = {
  empty: () => [],
  add: (all, _, __, values) => void all.push(...values),
  read: (state) => state,
};

/** Of pairs of name and value the first value of each name. */
const firsts: Measure<{ [name: string]: Json }> = {
  empty: () => ({}),
  add(byName, _, __, pairs) {
    for (const [name, value] of pairs as [string, Json][]) {
      if (!Object.hasOwn(byName, name)) byName[name] = value;
    }
  },
  read: (state) => state,
};

/** The last value. */
const latest: Measure<Json[]> = {
  empty: () => [],
  add: (state, _, __, [value]) => void (state[0] = value!),
  read: ([value]) => value,
};

/** The measures that every program needs. No condition can ask for others than the first by these names. */
export const MEASURES: { [name: string]: Measure } = { count, list, firsts, latest };
