/** What behaviours may measure beside the number of events. */
import type { Json } from './events.js';
import { addExactly, roundedSum, summandOf, type ExactSum } from './exactSum.js';
import { lowerBound } from './lowerBound.js';
import { NO_BOUND, type Measure } from './measures.js';
import { addStair, bestFrom, dropBelow, type Stair } from './stairs.js';

/** So many stale entries of `distinct` may be there beside as many as there are values. */
const SOME_STALE = 64;

/** What came in a window, by time. Of all from `start` on a measure has at hand what it is asked; that follows the window's edge wherever it goes. */
interface Series<Item> {
  times: number[];
  items: Item[];
  start: number;
}

/** Takes one that comes into the window (1), or goes out of it (-1). */
type Turn<Item> = (sign: 1 | -1, item: Item, time: number) => void;

function moveTo<Item>(series: Series<Item>, edge: number, turn: Turn<Item>): void {
  const { times, items } = series;
  for (; series.start < edge; series.start++) turn(-1, items[series.start]!, times[series.start]!);
  for (; series.start > edge; series.start--) turn(1, items[series.start - 1]!, times[series.start - 1]!);
}

const moveToTime = <Item>(series: Series<Item>, from: number, turn: Turn<Item>) =>
  moveTo(series, lowerBound(series.times, from), turn);

/** Puts it in its place; whether that is in the window. */
function put<Item>(series: Series<Item>, time: number, item: Item): boolean {
  const { times, items, start } = series;
  const at = lowerBound(times, time);
  times.splice(at, 0, time);
  items.splice(at, 0, item);
  if (at < start) series.start++;
  return at >= start;
}

/** Lets go of what lies below, after it has gone out of the window; the highest time among it. */
function dropFrom<Item>(series: Series<Item>, below: number, turn: Turn<Item>): number | undefined {
  const { times, items } = series;
  const edge = lowerBound(times, below);
  moveTo(series, Math.max(series.start, edge), turn);
  series.start -= edge;
  items.splice(0, edge);
  return times.splice(0, edge).at(-1);
}

interface Summed extends Series<number> {
  total: ExactSum;
}

const intoSum =
  (series: Summed): Turn<number> =>
  (sign, value) =>
    void (series.total = addExactly(series.total, sign * value));

const sum: Measure<Summed> = {
  empty: () => ({ times: [], items: [], start: 0, total: [] }),
  add(series, bound, _, values) {
    for (const value of values) {
      if (typeof value != 'number') continue;
      const summand = summandOf(value);
      // Without a window the total is all there is to keep.
      if (bound == NO_BOUND || put(series, bound, summand)) intoSum(series)(1, summand, bound);
    }
  },
  read(series, from) {
    moveToTime(series, from, intoSum(series));
    return roundedSum(series.total);
  },
  parts(series, from) {
    moveToTime(series, from, intoSum(series));
    return series.total;
  },
  drop: (series, below) => dropFrom(series, below, intoSum(series)),
};

/** The value with the highest score; only those are kept that are the best of some window. */
const best = (
  scored: (values: readonly Json[], place: number) => [score: number, value: Json][],
): Measure<Stair[]> => ({
  empty: () => [],
  add(stairs, bound, place, values) {
    for (const [score, value] of scored(values, place)) addStair(stairs, [bound, score, value]);
  },
  read: (stairs, from) => bestFrom(stairs, from)?.[2],
  place: (stairs, from) => bestFrom(stairs, from)?.[1],
  drop: dropBelow,
});

const extreme = (sign: 1 | -1) =>
  best((values) => values.filter((value) => typeof value == 'number').map((value) => [sign * value, value]));

/**
 * Values as JSON at the times they came. Only the latest of each counts; when one comes again the entry it had is stale, and is let go of
 * when such are too many: to look for it at once would cost more the more values there are.
 */
interface Different extends Series<string> {
  latest: { [text: string]: number };
  /** How many values there are, and how many of them in the window. */
  all: number;
  inWindow: number;
}

const intoDifferent =
  (series: Different): Turn<string> =>
  (sign, text, time) => {
    if (series.latest[text] == time) series.inWindow += sign;
  };

function letGoOfStale(series: Different): void {
  const { times, items, latest, start } = series;
  const places = times.map((_, at) => at).filter((at) => latest[items[at]!] == times[at]);
  series.start = lowerBound(places, start);
  series.times = places.map((at) => times[at]!);
  series.items = places.map((at) => items[at]!);
}

const distinct: Measure<Different> = {
  empty: () => ({ times: [], items: [], start: 0, latest: {}, all: 0, inWindow: 0 }),
  add(series, bound, _, values) {
    const { latest } = series;
    for (const value of values) {
      const text = JSON.stringify(value);
      const before = latest[text];
      if (before! >= bound) continue;
      if (before === undefined) series.all++;
      else if (before >= series.times[series.start]!) series.inWindow--;
      latest[text] = bound;
      if (put(series, bound, text)) series.inWindow++;
      if (series.times.length > 2 * series.all + SOME_STALE) letGoOfStale(series);
    }
  },
  read(series, from) {
    moveToTime(series, from, intoDifferent(series));
    return series.inWindow;
  },
  drop(series, below) {
    const { times, items, latest } = series;
    const turn = intoDifferent(series);
    const edge = lowerBound(times, below);
    moveTo(series, Math.max(series.start, edge), turn);
    for (let at = 0; at < edge; at++) {
      if (latest[items[at]!] != times[at]) continue;
      delete latest[items[at]!];
      series.all--;
    }
    return dropFrom(series, below, turn);
  },
};

/** In how many events of the window each value is, as JSON. */
interface Shared extends Series<string> {
  counts: { [text: string]: number };
  /** In place n: how many values are in n events. */
  having: number[];
  most: number;
}

const intoShared =
  (series: Shared): Turn<string> =>
  (sign, text, time) => {
    const { counts, having } = series;
    const before = counts[text] ?? 0;
    const after = before + sign;
    if (after) counts[text] = after;
    else delete counts[text];
    // Nothing ever goes where there is no window.
    if (time == NO_BOUND) return void (series.most = Math.max(series.most, after));
    if (before) having[before]!--;
    if (after) having[after] = (having[after] ?? 0) + 1;
    // The greatest goes down by one at a time: whoever was alone with it has just become one less.
    if (after < series.most && having[series.most]) return;
    series.most = after;
    having.length = after + 1;
  };

const most: Measure<Shared> = {
  empty: () => ({ times: [], items: [], start: 0, counts: {}, having: [0], most: 0 }),
  add(series, bound, _, values) {
    // An event in which a value stands twice is one event.
    for (const text of new Set(values.map((value) => JSON.stringify(value))))
      if (bound == NO_BOUND || put(series, bound, text)) intoShared(series)(1, text, bound);
  },
  read(series, from) {
    moveToTime(series, from, intoShared(series));
    return series.most;
  },
  /** The value that so many share, or one of them. */
  parts(series, from) {
    moveToTime(series, from, intoShared(series));
    const { counts } = series;
    return Object.keys(counts)
      .filter((text) => counts[text] == series.most)
      .slice(0, 1)
      .map((text) => JSON.parse(text) as Json);
  },
  drop: (series, below) => dropFrom(series, below, intoShared(series)),
};

/** By the names the language has for them. */
export const MORE_MEASURES: { [name: string]: Measure } = {
  sum,
  min: extreme(-1),
  max: extreme(1),
  distinct,
  most,
  first: best((values, place) => (values.length ? [[-place, values[0]!]] : [])),
  last: best((values, place) => (values.length ? [[place, values.at(-1)!]] : [])),
};
