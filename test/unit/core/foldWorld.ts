/** Random programs, and logs as devices write them: on clocks that are set, in several tabs, some of it twice. */
import fc from 'fast-check';
import type { Behaviour, Condition, Sequence, Within } from '../../../src/core/conditions.js';
import type { Json, LogRow, Properties } from '../../../src/core/events.js';
import type { Campaign, Cap, Limits } from '../../../src/core/program.js';
import { NOW } from '../../cases/expand.js';

const MINUTE_MS = 60_000;
const name = fc.constantFrom('a', 'b', '$exposure');
const kind = fc.constantFrom('x', 'y');
const where = fc.option(
  kind.map((eq) => ({ kind: { eq } })),
  { nil: undefined },
);
const campaignId = fc.constantFrom('one', 'two', 'three');
const within = fc.constantFrom<Within | undefined>(
  undefined,
  'ever',
  'session',
  '10m',
  '1h',
  '1d',
  // A bit before `NOW`, with an event's own time on the edge now and then.
  { from: '2026-04-30T23:00:00Z' },
  { until: '2026-05-01T08:30:00+09:00' },
  { from: '2026-04-30T22:00:00Z', until: '2026-04-30T23:50:00Z' },
);
const price = fc.oneof(fc.integer({ min: -3, max: 9 }), fc.constantFrom(0.1, 0.2, 0.7, 19.99, 1e15, -1e15));
const value: fc.Arbitrary<Json> = fc.oneof(price, fc.constantFrom('p', 'q', true));

export const behaviour: fc.Arbitrary<Behaviour> = fc
  .record({
    event: name,
    where: fc.oneof(
      where,
      campaignId.map((eq) => ({ campaign: { eq } })),
    ),
    within,
    measure: fc.constantFrom('count', 'sum', 'min', 'max', 'distinct', 'first', 'last'),
    of: fc.constantFrom('value', 'items[].price'),
    is: fc.oneof(
      fc.constant(undefined),
      fc.integer({ min: -2, max: 6 }).map((gte) => ({ gte })),
      fc.integer({ min: -2, max: 6 }).map((lt) => ({ lt })),
    ),
  })
  .map((drawn) => JSON.parse(JSON.stringify(drawn)) as Behaviour);

const step = fc.record({
  event: name,
  where,
  within: fc.constantFrom(undefined, undefined, '10m', '1h', '1d'),
  count: fc.constantFrom(undefined, 1, 2, 3),
});
export const sequence: fc.Arbitrary<Sequence> = fc
  .record({
    sequence: fc.array(step, { minLength: 1, maxLength: 3 }),
    within,
    thenNot: fc.option(fc.record({ event: name, where }), { nil: undefined }),
  })
  .map((drawn) => JSON.parse(JSON.stringify(drawn)) as Sequence);

export const condition = fc.letrec<{ tree: Condition; leaf: Condition }>((tie) => ({
  leaf: fc.oneof(behaviour, sequence, fc.constantFrom({ segment: 's' }, { segment: 't' })),
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('tree'), { maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('tree'), { maxLength: 3 }).map((any) => ({ any })),
    tie('tree').map((not) => ({ not })),
  ),
})).tree;
/** For `s` and `t`: they may not need themselves. */
export const segment = fc.oneof(behaviour, sequence);

/** With a zone that puts its clocks forward on the days before `NOW`, and one where they stand as they are. */
const per: fc.Arbitrary<Cap['per']> = fc.oneof(
  fc.constantFrom('session' as const, 'ever' as const, { last: '1h' }, { last: '1d' }),
  fc.record({
    calendar: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
    zone: fc.constantFrom('Asia/Tokyo', 'America/New_York', 'Europe/Berlin'),
  }),
);
const cap: fc.Arbitrary<Cap> = fc.record({
  count: fc.integer({ min: 1, max: 3 }),
  per,
  of: fc.constantFrom('exposure' as const, 'goal' as const),
});
export const campaign: fc.Arbitrary<Partial<Campaign>> = fc.record({
  audience: condition,
  caps: fc.array(cap, { maxLength: 2 }),
  group: fc.constantFrom(undefined, 'g'),
  tags: fc.constantFrom(undefined, ['t'], ['u', 't']),
  attention: fc.constantFrom(undefined, 0, 3),
  priority: fc.integer({ min: 0, max: 2 }),
  goal: fc.record({ event: fc.constantFrom('a', 'b'), where, window: fc.constant('7d') }),
  triggers: fc.constantFrom(
    [{ on: 'page' as const }],
    [{ on: 'event' as const, event: 'a' }],
    [{ on: 'exit' as const }, { on: 'page' as const }],
  ),
});

export const limits: fc.Arbitrary<Limits> = fc
  .record({
    caps: fc.array(fc.record({ count: fc.integer({ min: 1, max: 6 }), per }), { maxLength: 1 }),
    tags: fc.record({
      t: fc.array(fc.record({ count: fc.integer({ min: 1, max: 4 }), per }), { maxLength: 1 }),
    }),
    attention: fc.option(fc.record({ budget: fc.integer({ min: 1, max: 9 }), per }), { nil: undefined }),
  })
  .map((drawn) => JSON.parse(JSON.stringify(drawn)) as Limits);

/** One turn of a page. `late`: how many later rows of other tabs are heard of first. */
export interface Turn {
  row: Pick<LogRow, 'key' | 'id' | 'session' | 'events'>;
  late: number;
}

// Whole steps of ten minutes, so that events often stand at the same moment and exactly on the edge of a window.
const tick = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(0, 1, 1, 6) },
  // The clock is set: by some hours, days, or years.
  { weight: 1, arbitrary: fc.constantFrom(-6, -150, -1000, 144, 600, 52_560, -52_560) },
);

/** The log of a device; a row may stand in it twice, because its writing was tried again. */
export const log = (maxLength: number): fc.Arbitrary<Turn[]> =>
  fc
    .array(
      fc.record({
        events: fc.array(
          fc.record({
            name,
            kind,
            campaign: campaignId,
            value: fc.option(value, { nil: undefined }),
            group: fc.constantFrom(undefined, 'g'),
            tags: fc.constantFrom(undefined, ['t'], ['t', 'u']),
            attention: fc.constantFrom(undefined, 0, 2),
            items: fc.option(fc.array(price, { maxLength: 2 }), { nil: undefined }),
            tick,
          }),
          { minLength: 1, maxLength: 3 },
        ),
        session: fc.constantFrom('s1', 's1', 's2', 's3'),
        gap: fc.integer({ min: 1, max: 2 }),
        late: fc.constantFrom(0, 0, 0, 0, 1, 3),
        isAgain: fc.constantFrom(false, false, false, false, true),
      }),
      { maxLength },
    )
    .map((drafts) => {
      let time = NOW;
      let key = 0;
      const turns: Turn[] = [];
      for (const { events, session, gap, late, isAgain } of drafts) {
        key += gap;
        const before = turns.at(-1)?.row;
        if (isAgain && before) turns.push({ row: { ...before, key }, late });
        else
          turns.push({
            late,
            row: {
              key,
              id: `row-${key.toString().padStart(6, '0')}-0000`,
              session,
              events: events.map(({ name, tick, kind, campaign, value, items, ...more }) => ({
                name,
                time: (time += tick * 10 * MINUTE_MS),
                properties: {
                  kind,
                  campaign,
                  variant: kind,
                  ...(JSON.parse(JSON.stringify(more)) as Properties),
                  ...(value !== undefined && { value }),
                  ...(items && { items: items.map((price) => ({ price })) }),
                },
              })),
            },
          });
      }
      return turns;
    });
