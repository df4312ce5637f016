import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restorePast, takeCheckpoint } from '../../../src/core/checkpoint.js';
import type { Behaviour, Condition } from '../../../src/core/conditions.js';
import type { PastEvent } from '../../../src/core/decision.js';
import { createCompiler } from '../../../src/core/evaluate.js';
import { pastOf, type FoldedPast, turnedTo } from '../../../src/core/fold.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import { createAtoms } from '../../../src/core/rules.js';
import { expandFacts, NOW } from '../../cases/expand.js';
import { naiveMeasure } from './naive.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const event = (key: number, time: number, value = key): PastEvent => ({
  id: `e${key}`,
  name: 'a',
  time,
  sequence: [key, 0],
  session: 'now',
  properties: { value },
});

function asking(...conditions: Condition[]) {
  const atoms = createAtoms();
  const compile = createCompiler({}, atoms.register, ALL_KINDS);
  const judges = conditions.map((condition) => compile(condition));
  const found = (past: FoldedPast, now: number) =>
    judges.map((judge) => {
      let answer: unknown;
      const trace = (_: unknown, __: unknown, ___: unknown, value: unknown) => (answer = value);
      judge({ past, facts: expandFacts(), now, memo: [], trace });
      return answer;
    });
  return { atoms, found };
}

const measures = ['count', 'sum', 'min', 'max', 'distinct', 'most', 'first', 'last'] as const;
const daily = measures.map((measure): Behaviour => ({ event: 'a', within: '1d', measure, of: 'value' }));

describe('a checkpoint', () => {
  it('lets go of what left its windows, and of nothing else, while days go by', () => {
    const { atoms, found } = asking(...daily);
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.boolean(), fc.nat(4)), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(steps, (steps) => {
        const log: PastEvent[] = [];
        let past = pastOf(atoms, []);
        let now = NOW;
        for (const [hours, isNew, value] of steps) {
          now += hours * HOUR_MS;
          const next = event(log.length + 1, now, value);
          log.push(next);
          past.add(next);
          // Now and then it is asked, so that what a measure has at hand is of another edge than the one that goes.
          if (value > 2) found(past, now);
          const saved = takeCheckpoint(atoms, past, log.length, now);
          if (isNew) past = restorePast(atoms, JSON.parse(JSON.stringify(saved)))!;
          expect(past.serves(now)).toBe(true);
          const expected = daily.map((each) => [naiveMeasure(each, log, now)]);
          expect(found(past, now)).toEqual(expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('does not grow with the log', () => {
    const { atoms } = asking(...daily);
    const sizeAfter = (days: number) => {
      const past = pastOf(atoms, []);
      let size = 0;
      for (let hour = 1; hour <= days * 24; hour++) {
        past.add(event(hour, NOW + hour * HOUR_MS, hour % 5));
        size = JSON.stringify(takeCheckpoint(atoms, past, hour, NOW + hour * HOUR_MS)).length;
      }
      return size;
    };
    expect(sizeAfter(60)).toBeLessThan(sizeAfter(6) * 1.1);
  });

  it('answers also when the clock is put back by less than a day, and after more says that it cannot', () => {
    const { atoms, found } = asking({ event: 'a', within: '1d', is: { gte: 1 } });
    const log = Array.from({ length: 10 }, (_, day) => event(day + 1, NOW + day * DAY_MS));
    const past = pastOf(atoms, log);
    const now = NOW + 9 * DAY_MS;
    takeCheckpoint(atoms, past, 10, now);
    for (const back of [0, 1, 12, 23])
      expect([past.serves(now - back * HOUR_MS), found(past, now - back * HOUR_MS)]).toEqual([
        true,
        [[naiveMeasure({ event: 'a', within: '1d' }, log, now - back * HOUR_MS)]],
      ]);
    expect(past.serves(now - 3 * DAY_MS)).toBe(false);
    expect(restorePast(atoms, past.base())).toBeUndefined();
  });

  it('serves another program that asks no more, and no other', () => {
    const [count, sum] = daily as [Behaviour, Behaviour];
    const both = asking(count, sum);
    const past = pastOf(both.atoms, [event(1, NOW), event(2, NOW)]);
    takeCheckpoint(both.atoms, past, 1, NOW);
    const one = asking({ not: sum });
    expect(one.found(turnedTo(one.atoms, past)!, NOW)).toEqual([[3]]);
    expect(turnedTo(asking({ event: 'b' }).atoms, past)).toBeUndefined();
  });

  it('keeps sums exact that would round on the way', () => {
    const { atoms, found } = asking({ event: 'a', within: '1h', measure: 'sum', of: 'value' });
    const values = [0.1, 0.2, 1e16, 0.3, -1e16];
    const past = pastOf(
      atoms,
      values.map((value, index) => event(index + 1, NOW + index * 60_000, value)),
    );
    expect(found(past, NOW)).toEqual([[0.6]]);
    // The edge passes the first two, and comes back.
    expect(found(past, NOW + 62 * 60_000)).toEqual([[0.3]]);
    expect(found(past, NOW)).toEqual([[0.6]]);
  });
});
