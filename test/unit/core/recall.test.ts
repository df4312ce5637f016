/** Sums over a past of which a part was pruned. */
import { describe, expect, it } from 'vitest';
import type { Behaviour } from '../../../src/core/conditions.js';
import { eventsOf } from '../../../src/core/history.js';
import { recall } from '../../../src/core/recall.js';
import { EMPTY_SNAPSHOT, RETENTION, retain, type LoggedRow } from '../../../src/core/retention.js';
import { NOW, SESSION } from '../../cases/expand.js';
import { foundBy, holds } from './asking.js';

const paid = (value: number, index: number): LoggedRow => ({
  key: index + 1,
  id: `row-${index}-0000`,
  session: SESSION,
  events: [{ name: 'paid', time: NOW + index, properties: { value } }],
  length: 100,
  isFree: true,
});

/** The past of which all but the last `kept` events were pruned, in two goes, and stored in between. */
function prunedTo(kept: number, values: number[]) {
  const rows = values.map(paid);
  const first = retain(EMPTY_SNAPSHOT, rows.slice(0, 2), NOW, { ...RETENTION, events: 0 });
  const stored = JSON.parse(JSON.stringify(first.snapshot)) as typeof first.snapshot;
  const rest = rows.slice(first.moved.length);
  const { snapshot, moved } = retain(stored, rest, NOW, { ...RETENTION, events: kept });
  const left = rest.filter(({ key }) => !moved.includes(key));
  return { events: left.flatMap(eventsOf), pruned: recall(snapshot) };
}

describe('a sum over a pruned past', () => {
  // Found by `fold.property.test.ts`: added up one by one, in this order, they come to 0.9999999999999999.
  const values = [0.2, 0.7, 0.1];
  const sum = (is: Behaviour['is']): Behaviour => ({ event: 'paid', measure: 'sum', of: 'value', is });

  it.each([0, 1])('is rounded once, with %i events left', (kept) => {
    const past = prunedTo(kept, values);
    expect(foundBy(sum({ gte: 1 }), past)).toEqual([1]);
    expect(holds(sum({ gte: 1 }), past)).toBe(true);
    expect(holds({ not: sum({ gte: 1 }) }, past)).toBe(false);
    expect(holds(sum({ lt: 1 }), past)).toBe(false);
  });

  it.each([0, 1, 2, 3])('loses no small value beside great ones, with %i events left', (kept) => {
    expect(foundBy(sum({ gte: 1 }), prunedTo(kept, [1e15, 0.1, 0.2, 0.7, -1e15]))).toEqual([1]);
  });

  it('takes tallies that were stored before without parts', () => {
    const tally = { count: 2, sum: 3, first: NOW, last: NOW };
    const pruned = recall({ pruned: [{ name: 'paid', until: 1, days: [tally] }] });
    expect(foundBy(sum({ gte: 1 }), { events: [], pruned })).toEqual([3]);
  });
});
