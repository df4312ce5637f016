/** What a behaviour measures, kept up to date event by event. What is kept is enough for every window that may be asked. */
import type { Json } from './events.js';
import { addExactly, roundedSum, type ExactSum } from './exactSum.js';
import { addStair, bestFrom, dropBelow, lowerBound, type Stair } from './stairs.js';

/** The measure over the events whose bound (their own time; 0 where there is no window) is not below `from`. */
export interface Measured {
  add(bound: number, place: number, values: readonly Json[]): void;
  /** Undefined if there is nothing to measure. */
  read(from: number): Json | undefined;
  /** The place of the event the value is from; of `first` and `last` only. */
  place(from: number): number | undefined;
  /** Lets go of what lies below; the highest bound among it, if there is any. */
  drop(below: number): number | undefined;
  /** Plain data that `saved` takes, not changed by what is added later. */
  save(): Json;
}

type Create = (saved: never, isEver: boolean) => Measured;

/** Damaged data must not become a wrong answer. */
function sound<T extends Json>(saved: T | undefined, otherwise: T, isSound: (item: never) => boolean): T {
  if (saved === undefined) return otherwise;
  if (!Array.isArray(saved) || !saved.every((item) => isSound(item as never))) throw new TypeError();
  return [...saved] as unknown as T;
}
const isNumber = (item: unknown) => typeof item == 'number';
const same = (item: number) => item;
const nowhere = () => undefined;

export const isStair = (item: Stair) => isNumber(item?.[0]) && isNumber(item[1]);

/** How many; without a window a number is all there is to keep. */
const count: Create = (saved: number[] | undefined, isEver) => {
  const times = sound(saved, isEver ? [0] : [], isNumber);
  return {
    add(bound) {
      if (isEver) times[0]!++;
      else times.splice(lowerBound(times, bound, same), 0, bound);
    },
    read: (from) => (isEver ? times[0]! : times.length - lowerBound(times, from, same)),
    place: nowhere,
    drop: (below) => times.splice(0, lowerBound(times, below, same)).at(-1),
    save: () => [...times],
  };
};

/** The sum over those from `start` on is at hand; it follows the edge of the window wherever that goes. */
const sum: Create = (saved: [times: number[], values: number[]] | undefined, isEver) => {
  const times = sound(saved?.[0], [], isNumber);
  const values = sound(saved?.[1], [], isNumber);
  let start = 0;
  let total: ExactSum = [];
  for (const value of values) total = addExactly(total, value);
  const moveTo = (edge: number) => {
    for (; start < edge; start++) total = addExactly(total, -values[start]!);
    for (; start > edge; start--) total = addExactly(total, values[start - 1]!);
  };
  return {
    add(bound, _, added) {
      for (const value of added) {
        if (typeof value != 'number') continue;
        const at = isEver ? 0 : lowerBound(times, bound, same);
        if (at < start) start++;
        else total = addExactly(total, value);
        if (isEver) continue;
        times.splice(at, 0, bound);
        values.splice(at, 0, value);
      }
    },
    read(from) {
      if (!isEver) moveTo(lowerBound(times, from, same));
      return roundedSum(total);
    },
    place: nowhere,
    drop(below) {
      const edge = lowerBound(times, below, same);
      moveTo(Math.max(start, edge));
      start -= edge;
      values.splice(0, edge);
      return times.splice(0, edge).at(-1);
    },
    save: () => (isEver ? [[], total] : [[...times], [...values]]),
  };
};

/** The value with the highest score; only those are kept that are the best of some window. */
const best =
  (scored: (values: readonly Json[], place: number) => [score: number, value: Json][]): Create =>
  (saved: Stair[] | undefined) => {
    const stairs = sound<Stair[]>(saved, [], isStair);
    return {
      add(bound, place, values) {
        for (const [score, value] of scored(values, place)) addStair(stairs, [bound, score, value]);
      },
      read: (from) => bestFrom(stairs, from)?.[2],
      place: (from) => bestFrom(stairs, from)?.[1],
      drop: (below) => dropBelow(stairs, below),
      save: () => [...stairs],
    };
  };

const extreme = (sign: 1 | -1) =>
  best((values) =>
    values.flatMap((value): [number, Json][] => (typeof value == 'number' ? [[sign * value, value]] : [])),
  );

/** The latest time of each value, by value and in order. */
const distinct: Create = (saved: [text: string, bound: number][] | undefined) => {
  const latest = new Map(sound(saved, [], (item: Json[]) => isNumber(item?.[1])));
  const times = [...latest.values()].sort((a, b) => a - b);
  return {
    add(bound, _, values) {
      for (const value of values) {
        const text = JSON.stringify(value);
        const before = latest.get(text);
        if (before !== undefined && before >= bound) continue;
        if (before !== undefined) times.splice(lowerBound(times, before, same), 1);
        times.splice(lowerBound(times, bound, same), 0, bound);
        latest.set(text, bound);
      }
    },
    read: (from) => times.length - lowerBound(times, from, same),
    place: nowhere,
    drop(below) {
      for (const [text, bound] of latest) if (bound < below) latest.delete(text);
      return times.splice(0, lowerBound(times, below, same)).at(-1);
    },
    save: () => [...latest],
  };
};

/** Every value, in order: for few events of one session. */
const list: Create = (saved: Json[] | undefined) => {
  const all = sound(saved, [], () => true);
  return {
    add: (_, __, values) => void all.push(...values),
    read: () => all,
    place: nowhere,
    drop: nowhere,
    save: () => [...all],
  };
};

/** Of pairs of name and value the first value of each name. */
const firsts: Create = (saved: [name: string, value: Json][] | undefined) => {
  const byName = new Map(sound(saved, [], Array.isArray));
  return {
    add(_, __, pairs) {
      for (const [name, value] of pairs as [string, Json][]) if (!byName.has(name)) byName.set(name, value);
    },
    read: () => Object.fromEntries(byName),
    place: nowhere,
    drop: nowhere,
    save: () => [...byName],
  };
};

/** What each measure makes of the values it reads. No condition can ask for the last two. */
export const MEASURES: { [name: string]: Create } = {
  count,
  sum,
  min: extreme(-1),
  max: extreme(1),
  distinct,
  first: best((values, place) => (values.length ? [[-place, values[0]!]] : [])),
  last: best((values, place) => (values.length ? [[place, values.at(-1)!]] : [])),
  list,
  firsts,
};
