/** Whether waiting would do, by asking brute force at each moment at which an event leaves its window. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Behaviour } from '../../../src/core/conditions.js';
import { durationMs } from '../../../src/core/duration.js';
import { expandFacts, expandLog, expandOccasion, expandProgram, NOW, SESSION } from '../../cases/expand.js';
import { applied } from './applied.js';
import { explainOn } from './asking.js';
import { naiveHolds } from './naive.js';

const number = fc.integer({ min: -1, max: 5 });
const test = fc.oneof(
  number.map((eq) => ({ eq })),
  number.map((gte) => ({ gte })),
  number.map((lt) => ({ lt })),
  fc.tuple(number, number).map(([gte, lt]) => ({ gte, lt })),
);
const within = fc.constantFrom('10m', '1h', '1d');
const behaviour = fc.record({
  event: fc.constant('a'),
  within,
  measure: fc.constantFrom('count', 'sum', 'min', 'max', 'distinct', 'first', 'last'),
  of: fc.constant('v'),
  is: test,
}) as fc.Arbitrary<Behaviour & { within: string }>;
const log = fc.array(
  fc.record({
    name: fc.constantFrom('a', 'a', 'b'),
    ago: fc.integer({ min: 0, max: 90 }).map((minutes) => `${minutes}m`),
    properties: fc.record({ v: number }),
  }),
  { maxLength: 7 },
);

it('finds that waiting would do, and no later moment than the first', () => {
  fc.assert(
    fc.property(behaviour, log, (audience, drafts) => {
      const situation = {
        program: expandProgram({ campaigns: [{ id: 'c', audience }] }),
        log: expandLog(drafts),
        facts: expandFacts(),
        occasion: expandOccasion(),
      };
      const { program, log: events, facts, occasion } = situation;
      const asked = { session: SESSION, segments: {} };
      const isSo = (now: number) => naiveHolds(audience, { ...asked, log: events, now });
      if (isSo(NOW)) return;
      const first = events
        .map(({ time }) => time + durationMs(audience.within) + 1)
        .filter((at) => at > NOW && isSo(at))
        .sort((a, b) => a - b)[0];
      const { changes } = explainOn(program, events, facts, occasion, 'c');
      const [change] = changes;
      const made = applied(situation, changes, 'c');
      if (change!.kind == 'none') expect(first).toBeUndefined();
      else expect(naiveHolds(audience, { ...asked, log: made.log, now: made.occasion.now })).toBe(true);
      if (change!.kind == 'wait') expect(change!.until).toBe(first);
    }),
    { numRuns: 1500 },
  );
});
