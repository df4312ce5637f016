/** Random logs as devices write them: on clocks that are set, in several tabs, some of it twice; and what is asked on the way. */
import fc from 'fast-check';
import type { Facts, Occasion, PersonalFacts } from '../../../src/core/decision.js';
import type { Json, LogRow, Properties } from '../../../src/core/events.js';
import { expandFacts } from '../../cases/expand.js';
import { CAMPAIGNS, campaignId, kind } from './foldWorld.js';
import { OWN_ZONES } from './worlds.js';

const TICK_MS = 600_000;
const name = fc.constantFrom(
  'a',
  'a',
  'b',
  'b',
  '$exposure',
  '$exposure',
  '$close',
  '$signal_dwell',
  '$signal_delay',
  '$page_view',
  '$page_view',
  '$page_view',
  'cart_updated',
  'purchase',
  '$signal_back_forth',
);
export const price = fc.oneof(
  fc.integer({ min: -3, max: 9 }),
  fc.constantFrom(0.1, 0.2, 0.7, 19.99, 1e15, -1e15),
);
const value: fc.Arbitrary<Json> = fc.oneof(price, fc.constantFrom('p', 'q', true));

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

const draft = fc.record({
  events: fc.array(
    fc.record({
      name,
      kind,
      campaign: campaignId,
      variant: fc.constantFrom('x', 'x', 'y', 'control', 'holdout', 'gone'),
      value: fc.option(value, { nil: undefined }),
      seconds: fc.constantFrom(10, 20, 30),
      times: fc.constantFrom(1, 2, 3),
      url: fc.constantFrom('/p', '/p', '/q', '/q#x', '/r', undefined),
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
  /** It is the row so many before, written again; 0: it is none. */
  again: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 2),
});

export type Draft = typeof draft extends fc.Arbitrary<infer Drawn> ? Drawn : never;
/** Drafts of the rows of a device's log. */
export const drafts = (maxLength: number): fc.Arbitrary<Draft[]> => fc.array(draft, { maxLength });

/** The log: its first event happens at `start` or soon after; a row may stand in it twice, because its writing was tried again. */
export function turnsOf(drafts: readonly Draft[], start: number): Turn[] {
  let time = start;
  let key = 0;
  const turns: Turn[] = [];
  for (const { events, session, gap, late, again } of drafts) {
    key += gap;
    const before = again ? turns.at(-again)?.row : undefined;
    if (before) turns.push({ row: { ...before, key }, late });
    else
      turns.push({
        late,
        row: {
          key,
          id: `row-${key.toString().padStart(6, '0')}-0000`,
          session,
          events: events.map(({ name, tick, items, ...more }) => ({
            name,
            time: (time += tick * TICK_MS),
            properties: {
              ...(JSON.parse(JSON.stringify(more)) as Properties),
              ...(items && { items: items.map((price) => ({ price })) }),
            },
          })),
        },
      });
  }
  return turns;
}

/** What is done after a row has come. */
const act = fc.constantFrom('nothing', 'ask', 'ask', 'checkpoint', 'restore', 'again', 'turn', 'prune');
export const acts = fc.array(act, { minLength: 12, maxLength: 12 });

/** Whom is asked about, and when: after the last event or before it. */
export interface Question {
  session: string;
  /** In ms. */
  later: number;
  zone: string | undefined;
  user: string | undefined;
  /** What the server says, if it has. */
  personal: PersonalFacts | undefined;
  visitor: string;
  isDenied: boolean;
  path: string;
  trigger: Occasion['trigger'];
  campaign: string;
}

export const questions: fc.Arbitrary<Question[]> = fc.array(
  fc.record({
    session: fc.constantFrom('s1', 's2', 's3', 's4'),
    later: fc
      .constantFrom(0, 0, 1, 6, 144, 145, 600, -6, -144, -300, -52_560)
      .map((ticks) => ticks * TICK_MS),
    zone: fc.constantFrom(...OWN_ZONES),
    user: fc.constantFrom(undefined, undefined, 'u1', 'u2'),
    personal: fc.constantFrom<PersonalFacts | undefined>(
      undefined,
      { facts: {}, lists: [] },
      { facts: { plan: 'x', orders: 3 }, lists: ['l'] },
      { facts: { plan: 'y' }, lists: ['m', 'l'] },
    ),
    visitor: fc.constantFrom('v1', 'v2', 'v3', 'v4', 'v5'),
    isDenied: fc.integer({ min: 0, max: 7 }).map((drawn) => drawn === 7),
    path: fc.constantFrom('/', '/items/1'),
    trigger: fc.oneof(
      { weight: 2, arbitrary: fc.constant('page' as const) },
      {
        weight: 1,
        arbitrary: fc.constantFrom<Occasion['trigger'][]>(
          'event',
          'event',
          'delay',
          'dwell',
          'manual',
          'exit',
        ),
      },
    ),
    campaign: fc.constantFrom(...CAMPAIGNS),
  }),
  { minLength: 12, maxLength: 12 },
);

export function factsOf({ session, zone, user, personal, visitor, isDenied, path }: Question): Facts {
  return expandFacts({
    visitor,
    user,
    // Nobody knows anything of nobody.
    ...(user !== undefined && personal && { personal }),
    consent: [
      'measure',
      isDenied ? 'survey' : 'personalise',
      'identify',
      ...(isDenied ? [] : ['survey' as const]),
    ],
    page: { url: `https://shop.example${path}` },
    device: zone === undefined ? {} : { timeZone: zone },
    visit: { session },
    signals: { dwell: path.length * 5 },
  });
}

export function occasionOf(
  { trigger, campaign, path }: Question,
  now: number,
  event: Occasion['event'],
): Occasion {
  return {
    now,
    // Where nothing has happened yet there is a page at least.
    trigger: (trigger === 'event' || trigger === 'delay') && !event ? 'page' : trigger,
    ...((trigger === 'event' || trigger === 'delay') && { event }),
    ...(trigger === 'dwell' && { seconds: path === '/' ? 10 : 20 }),
    ...((trigger === 'manual' || trigger === 'delay') && { campaign }),
  };
}
