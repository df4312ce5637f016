import { describe, expect, it } from 'vitest';
import { isZone } from '../../../src/core/timeFacts.js';
import { calendarStart, wallClock } from '../../../src/core/zonedTime.js';
import { wallIn } from './naiveClock.js';
import { WORLDS, ZONES } from './worlds.js';

describe('an offset as a zone', () => {
  it('has no summer', () => {
    for (const now of ['2026-01-01T20:00Z', '2026-07-01T20:00Z'])
      expect(wallClock(Date.parse(now), '+05:45')).toMatchObject({ hour: 1, time: '01:45' });
    expect(wallClock(Date.parse('2026-05-01T00:00Z'), '-00:30')).toEqual({
      weekday: 4,
      hour: 23,
      date: '2026-04-30',
      time: '23:30',
    });
  });

  it('is less than a day, in hours and minutes', () => {
    expect(['+00:00', '-12:00', '+14:00', '+23:59'].every(isZone)).toBe(true);
    expect(['+24:00', '+05:60', '+5:30', '+0530:', '05:30', ''].some(isZone)).toBe(false);
  });
});

describe('calendarStart', () => {
  // By the rules of the zones as they are published.
  it.each([
    ['an ordinary day', 'day', 'Asia/Tokyo', '2026-05-01T00:00Z', '2026-04-30T15:00Z'],
    ['the day an hour is left out', 'day', 'Europe/Berlin', '2026-03-29T12:00Z', '2026-03-28T23:00Z'],
    ['the day after', 'day', 'Europe/Berlin', '2026-03-30T12:00Z', '2026-03-29T22:00Z'],
    ['the day an hour comes twice', 'day', 'Europe/Berlin', '2026-10-25T12:00Z', '2026-10-24T22:00Z'],
    ['the day after that', 'day', 'Europe/Berlin', '2026-10-26T12:00Z', '2026-10-25T23:00Z'],
    ['the week an hour is left out', 'week', 'America/New_York', '2026-03-08T20:00Z', '2026-03-02T05:00Z'],
    ['the month an hour comes twice', 'month', 'America/New_York', '2026-11-20T12:00Z', '2026-11-01T04:00Z'],
    ['a day that has no midnight', 'day', 'Africa/Cairo', '2026-04-24T12:00Z', '2026-04-23T22:00Z'],
    ['a day that has two', 'day', 'America/Havana', '2026-11-01T12:00Z', '2026-11-01T04:00Z'],
    ['a quarter of an hour apart', 'month', 'Asia/Kathmandu', '2026-05-01T00:00Z', '2026-04-30T18:15Z'],
    ['an offset', 'day', '+05:30', '2026-05-01T00:00Z', '2026-04-30T18:30Z'],
    ['an offset west of Greenwich', 'month', '-03:30', '2026-05-01T00:00Z', '2026-04-01T03:30Z'],
  ] as const)('of %s: %s, %s', (_, unit, zone, now, begin) => {
    expect(new Date(calendarStart(unit, Date.parse(now), zone)).toISOString().slice(0, 16)).toBe(
      begin.slice(0, 16),
    );
  });

  it('is the first minute of its date, at every hour of the days around each change of a clock', () => {
    for (const { start } of WORLDS)
      for (const zone of ZONES)
        for (let hour = -48; hour <= 72; hour++) {
          const now = start + hour * 3_600_000;
          const begin = calendarStart('day', now, zone);
          expect(begin).toBeLessThanOrEqual(now);
          const { date } = wallIn(zone, now);
          const moments = [wallIn(zone, begin).date, wallIn(zone, begin - 60_000).date < date];
          expect(moments, `${zone} ${new Date(now).toISOString()}`).toEqual([date, true]);
        }
  });
});
