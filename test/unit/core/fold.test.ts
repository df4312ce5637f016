import { describe, expect, it } from 'vitest';
import { restorePast, takeCheckpoint } from '../../../src/core/checkpoint.js';
import type { Behaviour } from '../../../src/core/conditions.js';
import type { PastEvent } from '../../../src/core/decision.js';
import { createCompiler } from '../../../src/core/evaluate.js';
import { createPast, type FoldedPast } from '../../../src/core/fold.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import { createAtoms } from '../../../src/core/rules.js';
import { expandFacts, NOW, SESSION } from '../../cases/expand.js';

const MINUTE_MS = 60_000;
const MEASURES = ['count', 'sum', 'min', 'max', 'distinct', 'first', 'last', 'most'] as const;

/** The `key`-th event, so many minutes before NOW. */
const event = (key: number, ago: number, value: number): PastEvent => ({
  id: `e${key}`,
  name: 'a',
  time: NOW - ago * MINUTE_MS,
  sequence: [key, 0],
  session: SESSION,
  properties: { value },
});

function asking(within: Behaviour['within']) {
  const atoms = createAtoms();
  const compile = createCompiler({}, atoms.register, ALL_KINDS);
  const judges = MEASURES.map((measure) => compile({ event: 'a', within, measure, of: 'value' }));
  const found = (past: FoldedPast, now = NOW) =>
    judges.map((judge) => {
      let answer: unknown[] = [];
      const trace = (_: unknown, __: unknown, ___: unknown, value: unknown) => (answer = value as unknown[]);
      judge({ past, facts: expandFacts(), now, memo: [], trace });
      return answer[0];
    });
  return { atoms, found, past: createPast(atoms) };
}

describe('a past that is asked between events', () => {
  it('leaves out what comes later from a clock that was put back behind the window', () => {
    const { past, found } = asking('1h');
    past.add(event(1, 90, 1));
    past.add(event(2, 30, 10));
    expect(found(past)).toEqual([1, 10, 10, 10, 1, 10, 10, 1]);
    past.add(event(3, 120, 100));
    past.add(event(4, 80, 1000));
    expect(found(past)).toEqual([1, 10, 10, 10, 1, 10, 10, 1]);
    // The window comes back over two of the three that lie before it.
    expect(found(past, NOW - 35 * MINUTE_MS)).toEqual([3, 1011, 1, 1000, 3, 1, 1000, 1]);
  });

  it('counts a value that came again later by its latest time, in whatever order they came', () => {
    const { past, found } = asking('1h');
    past.add(event(1, 10, 5));
    past.add(event(2, 90, 5));
    expect(found(past)[4]).toBe(1);
  });

  it('keeps no more of many events than of few where there is no window', () => {
    const { atoms, past, found } = asking('ever');
    const sizeAfter = (upTo: number) => {
      for (let key = past.tail().length + 1; key <= upTo; key++) past.add(event(key, 10_000 - key, key % 5));
      expect(found(past)).toEqual([upTo, upTo * 2, 0, 4, 5, 1, 0, upTo / 5]);
      return JSON.stringify(past.states()).length;
    };
    const few = sizeAfter(50);
    expect(sizeAfter(2000)).toBeLessThan(few + 30);
    expect(JSON.stringify(takeCheckpoint(atoms, past, 2000, NOW)).length).toBeLessThan(6000);
  });

  it('takes of a row that was written twice the first of the log, whichever is heard of first', () => {
    const { past, found } = asking('ever');
    const twice = { ...event(1, 5, 7), id: 'twice' };
    past.add({ ...twice, sequence: [3, 0] });
    past.add(event(2, 4, 8));
    expect(found(past).slice(5)).toEqual([8, 7, 1]);
    past.add(twice);
    expect(found(past)).toEqual([2, 15, 7, 8, 2, 7, 8, 1]);
    expect(past.tail().map(({ sequence: [key] }) => key)).toEqual([1, 2]);
  });

  it('takes nothing again that a checkpoint has in it, however long ago it came', () => {
    const { atoms, past, found } = asking('ever');
    const log = Array.from({ length: 200 }, (_, index) => event(index + 1, 300 - index, 1));
    log.forEach(past.add);
    const saved = takeCheckpoint(atoms, past, 200, NOW);
    expect(past.tail()).toEqual([]);
    for (const each of [past, restorePast(atoms, saved)!]) {
      log.forEach(each.add);
      expect(each.tail()).toEqual([]);
      expect(found(each)).toEqual([200, 200, 1, 1, 1, 1, 1, 200]);
    }
  });
});
