import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AUTOMATIC } from '../../../src/core/automatic.js';
import type { PastEvent } from '../../../src/core/decision.js';
import { compareSequence, eventsOf } from '../../../src/core/history.js';
import { EMPTY_SNAPSHOT, pinsOf, RETENTION, retain } from '../../../src/core/retention.js';
import type { LoggedRow, RetentionLimits, Snapshot } from '../../../src/core/retention.js';
import { NOW } from '../../cases/expand.js';
import { DAY_MS, logOf } from './pastEvents.js';

const limits = (few: Partial<RetentionLimits>): RetentionLimits => ({ ...RETENTION, ...few });
const isPinned = pinsOf({
  campaigns: [{ goal: { event: 'c', where: { kind: { eq: 'x' } }, window: '7d' } } as never],
});

/** A row of one event, free, of the visitor's `key`-th turn. */
const row = (key: number, name: string, time: number, properties = {}): LoggedRow => ({
  key,
  id: `00000000-0000-7000-8000-0000${key.toString(16).padStart(4, '0')}0000`,
  session: 's',
  events: [{ name, time, properties }],
  length: 200,
  isFree: true,
});

type Totals = Map<string, { count: number; sum: number; first: number; last: number }>;

function add(totals: Totals, name: string, count: number, sum: number, first: number, last: number) {
  const total = totals.get(name) ?? { count: 0, sum: 0, first: Infinity, last: -Infinity };
  totals.set(name, {
    count: total.count + count,
    sum: total.sum + sum,
    first: Math.min(total.first, first),
    last: Math.max(total.last, last),
  });
}

/** Totals per name and day of plain events. */
function totalsOf(events: PastEvent[], totals: Totals = new Map()): Totals {
  for (const { name, time, properties } of events) {
    const value = typeof properties?.value === 'number' ? properties.value : 0;
    add(totals, `${name} ${Math.floor(time / DAY_MS)}`, 1, value, time, time);
  }
  return totals;
}

/** The same of what is left in snapshot and log. */
function remainingTotals(snapshot: Snapshot, rows: LoggedRow[]): Totals {
  const totals = totalsOf([...snapshot.pinned, ...rows.flatMap(eventsOf)]);
  for (const { name, days } of snapshot.pruned)
    for (const { count, sum, first, last } of days)
      add(totals, `${name} ${Math.floor(first / DAY_MS)}`, count, sum, first, last);
  return totals;
}

/** Prunes while the log grows, a few rows at a time, as pages do; time passes and rows are settled on the way. */
function live(rows: LoggedRow[], steps: number[], tight: RetentionLimits) {
  let snapshot = EMPTY_SNAPSHOT;
  let log: LoggedRow[] = [];
  const coming = [...rows];
  let now = NOW - 5 * DAY_MS;
  const prune = () => {
    const before = JSON.stringify(snapshot);
    const result = retain(snapshot, log, now, tight, isPinned);
    expect(JSON.stringify(snapshot), 'retain changed its argument').toBe(before);
    snapshot = result.snapshot;
    log = log.filter(({ key }) => !result.moved.includes(key));
  };
  for (const step of steps) {
    log.push(...coming.splice(0, step));
    now += DAY_MS / 4;
    prune();
    log = log.map((row, index) => (index < step ? { ...row, isFree: true } : row));
  }
  log.push(...coming);
  prune();
  return { snapshot, log };
}

const tightLimits = fc.record({
  events: fc.integer({ min: 0, max: 12 }),
  ageMs: fc.constantFrom(DAY_MS, 5 * DAY_MS, 90 * DAY_MS),
  length: fc.constantFrom(300, 1500, 100_000),
});
const steps = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 12 });

describe('retention', () => {
  it('keeps every total, however the log was chopped', () => {
    let tallied = 0;
    fc.assert(
      fc.property(logOf({ maxLength: 25, maxDays: 12 }), steps, tightLimits, (rows, chops, few) => {
        const { snapshot, log } = live(rows, chops, limits({ ...few, pinned: 4 }));
        tallied += snapshot.pruned.length;
        expect(remainingTotals(snapshot, log)).toEqual(totalsOf(rows.flatMap(eventsOf)));
      }),
      { numRuns: 500 },
    );
    expect(tallied).toBeGreaterThan(500);
  });

  it('keeps pinned events whole and in order, each in one place', () => {
    let pinned = 0;
    fc.assert(
      fc.property(logOf({ maxLength: 25, maxDays: 12 }), steps, tightLimits, (rows, chops, few) => {
        const { snapshot, log } = live(rows, chops, limits(few));
        pinned += snapshot.pinned.length;
        const remaining = [...snapshot.pinned, ...log.flatMap(eventsOf)].sort(compareSequence);
        expect(remaining.filter(isPinned)).toEqual(rows.flatMap(eventsOf).filter(isPinned));
        expect(snapshot.pinned).toEqual([...snapshot.pinned].sort(compareSequence));
      }),
      { numRuns: 400 },
    );
    expect(pinned).toBeGreaterThan(300);
  });

  it('holds its limits, and moves nothing that waits for delivery', () => {
    fc.assert(
      fc.property(logOf({ maxLength: 25, maxDays: 12 }), tightLimits, (rows, few) => {
        const { snapshot, moved } = retain(EMPTY_SNAPSHOT, rows, NOW, limits(few), isPinned);
        const free = rows.filter((row) => row.isFree && !moved.includes(row.key));
        expect(rows.filter(({ key, isFree }) => !isFree && moved.includes(key))).toEqual([]);
        expect(free.flatMap(({ events }) => events).length).toBeLessThanOrEqual(few.events);
        expect(free.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(few.length);
        const oldest = free.filter(({ events }) => events.every(({ time }) => time < NOW - few.ageMs));
        expect(oldest).toEqual([]);
        // Everything up to the cursor has moved.
        const kept = rows.filter(({ key }) => !moved.includes(key));
        if (moved.length) expect(kept.every(({ key }) => key > snapshot.through)).toBe(true);
        else expect(snapshot).toBe(EMPTY_SNAPSHOT);
      }),
      { numRuns: 400 },
    );
  });

  it('lets ordinary events go first and the oldest of them first', () => {
    const rows = [1, 2, 3, 4, 5, 6].map((key) => row(key, key === 2 ? AUTOMATIC.exposure : 'view', NOW));
    const { snapshot, moved } = retain(EMPTY_SNAPSHOT, rows, NOW, limits({ events: 2 }));
    expect(moved).toEqual([1, 2, 3, 4]);
    expect(snapshot.through).toBe(4);
    expect(snapshot.pinned.map(({ name, sequence }) => [name, sequence])).toEqual([
      [AUTOMATIC.exposure, [2, 0]],
    ]);
    expect(snapshot.pruned).toEqual([
      { name: 'view', until: 4, days: [{ count: 3, sum: 0, first: NOW, last: NOW }] },
    ]);
  });

  it('takes rows refused for delivery from behind one that waits', () => {
    const rows = [1, 2, 3, 4].map((key) => ({ ...row(key, 'view', NOW), isFree: key !== 2 }));
    const { snapshot, moved } = retain(EMPTY_SNAPSHOT, rows, NOW, limits({ events: 1 }));
    expect(moved).toEqual([1, 3]);
    expect(snapshot.through).toBe(1);
  });

  it('knows the latest row of a name though an earlier one was moved after it', () => {
    const rows = [1, 2, 3].map((key) => ({ ...row(key, 'view', NOW), isFree: key !== 2 }));
    const first = retain(EMPTY_SNAPSHOT, rows, NOW, limits({ events: 0 }));
    expect([first.moved, first.snapshot.pruned[0]!.until]).toEqual([[1, 3], 3]);
    const left = [row(2, 'view', NOW)];
    const { snapshot } = retain(first.snapshot, left, NOW, limits({ events: 0 }));
    expect([snapshot.pruned[0]!.until, snapshot.pruned[0]!.days[0]!.count]).toEqual([3, 3]);
  });

  it('counts a row once that was written twice, and moves both or none', () => {
    const rows = [
      row(1, 'view', NOW),
      { ...row(2, 'view', NOW), id: row(1, 'view', NOW).id },
      row(3, 'view', NOW),
    ];
    expect(retain(EMPTY_SNAPSHOT, rows, NOW, limits({ events: 2 })).moved).toEqual([]);
    const { snapshot, moved } = retain(EMPTY_SNAPSHOT, rows, NOW, limits({ events: 1 }));
    expect(moved).toEqual([1, 2]);
    expect(snapshot.pruned[0]!.days).toEqual([{ count: 1, sum: 0, first: NOW, last: NOW }]);
    rows[1]!.isFree = false;
    expect(retain(EMPTY_SNAPSHOT, rows, NOW, limits({ events: 0 })).moved).toEqual([3]);
  });

  it('counts by campaign when there are too many pinned events, and keeps the first exposure of each', () => {
    const rows = Array.from({ length: 30 }, (_, index) =>
      row(index + 1, AUTOMATIC.exposure, NOW, { campaign: index % 2 ? 'one' : 'two' }),
    );
    const { snapshot } = retain(EMPTY_SNAPSHOT, rows, NOW, limits({ events: 0, pinned: 10 }));
    expect(snapshot.pinned.map(({ sequence: [key] }) => key)).toEqual([1, 2, 23, 24, 25, 26, 27, 28, 29, 30]);
    const counts = snapshot.pruned.map(({ campaign, days }) => [campaign, days[0]!.count]);
    expect(counts).toEqual([
      ['two', 10],
      ['one', 10],
    ]);
  });

  it('keeps the pinned events within their characters', () => {
    const rows = Array.from({ length: 10 }, (_, index) =>
      row(index + 1, AUTOMATIC.answer, NOW, { value: 'x'.repeat(1000) }),
    );
    const { snapshot } = retain(EMPTY_SNAPSHOT, rows, NOW, limits({ events: 0, pinnedLength: 5000 }));
    expect(snapshot.pinned.length).toBe(4);
    expect(JSON.stringify(snapshot.pinned).length).toBeLessThanOrEqual(5000);
  });

  it('stays small on a site that makes up names, and says since when it does not know', () => {
    const rows = Array.from({ length: 3000 }, (_, index) =>
      row(index + 1, `view ${index}`, NOW - index * 3_600_000),
    );
    const { snapshot } = retain(EMPTY_SNAPSHOT, rows, NOW, limits({ events: 0 }));
    expect(snapshot.pruned.length).toBe(RETENTION.names);
    expect(snapshot.forgotten).toBe(NOW - RETENTION.names * 3_600_000);
  });

  it('merges the oldest days when there are too many, with no total lost', () => {
    const rows = Array.from({ length: 400 }, (_, index) =>
      row(index + 1, 'view', NOW - (400 - index) * DAY_MS),
    );
    const { snapshot } = retain(EMPTY_SNAPSHOT, rows, NOW, limits({ events: 0, tallies: 100 }));
    const [{ days }] = snapshot.pruned as [Snapshot['pruned'][0]];
    expect(days.length).toBe(100);
    expect(days[0]).toMatchObject({ count: 301, first: NOW - 400 * DAY_MS, last: NOW - 100 * DAY_MS });
    expect(days.reduce((sum, { count }) => sum + count, 0)).toBe(400);
    // What comes late for a merged day finds its place.
    const late = retain(snapshot, [row(401, 'view', NOW - 200 * DAY_MS)], NOW, limits({ events: 0 }));
    expect(late.snapshot.pruned[0]!.days[0]!.count).toBe(302);
  });

  it.each([undefined, { campaigns: [{ goal: { event: '$answer', window: '7d' } } as never] }])(
    'keeps of how somebody can be reached only that it was answered (%j)',
    (program) => {
      const answers = { campaign: 'one', kind: 'contact', value: 'mei@example.com' };
      const rows = [
        row(1, AUTOMATIC.answer, NOW, answers),
        row(2, AUTOMATIC.answer, NOW, { campaign: 'one', kind: 'text', value: 'so' }),
      ];
      const { snapshot } = retain(EMPTY_SNAPSHOT, rows, NOW, limits({ events: 0 }), pinsOf(program));
      expect(snapshot.pinned.map(({ properties }) => properties?.kind)).toEqual(['text']);
      expect(snapshot.pruned).toMatchObject([{ campaign: 'one', days: [{ count: 1 }] }]);
      expect(JSON.stringify(snapshot)).not.toContain('mei@');
    },
  );

  it('pins by name the goal it cannot read', () => {
    const pins = pinsOf({
      campaigns: [{ goal: { event: 'buy', where: { x: { moon: 1 } } } } as never, {} as never],
    });
    expect([pins({ name: 'buy', time: 0 }), pins({ name: 'view', time: 0 })]).toEqual([true, false]);
  });
});
