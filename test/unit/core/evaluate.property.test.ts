import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Behaviour, Sequence } from '../../../src/core/conditions.js';
import type { PastEvent } from '../../../src/core/decision.js';
import { NOW, SESSION } from '../../cases/expand.js';
import { foundBy, holds } from './asking.js';
import { naiveMeasure, naiveSequence } from './naive.js';

const name = fc.constantFrom('a', 'b', 'c');
const kind = fc.constantFrom('x', 'y');
const where = fc.option(
  kind.map((eq) => ({ kind: { eq } })),
  { nil: undefined },
);
const window = fc.constantFrom(undefined, 'ever', 'session', '10m', '1h', '1d');
// Whole minutes, so that events often stand exactly on the edge of a window; clocks run backwards and ahead.
const minutes = fc.oneof(fc.constantFrom(0, 10, 60, 1440), fc.integer({ min: -30, max: 2000 }));

const log = (maxLength: number) =>
  fc
    .array(
      fc.record({
        name,
        kind,
        minutes,
        value: fc.option(fc.integer({ min: -3, max: 9 })),
        isHere: fc.boolean(),
      }),
      { maxLength },
    )
    .map((drafts) =>
      drafts.map((draft, index): PastEvent => ({
        id: `e${index}`,
        name: draft.name,
        time: NOW - draft.minutes * 60_000,
        sequence: [Math.floor(index / 3), index % 3],
        session: draft.isHere ? SESSION : 'before',
        properties: { kind: draft.kind, ...(draft.value !== null && { value: draft.value }) },
      })),
    );

/** The log as it may really come in: other tabs' rows late, and some of it twice. */
function arriving(events: PastEvent[], order: number[]) {
  const late = [...events].sort((a, b) => (order[events.indexOf(a)] ?? 0) - (order[events.indexOf(b)] ?? 0));
  return [...late, ...events.slice(0, 2)];
}
const order = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 12, maxLength: 12 });

it('measures behaviours as the naive reference does, in whatever order the rows come', () => {
  const behaviour: fc.Arbitrary<Behaviour> = fc.record({
    event: name,
    where,
    within: window,
    measure: fc.constantFrom('count', 'sum', 'min', 'max', 'distinct', 'most', 'first', 'last'),
    of: fc.constant('value'),
  });
  let found = 0;
  fc.assert(
    fc.property(log(12), behaviour, order, (events, condition, places) => {
      const expected = naiveMeasure(condition, events, NOW);
      if (expected) found++;
      expect(foundBy(condition, { events: arriving(events, places) })).toEqual(
        expected === undefined ? [] : [expected],
      );
    }),
    { numRuns: 1500 },
  );
  expect(found).toBeGreaterThan(150);
});

it('follows sequences as the naive reference does', () => {
  const step = fc.record({
    event: name,
    where,
    within: fc.constantFrom(undefined, undefined, '10m', '1h', '1d'),
    count: fc.constantFrom(undefined, 1, 2),
  });
  const condition: fc.Arbitrary<Sequence> = fc.record({
    sequence: fc.array(step, { minLength: 1, maxLength: 3 }),
    within: window,
    thenNot: fc.option(fc.record({ event: name, where }), { nil: undefined }),
  });
  const seen = { true: 0, false: 0 };
  fc.assert(
    fc.property(log(9), condition, order, (events, sequence, places) => {
      const expected = naiveSequence(sequence, events, NOW);
      seen[`${expected}`]++;
      expect(holds(sequence, { events: arriving(events, places) })).toBe(expected);
    }),
    { numRuns: 3000 },
  );
  // Of 3,000 about 340 hold: so few that the answers themselves were not compared would be a fault of this test.
  expect(Math.min(seen.true, seen.false)).toBeGreaterThan(150);
});
