/** `most` in explanations: which value it is, and how many more of it would do. */
import { expect, it } from 'vitest';
import type { Behaviour } from '../../../src/core/conditions.js';
import { retain, EMPTY_SNAPSHOT, RETENTION } from '../../../src/core/retention.js';
import { recall } from '../../../src/core/recall.js';
import { sentences } from '../../../src/core/sentences.js';
import {
  expandFacts,
  expandLog,
  expandOccasion,
  expandProgram,
  NOW,
  type CaseEvent,
} from '../../cases/expand.js';
import { explainOn, holds } from './asking.js';

const audience: Behaviour = {
  event: 'view_item',
  within: '7d',
  measure: 'most',
  of: 'items[].item_id',
  is: { gte: 3 },
};
const view = (item_id: string, ago: string): CaseEvent => ({
  name: 'view_item',
  ago,
  properties: { items: [{ item_id }] },
});
const explain = (log: CaseEvent[], asked = audience) =>
  explainOn(
    expandProgram({ campaigns: [{ id: 'c', audience: asked }], facts: { week: '7d' } }),
    expandLog(log),
    expandFacts(),
    expandOccasion(),
    'c',
  );

it('is told with the value that so many share, and with what would make it more', () => {
  const explanation = explain([view('cup', '8d'), view('cup', '3d'), view('tea', '2d'), view('tea', '1h')]);
  expect(explanation.findings.find(({ gate }) => gate === 'audience')!.found).toEqual([2, 'tea']);
  expect(explanation.changes).toEqual([
    {
      gate: 'audience',
      kind: 'event',
      event: 'view_item',
      properties: { items: [{ item_id: 'tea' }] },
      count: 1,
    },
  ]);
  expect(sentences(explanation, 'en').join('\n')).toContain(
    'The greatest number with the same items[].item_id over “view_item” in the last 7 days should be at least 3; found 2, "tea".',
  );
  expect(sentences(explanation, 'ja').join('\n')).toContain('items[].item_id の同じ値の最多回数');
});

it('begins with a value of its own where there is none, and knows the window of a public fact', () => {
  const [change] = explain([]).changes;
  expect(change).toMatchObject({ kind: 'event', properties: { items: [{ item_id: 'new' }] }, count: 3 });
  const within = { public: 'week' };
  const { findings } = explain([view('tea', '1h'), view('tea', '8d')], { ...audience, within });
  expect(findings.find(({ gate }) => gate === 'audience')!.found).toEqual([1, 'tea']);
});

it('of a past of which a part was pruned is known as far as what is left reaches', () => {
  const rows = [4, 3, 2, 1].map((day) => ({
    key: 5 - day,
    id: `00000000-0000-7000-8000-00000000000${day}`,
    session: 'before',
    events: [
      { name: 'view_item', time: NOW - day * 86_400_000, properties: { items: [{ item_id: 'tea' }] } },
    ],
    length: 100,
    isFree: true,
  }));
  const { snapshot, moved } = retain(EMPTY_SNAPSHOT, rows, NOW, { ...RETENTION, events: 3 });
  expect(moved).toEqual([1]);
  const log = rows.slice(1).map(({ key, events: [event] }) => ({
    ...event!,
    id: `e${key}`,
    session: 'before',
    sequence: [key, 0] as [number, number],
  }));
  const asked = { events: log, pruned: recall(snapshot) };
  const told = [3, 4, 5].map((gte) => {
    const condition = { ...audience, is: { gte } };
    return [holds(condition, asked), holds({ not: condition }, asked)];
  });
  expect(told).toEqual([
    [true, false],
    [false, false],
    [false, true],
  ]);
});
