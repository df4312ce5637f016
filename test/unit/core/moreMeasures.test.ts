/** What `distinct`, `most` and `sum` keep of a window, however it moves: asked of the measures themselves. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/core/events.js';
import { NO_BOUND } from '../../../src/core/measures.js';
import { MORE_MEASURES } from '../../../src/core/moreMeasures.js';
import { foundBy } from './asking.js';
import { NOW } from '../../cases/expand.js';

const { sum, distinct, most } = MORE_MEASURES;

interface Entry {
  time: number;
  values: Json[];
}

/** Counted by looking at all there is. */
const BY_HAND = {
  sum: (entries: Entry[]) =>
    entries.flatMap(({ values }) => values).reduce<number>((total, value) => total + (value as number), 0),
  distinct: (entries: Entry[]) => new Set(entries.flatMap(({ values }) => values)).size,
  most(entries: Entry[]) {
    const values = entries.flatMap(({ values }) => values);
    return Math.max(
      0,
      ...values.map((value) => entries.filter((entry) => entry.values.includes(value)).length),
    );
  },
};

// Few values and many times, so that most of what came is stale.
const step = fc.record({
  /** Mostly the next moment, now and then one long ago. */
  later: fc.constantFrom(0, 1, 1, 1, 1, 2, -7, -60),
  values: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
  act: fc.constantFrom('none', 'none', 'read', 'read back', 'drop', 'store'),
});

describe('what a window measures', () => {
  it.each(['sum', 'distinct', 'most'] as const)(
    '%s is what a count by hand says, wherever the window moves',
    (name) => {
      const measure = MORE_MEASURES[name]!;
      fc.assert(
        fc.property(fc.array(step, { minLength: 20, maxLength: 400 }), (steps) => {
          let state = measure.empty() as never;
          let time = 1000;
          let gone = -Infinity;
          const entries: Entry[] = [];
          for (const [place, { later, values, act }] of steps.entries()) {
            const at = Math.max(gone, later < 0 ? time + later : (time += later));
            entries.push({ time: at, values });
            measure.add(state, at, place, values);
            const from = Math.max(gone, act === 'read back' ? time - 90 : time - 30);
            if (act.startsWith('read'))
              expect(measure.read(state, from)).toBe(
                BY_HAND[name](entries.filter(({ time }) => time >= from)),
              );
            if (act === 'drop') measure.drop!(state, (gone = Math.max(gone, time - 100)));
            if (act === 'store') state = JSON.parse(JSON.stringify(state)) as never;
          }
          expect(measure.read(state, -Infinity)).toBe(
            BY_HAND[name](entries.filter(({ time }) => time >= gone)),
          );
        }),
        { numRuns: 150 },
      );
    },
  );

  it('of many values that come again costs nothing for those that lie between', () => {
    const state = distinct!.empty() as never;
    const { splice } = Array.prototype;
    let moved = 0;
    Array.prototype.splice = function (this: unknown[], at: number, ...rest: unknown[]) {
      moved += this.length - at;
      return splice.call(this, at, ...(rest as [number]));
    };
    try {
      for (let place = 0; place < 20_000; place++) distinct!.add(state, place, place, [(place * 7) % 1000]);
    } finally {
      Array.prototype.splice = splice;
    }
    expect(moved).toBe(0);
    expect(distinct!.read(state, 19_500)).toBe(500);
    // No more is kept than twice what counts.
    expect(JSON.stringify(state).length).toBeLessThan(1000 * 50);
  });

  it('of `most` knows which value it is', () => {
    const state = most!.empty() as never;
    for (const [time, value] of ['tea', 'cup', 'tea', 'pot', 'cup', 'cup'].entries())
      most!.add(state, time, time, [value]);
    expect([most!.read(state, 0), most!.parts!(state, 0)]).toEqual([3, ['cup']]);
    expect(most!.parts!(most!.empty() as never, 0)).toEqual([]);
    const ever = most!.empty() as never;
    for (const value of ['tea', 'cup', 'tea']) most!.add(ever, NO_BOUND, 0, [value]);
    expect([most!.read(ever, -Infinity), most!.parts!(ever, -Infinity)]).toEqual([2, ['tea']]);
  });
});

describe('a sum of values that are too great for any shop', () => {
  const HOUR_MS = 3_600_000;
  const event = (ago: number, value: number, key: number) => ({
    id: `e${key}`,
    name: 'p',
    time: NOW - ago,
    sequence: [key, 0] as [number, number],
    session: 'now',
    properties: { value },
  });
  const events = [
    event(2 * HOUR_MS, 1e308, 1),
    event(2 * HOUR_MS - 1, 1e308, 2),
    event(1000, -1.7e308, 3),
    event(900, 5, 4),
  ];
  const summed = (within: '1h' | '3h' | '1m' | 'ever', some = events) =>
    foundBy(
      { event: 'p', within, measure: 'sum', of: 'value', is: { gte: 5 } },
      { events: some },
    ) as number[];

  it('counts each for at most 1e290 to either side, and is always a number', () => {
    expect(summed('ever', events.slice(0, 2))).toEqual([2e290]);
    expect(summed('ever')).toEqual([1e290]);
    expect(summed('1h')).toEqual([-1e290]);
  });

  it('leaves the rest as it was when they leave the window', () => {
    const state = sum!.empty() as never;
    for (const [time, value] of [1e308, 1e308, -1.7e308, 5].entries()) sum!.add(state, time, time, [value]);
    expect([0, 2, 3, 0, 3].map((from) => sum!.read(state, from))).toEqual([1e290, -1e290, 5, 1e290, 5]);
    const bought = events.map((one, index) => (index < 3 ? { ...one, time: NOW - 2 * HOUR_MS } : one));
    expect(summed('1h', bought)).toEqual([5]);
  });
});
