/** What behaviours may measure beside the number of events. */
import type { Json } from './events.js';
import { addExactly, roundedSum, type ExactSum } from './exactSum.js';
import { lowerBound } from './lowerBound.js';
import { NO_BOUND, type Measure } from './measures.js';
import { addStair, bestFrom, dropBelow, type Stair } from './stairs.js';

/** Values by time. The sum over those from `start` on is at hand; it follows the edge of the window wherever that goes. */
interface Series {
  times: number[];
  values: number[];
  start: number;
  total: ExactSum;
}

function moveTo(series: Series, edge: number): void {
  const { values } = series;
  for (; series.start < edge; series.start++) series.total = addExactly(series.total, -values[series.start]!);
  for (; series.start > edge; series.start--)
    series.total = addExactly(series.total, values[series.start - 1]!);
}

const sum: Measure<Series> = {
  empty: () => ({ times: [], values: [], start: 0, total: [] }),
  add(series, bound, _, added) {
    const { times, values } = series;
    for (const value of added) {
      if (typeof value != 'number') continue;
      const at = lowerBound(times, bound);
      if (at < series.start) series.start++;
      else series.total = addExactly(series.total, value);
      // Without a window the total is all there is to keep.
      if (bound == NO_BOUND) continue;
      times.splice(at, 0, bound);
      values.splice(at, 0, value);
    }
  },
  read(series, from) {
    moveTo(series, lowerBound(series.times, from));
    return roundedSum(series.total);
  },
  parts(series, from) {
    moveTo(series, lowerBound(series.times, from));
    return series.total;
  },
  drop(series, below) {
    const { times, values } = series;
    const edge = lowerBound(times, below);
    moveTo(series, Math.max(series.start, edge));
    series.start -= edge;
    values.splice(0, edge);
    return times.splice(0, edge).at(-1);
  },
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

/** The latest time of each value, by value and in order. */
const distinct: Measure<{ latest: { [text: string]: number }; times: number[] }> = {
  empty: () => ({ latest: {}, times: [] }),
  add({ latest, times }, bound, _, values) {
    for (const value of values) {
      const text = JSON.stringify(value);
      const before = latest[text];
      if (before! >= bound) continue;
      if (before !== undefined) times.splice(lowerBound(times, before), 1);
      times.splice(lowerBound(times, bound), 0, bound);
      latest[text] = bound;
    }
  },
  read: ({ times }, from) => times.length - lowerBound(times, from),
  drop({ latest, times }, below) {
    for (const text in latest) if (latest[text]! < below) delete latest[text];
    return times.splice(0, lowerBound(times, below)).at(-1);
  },
};

/** By the names the language has for them. */
export const MORE_MEASURES: { [name: string]: Measure } = {
  sum,
  min: extreme(-1),
  max: extreme(1),
  distinct,
  first: best((values, place) => (values.length ? [[-place, values[0]!]] : [])),
  last: best((values, place) => (values.length ? [[place, values.at(-1)!]] : [])),
};
