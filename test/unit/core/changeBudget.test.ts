/** What looking for the smallest change may cost, in questions asked and events folded, whatever the program and however long the log. */
import { describe, expect, it, vi } from 'vitest';
import type { Condition, Test, TimeFact } from '../../../src/core/conditions.js';
import { explain } from '../../../src/core/explain.js';
import { pastOf } from '../../../src/core/fold.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import type { Schedule } from '../../../src/core/program.js';
import { compileRules } from '../../../src/core/rules.js';
import { expandFacts, expandLog, expandOccasion, expandProgram, type CaseEvent } from '../../cases/expand.js';

/** Explains a campaign with that audience, and counts. */
function explained(audience: Condition, log: CaseEvent[] = [], schedule?: Schedule) {
  const program = expandProgram({ campaigns: [{ id: 'c', audience, ...(schedule && { schedule }) }] });
  const rules = compileRules(program, ALL_KINDS);
  const past = pastOf(rules.atoms, expandLog(log));
  const folds = rules.atoms.list.map((atom) => vi.spyOn(atom, 'fold'));
  const checks = rules.campaigns[0]!.checks.map((check) => vi.spyOn(check, '1'));
  // Whoever copies the past asks for what it keeps, and whoever looks for the times that events leave a window.
  const copies = vi.spyOn(past, 'states');
  const { changes } = explain(rules, past, expandFacts(), expandOccasion(), 'c');
  const sum = (spies: { mock: { calls: unknown[] } }[]) =>
    spies.reduce((all, { mock }) => all + mock.calls.length, 0);
  return { changes, asked: sum(checks), folded: sum(folds), copied: sum([copies]) };
}

const different = (count: number): CaseEvent[] =>
  Array.from({ length: count }, (_, index) => ({ name: 'b', ago: '1d', properties: { value: `v${index}` } }));
const ofValues = (least: number): Condition => ({
  event: 'b',
  measure: 'distinct',
  of: 'value',
  within: '30d',
  is: { gte: least },
});

describe('looking for the smallest change', () => {
  it('ends soon over a long log with many different values', () => {
    const audience = { all: [ofValues(2299), { event: 'b', within: '29d', is: { gte: 2290 } }] };
    const { asked, copied, folded } = explained(audience, different(2000));
    expect(asked).toBeLessThan(400);
    expect(copied).toBeLessThan(100);
    expect(folded).toBeLessThan(10_000);
  });
  it('spends what copies cost, not only what questions do', () => {
    const audience = { any: Array.from({ length: 200 }, (_, more) => ofValues(2001 + (more % 20))) };
    const { copied } = explained(audience, different(2000));
    expect(copied).toBeLessThan(100);
  });
  it('makes up a few different values, and no more', () => {
    const few = explained(ofValues(22), different(2)).changes;
    expect(few.map(({ kind }) => kind)).toEqual(Array.from({ length: 20 }, () => 'event'));
    expect(explained(ofValues(23), different(2)).changes).toEqual([
      { gate: 'audience', kind: 'none', because: 'tooMany', most: 20 },
    ]);
  });
  it('folds events that follow each other into one copy', () => {
    const { copied, folded } = explained(ofValues(20));
    expect(copied).toBeLessThan(60);
    expect(folded).toBeLessThan(800);
  });
  it('halves its way to the least number of events', () => {
    const parts: Condition[] = [
      { event: 'b', where: { 'items[].x': { eq: 1 } }, is: { gte: 280 } },
      { event: 'b', is: { gte: 300 } },
    ];
    const { changes, asked } = explained({ all: parts });
    expect(changes).toEqual([
      { gate: 'audience', kind: 'event', event: 'b', properties: { items: [{ x: 1 }] }, count: 280 },
      { gate: 'audience', kind: 'event', event: 'b', properties: {}, count: 20 },
    ]);
    expect(asked).toBeLessThan(60);
  });
  it.each<Condition>([
    { page: 'query.a', is: { eq: '\ud800' } },
    { page: 'query.\udc00', is: { eq: 'a' } },
    { page: 'path', is: { eq: '/\ud800' } },
  ])('says of an address that nobody can have that there is no change: %j', (condition) =>
    expect(explained(condition).changes).toEqual([{ gate: 'audience', kind: 'none', because: 'noneFound' }]),
  );
  it('lets through what is no limit of its own', () => {
    const program = expandProgram({ campaigns: [{ id: 'c', audience: { event: 'b' } }] });
    const rules = compileRules(program, ALL_KINDS);
    const past = pastOf(rules.atoms, []);
    for (const atom of rules.atoms.list)
      vi.spyOn(atom, 'fold').mockImplementation(() => {
        throw new TypeError('a fault of ours');
      });
    expect(() => explain(rules, past, expandFacts(), expandOccasion(), 'c')).toThrow('a fault of ours');
  });
});

/** All happens at midnight of Friday, 2026-05-01. */
describe('what comes with the clock', () => {
  const at = (time: TimeFact, zone: string, is: Test): Condition => ({ time, zone, is });
  const wait = (until: string) => ({ kind: 'wait', until: Date.parse(until) });
  it.each<[string, Condition, until: string]>([
    [
      'a weekly window that is just over',
      {
        all: [
          { time: 'weekday', zone: 'UTC', is: { eq: 4 } },
          { time: 'hour', zone: 'UTC', is: { gte: 23 } },
        ],
      },
      '2026-05-07T23:00Z',
    ],
    [
      'a date that is a month away',
      { time: 'date', zone: 'Asia/Tokyo', is: { gte: '2026-06-02' } },
      '2026-06-01T15:00Z',
    ],
    [
      'minutes between two half hours, before what comes later',
      {
        any: [
          { time: 'time', zone: 'UTC', is: { gte: '12:05', lt: '12:20' } },
          { time: 'hour', zone: 'UTC', is: { gte: 18 } },
        ],
      },
      '2026-05-01T12:05Z',
    ],
    [
      'the first of the minutes that a pattern lets pass',
      { time: 'time', zone: 'Asia/Kathmandu', is: { matches: '^(?:12:07|18:00)$' } },
      '2026-05-01T06:22Z',
    ],
    [
      'an hour of a zone that is 45 minutes off',
      at('hour', 'Asia/Kathmandu', { eq: 9 }),
      '2026-05-01T03:15Z',
    ],
    ['minutes that were just over', at('time', 'UTC', { gte: '23:58' }), '2026-05-01T23:58Z'],
    [
      'minutes in the hour that is left out in spring',
      {
        all: [
          at('date', 'Europe/Berlin', { eq: '2027-03-28' }),
          at('time', 'Europe/Berlin', { gte: '02:30', lt: '03:15' }),
        ],
      },
      '2027-03-28T01:00Z',
    ],
    [
      'minutes in the hour that comes twice in autumn',
      {
        all: [
          at('date', 'Europe/Berlin', { eq: '2026-10-25' }),
          at('time', 'Europe/Berlin', { gte: '02:30', lt: '02:45' }),
        ],
      },
      '2026-10-25T00:30Z',
    ],
    [
      'a day whose midnight is left out',
      at('date', 'Asia/Beirut', { eq: '2027-03-28' }),
      '2027-03-27T22:00Z',
    ],
    ['a date in 19 months', at('date', 'Asia/Tokyo', { gte: '2027-12-15' }), '2027-12-14T15:00Z'],
    [
      'a date that must be over',
      at('date', 'UTC', { gt: '2031-07-07', ne: '2031-07-08' }),
      '2031-07-09T00:00Z',
    ],
    ['a date after a moment', at('date', 'UTC', { after: '2031-07-07T20:00-12:00' }), '2031-07-09T00:00Z'],
    ['a month in years', at('date', 'UTC', { startsWith: '2031-07-' }), '2031-07-01T00:00Z'],
    ['a day that few years have', at('date', 'UTC', { endsWith: '-02-29' }), '2028-02-29T00:00Z'],
    ['a date of the next year', { time: 'date', zone: 'UTC', is: { eq: '2027-04-29' } }, '2027-04-29T00:00Z'],
    [
      'the later one of two',
      {
        all: [
          { time: 'date', zone: 'UTC', is: { gte: '2027-01-01' } },
          { time: 'weekday', zone: 'UTC', is: { eq: 7 } },
        ],
      },
      '2027-01-03T00:00Z',
    ],
  ])('is found: %s', (_, audience, until) => {
    const { changes, asked } = explained(audience);
    expect(changes).toEqual([{ gate: 'audience', ...wait(until) }]);
    // A clock is looked at alone, not with everything else the audience asks.
    expect(asked).toBeLessThan(150);
  });
  it.each<[because: string, Condition]>([
    ['noneFound', at('hour', 'UTC', { eq: 24 })],
    ['noneFound', at('time', 'UTC', { lt: '00:00' })],
    ['noneFound', at('weekday', 'UTC', { in: [0, 8] })],
    ['noneFound', at('date', 'UTC', { lt: '2026-01-01' })],
    ['unsearched', at('date', 'UTC', { matches: '^2040' })],
    ['unsearched', at('date', 'UTC', { gte: '9999-12-31' })],
    ['unsearched', { all: [at('weekday', 'UTC', { eq: 5 }), at('date', 'UTC', { endsWith: '-13' })] }],
  ])('says that nothing can ever be so only where that was looked through: %s, %j', (because, audience) => {
    const { changes, asked } = explained(audience);
    expect(changes).toEqual([{ gate: 'audience', kind: 'none', because }]);
    expect(asked).toBeLessThan(150);
  });
  it.each<[string, Schedule, until: string]>([
    [
      'minutes between two half hours',
      { hours: { from: '09:05', until: '09:25' }, zone: 'UTC' },
      '2026-05-01T09:05Z',
    ],
    [
      'minutes of the day on which it begins',
      { from: '2027-12-24T08:00Z', hours: { from: '09:05', until: '09:25' }, zone: 'Asia/Tokyo' },
      '2027-12-25T00:05Z',
    ],
    [
      'an hour that is left out on the first of its days',
      {
        from: '2027-03-27T12:00Z',
        weekdays: [7],
        hours: { from: '02:10', until: '02:50' },
        zone: 'Europe/Berlin',
      },
      '2027-04-04T00:10Z',
    ],
    ['a day of the week that is just over', { weekdays: [4], zone: 'UTC' }, '2026-05-07T00:00Z'],
    [
      'hours that are just over, of one day of the week',
      { weekdays: [4], hours: { from: '23:30', until: '23:59' }, zone: 'UTC' },
      '2026-05-07T23:30Z',
    ],
  ])('is found in a schedule: %s', (_, schedule, until) => {
    const { changes } = explained({ any: [{ not: { event: 'none' } }] }, [], schedule);
    expect(changes).toEqual([{ gate: 'schedule', ...wait(until) }]);
  });
  it.each<Schedule>([
    { until: '2026-05-01T09:05Z', hours: { from: '09:05', until: '09:25' }, zone: 'UTC' },
    { weekdays: [8], zone: 'UTC' },
    { from: '2026-04-01T00:00Z', until: '2026-04-02T00:00Z' },
  ])('says of a schedule that it is over only where it is: %j', (schedule) => {
    const { changes } = explained({ any: [{ not: { event: 'none' } }] }, [], schedule);
    expect(changes).toEqual([{ gate: 'schedule', kind: 'none', because: 'over' }]);
  });
});
