/** The first moment at which a clock on the wall shows what is asked, by looking at it in each minute of nine days. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Condition, Test } from '../../../src/core/conditions.js';
import { isWithin } from '../../../src/core/moreGates.js';
import { MORE_OPERATORS } from '../../../src/core/moreOperators.js';
import { learnOperators, passes } from '../../../src/core/test.js';
import type { WallClock } from '../../../src/core/zonedTime.js';
import { expandFacts, expandOccasion, expandProgram } from '../../cases/expand.js';
import { explainOn } from './asking.js';
import { wallIn } from './naiveClock.js';

// Nothing may have been compiled yet that needs them.
learnOperators(MORE_OPERATORS);

const MINUTE_MS = 60_000;
const MINUTES = 9 * 1440;
/** Shortly before clocks are put forward or back, at midnight too, and by half an hour, and at no such time. */
const PLACES = [
  ['Europe/Berlin', '2026-10-24T00:00Z'],
  ['Europe/Berlin', '2027-03-27T00:00Z'],
  ['Asia/Beirut', '2026-10-23T20:00Z'],
  ['Asia/Beirut', '2027-03-26T20:00Z'],
  ['Australia/Lord_Howe', '2026-10-02T10:00Z'],
  ['Australia/Lord_Howe', '2027-04-02T10:00Z'],
  ['America/New_York', '2026-10-31T12:00Z'],
  ['Asia/Kathmandu', '2026-05-01T00:00Z'],
] as const;

const seen = new Map<string, WallClock[]>();
function wallsOf(zone: string, begin: number): WallClock[] {
  const key = `${zone} ${begin}`;
  const known = seen.get(key);
  if (known) return known;
  const walls = Array.from({ length: MINUTES }, (_, minute) => wallIn(zone, begin + minute * MINUTE_MS));
  seen.set(key, walls);
  return walls;
}

const two = (number: number) => String(number).padStart(2, '0');
// Mostly near the hours in which clocks are put forward or back.
const timeOfDay = fc
  .tuple(
    fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 23 })),
    fc.integer({ min: 0, max: 59 }),
  )
  .map(([hour, minute]) => `${two(hour)}:${two(minute)}`);
const asked = fc.oneof(
  fc.record({ time: fc.constant('hour'), is: fc.integer({ min: 0, max: 24 }).map((eq) => ({ eq })) }),
  fc.record({ time: fc.constant('weekday'), is: fc.integer({ min: 0, max: 8 }).map((lt) => ({ lt })) }),
  fc.record({
    time: fc.constant('time'),
    is: fc.oneof(
      fc.tuple(timeOfDay, timeOfDay).map(([gte, lt]): Test => ({ gte, lt })),
      fc.array(timeOfDay, { maxLength: 3 }).map((times): Test => ({ in: times })),
      fc.integer({ min: 0, max: 59 }).map((minute): Test => ({ matches: `:${two(minute)}$` })),
    ),
  }),
) as fc.Arbitrary<{ time: keyof WallClock; is: Test }>;
const drawn = {
  place: fc.constantFrom(...PLACES),
  start: fc.integer({ min: 0, max: 1440 }),
};

/** The minute from `start` on in which it is so; -1 if there is none. */
const firstMinute = (walls: WallClock[], start: number, isSo: (wall: WallClock) => boolean) =>
  walls.findIndex((wall, minute) => minute >= start && isSo(wall));

it('is found of a fact of the clock', () => {
  fc.assert(
    fc.property(drawn.place, drawn.start, asked, ([zone, from], start, { time, is }) => {
      const begin = Date.parse(from);
      const now = begin + start * MINUTE_MS;
      const minute = firstMinute(wallsOf(zone, begin), start, (wall) => passes(is, [wall[time]], now));
      if (minute === start) return;
      const audience: Condition = { time, zone, is };
      const program = expandProgram({ campaigns: [{ id: 'c', audience }] });
      const occasion = { ...expandOccasion(), now };
      const { changes } = explainOn(program, [], expandFacts(), occasion, 'c');
      const wait = { kind: 'wait', until: begin + minute * MINUTE_MS };
      const change = minute < 0 ? { kind: 'none', because: 'noneFound' } : wait;
      expect(changes).toEqual([{ gate: 'audience', ...change }]);
    }),
    { numRuns: 500 },
  );
});

it('is found of a schedule', () => {
  const weekdays = fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }));
  fc.assert(
    fc.property(
      drawn.place,
      drawn.start,
      weekdays,
      timeOfDay,
      timeOfDay,
      (place, start, days, first, last) => {
        const [zone, from] = place;
        const begin = Date.parse(from);
        const hours = { from: first, until: last };
        const isDue = ({ weekday, time }: WallClock) =>
          (!days || days.includes(weekday)) && isWithin(time, hours);
        const minute = firstMinute(wallsOf(zone, begin), start, isDue);
        // What is never due, and a day that leaves the hours out.
        if (minute === start || minute < 0) return;
        const schedule = { hours, zone, ...(days && { weekdays: days }) };
        const program = expandProgram({ campaigns: [{ id: 'c', schedule }] });
        const occasion = { ...expandOccasion(), now: begin + start * MINUTE_MS };
        const [change] = explainOn(program, [], expandFacts(), occasion, 'c').changes;
        expect(change).toEqual({ gate: 'schedule', kind: 'wait', until: begin + minute * MINUTE_MS });
      },
    ),
    { numRuns: 500 },
  );
});
