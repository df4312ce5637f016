/* eslint-disable no-script-url -- these addresses are here to be refused */
/** A sound campaign file, and what may be wrong with one. */
import type { CampaignFile } from '../../../src/core/program.js';

export const sound = (): CampaignFile => ({
  kikubari: 1,
  segments: {
    dropped: {
      sequence: [{ event: 'view_item', count: 3 }, { event: 'add_to_cart' }],
      within: '1d',
      thenNot: { event: 'purchase' },
    },
  },
  campaigns: [
    {
      id: 'nps',
      name: 'After the purchase',
      status: 'live',
      triggers: [
        { on: 'event', event: 'purchase' },
        { on: 'dwell', seconds: 20, page: { startsWith: '/cart' } },
      ],
      audience: { all: [{ not: { segment: 'dropped' } }, { page: 'query.ref', is: { exists: false } }] },
      caps: [{ count: 1, per: { last: '90d' }, of: 'answer' }],
      schedule: { from: '2026-05-01T09:00:00+09:00', until: '2027-05-01T09:00:00+09:00' },
      control: 0.1,
      goal: { event: 'subscribe', window: '7d', value: 'value' },
      language: 'ja',
      variants: [
        {
          id: 'a',
          content: {
            format: 'slide-in',
            position: 'bottom-right',
            theme: { accent: '#0b6e4f', radius: 12, dark: { surface: '#111111' } },
            cards: [
              {
                id: 'score',
                blocks: [
                  {
                    block: 'question',
                    question: {
                      kind: 'nps',
                      id: 'nps',
                      label: { en: 'How likely?', ja: 'おすすめしますか？' },
                    },
                  },
                ],
                branches: [{ is: { lte: 6 }, to: 'why' }],
                next: 'thanks',
              },
              {
                id: 'why',
                blocks: [
                  {
                    block: 'question',
                    question: { kind: 'text', id: 'why', label: { en: 'Why?', ja: '理由は？' } },
                  },
                ],
              },
              {
                id: 'thanks',
                end: true,
                blocks: [
                  { block: 'heading', text: { en: 'Thank you', ja: 'ありがとうございます' } },
                  { block: 'image', src: '/img/tea.webp', alt: '', width: 320, height: 180 },
                  { block: 'coupon', code: 'TEA10' },
                  {
                    block: 'buttons',
                    buttons: [
                      { id: 'go', label: { en: 'Shop', ja: '見る' }, action: { do: 'link', href: '/list' } },
                    ],
                  },
                ],
              },
            ],
          },
        },
      ],
    },
  ],
});

/** The sound file with the value at a path replaced, `undefined` removing it. */
export function withChange(path: string, value: unknown): unknown {
  const file = structuredClone(sound()) as never;
  const keys = path.split(/[.[\]]+/).filter(Boolean);
  const last = keys.pop()!;
  const holder = keys.reduce<{ [key: string]: never }>((at, key) => at[key]!, file);
  if (value === undefined) delete holder[last];
  else (holder as { [key: string]: unknown })[last] = value;
  return file;
}

export const C = 'campaigns[0]';
export const CARDS = `${C}.variants[0].content.cards`;
/** So many that are the same but for a number. */
const many = <Of>(count: number, of: (index: number) => Of): Of[] =>
  Array.from({ length: count }, (_, at) => of(at));
const keyed = (count: number, value: unknown) => Object.fromEntries(many(count, (at) => [`k${at}`, value]));
/** Segments each of which names the next. */
export const chain = (length: number) =>
  Object.fromEntries(
    many(length, (at) => [`s${at}`, at + 1 < length ? { segment: `s${at + 1}` } : { event: 'a' }]),
  );
const nested = (depth: number): unknown => (depth > 1 ? { not: nested(depth - 1) } : { event: 'a' });

/** Single faults: what is changed in the sound file, to what, and where that is reported. */
export const FAULTS: [changed: string, value: unknown, reported?: string][] = [
  ['kikubari', 2],
  ['campaigns', {}],
  ['surprise', 1],
  ['segments.dropped', { segment: 'dropped' }],
  ['segments.dropped.within', '1 day'],
  ['segments.dropped.sequence', []],
  ['segments.dropped.sequence[0].count', 0],
  ['segments.dropped.thenNot.wher', {}],
  [`${C}.id`, 'Not An Id'],
  [`${C}.name`, ' '],
  [`${C}.status`, 'on'],
  [`${C}.triggers`, []],
  [`${C}.triggers[0].on`, 'shake'],
  [`${C}.triggers[1].seconds`, '20'],
  [`${C}.triggers[0]`, { on: 'idle' }, `${C}.triggers[0].seconds`],
  [`${C}.triggers[0]`, { on: 'idle', seconds: 0 }, `${C}.triggers[0].seconds`],
  [`${C}.triggers[0]`, { on: 'rage', times: 2 }, `${C}.triggers[0].times`],
  [`${C}.triggers[0]`, { on: 'backForth', times: 0 }, `${C}.triggers[0].times`],
  [`${C}.triggers[0]`, { on: 'backForth', times: 1.5 }, `${C}.triggers[0].times`],
  [`${C}.triggers[0]`, { on: 'hesitation', selector: '#a' }, `${C}.triggers[0].seconds`],
  [`${C}.triggers[0]`, { on: 'hesitation', seconds: 20, selector: 5 }, `${C}.triggers[0].selector`],
  [`${C}.triggers[0]`, { on: 'all', of: [{ on: 'idle' }] }, `${C}.triggers[0].of[0].seconds`],
  [`${C}.triggers[0]`, { on: 'all' }, `${C}.triggers[0].of`],
  [`${C}.triggers[0]`, { on: 'then', of: [] }, `${C}.triggers[0].of`],
  [`${C}.triggers[0]`, { on: 'all', of: Array(11).fill({ on: 'exit' }) }, `${C}.triggers[0].of`],
  [`${C}.triggers[0]`, { on: 'all', of: ['exit'] }, `${C}.triggers[0].of[0]`],
  [`${C}.triggers[0]`, { on: 'all', of: [{ on: 'manual' }] }, `${C}.triggers[0].of[0].on`],
  [`${C}.triggers[0]`, { on: 'all', of: [{ on: 'all', of: [] }] }, `${C}.triggers[0].of[0].on`],
  [`${C}.triggers[0]`, { on: 'all', of: [{ on: 'dwell' }] }, `${C}.triggers[0].of[0].seconds`],
  [
    `${C}.triggers[0]`,
    { on: 'all', of: [{ on: 'event', event: 'a', page: { eq: '/' } }] },
    `${C}.triggers[0].of[0].page`,
  ],
  [`${C}.triggers[0]`, { on: 'all', of: [{ on: 'exit' }], within: '1 day' }, `${C}.triggers[0].within`],
  [
    `${C}.triggers[0]`,
    { on: 'all', of: [{ on: 'exit' }], within: { last: '1d' } },
    `${C}.triggers[0].within`,
  ],
  [`${C}.triggers[0]`, { on: 'then', of: [{ on: 'exit' }], delay: 30 }, `${C}.triggers[0].delay`],
  [`${C}.triggers[0]`, { on: 'then', of: [{ on: 'exit' }], page: { eq: '/' } }, `${C}.triggers[0].page`],
  [`${C}.audience`, { weather: 'rain' }],
  [`${C}.audience`, { segment: 'gone' }, `${C}.audience.segment`],
  [`${C}.audience`, { segment: 'toString' }, `${C}.audience.segment`],
  [`${C}.audience`, { event: 'a', is: { resembles: 3 } }, `${C}.audience.is.resembles`],
  [`${C}.audience`, { event: 'a', is: { in: 3 } }, `${C}.audience.is.in`],
  [`${C}.audience`, { attribute: 'a', is: { matches: 3 } }, `${C}.audience.is.matches`],
  [`${C}.audience`, { attribute: 'a', is: { matches: '(a+)+' } }, `${C}.audience.is.matches`],
  [`${C}.audience`, { attribute: 'a', is: { semver: '2' } }, `${C}.audience.is.semver`],
  [`${C}.audience`, { attribute: 'a', is: { semver: { gte: 'new' } } }, `${C}.audience.is.semver`],
  [`${C}.audience`, { attribute: 'a', is: { before: '3d' } }, `${C}.audience.is.before`],
  [`${C}.audience`, { attribute: 'a', is: { after: 5 } }, `${C}.audience.is.after`],
  [`${C}.audience`, { attribute: 'a[]', is: { every: [1] } }, `${C}.audience.is.every`],
  [`${C}.audience`, { attribute: 'a[]', is: { every: { like: 1 } } }, `${C}.audience.is.every.like`],
  [`${C}.audience`, { event: 'a', measure: 'median', of: 'x' }, `${C}.audience.measure`],
  [`${C}.audience`, { event: 'a', measure: 'sum' }, `${C}.audience.of`],
  [`${C}.audience`, { event: 'a', where: { '__proto__.x': { eq: 1 } } }, `${C}.audience.where.__proto__.x`],
  [`${C}.audience`, { visit: 'mood', is: { eq: 1 } }, `${C}.audience.visit`],
  [`${C}.audience`, { attribute: 'a' }, `${C}.audience.is`],
  [`${C}.audience`, nested(11), `${C}.audience${'.not'.repeat(10)}`],
  [`${C}.audience`, { any: Array.from({ length: 200 }, () => ({ event: 'a' })) }],
  [`${C}.caps[0].count`, 1.5],
  [`${C}.caps[0].per`, { last: 'week' }, `${C}.caps[0].per.last`],
  [`${C}.caps[0].of`, 'smiles'],
  [`${C}.schedule.from`, '2026-05-01'],
  [`${C}.schedule.until`, '2026-04-01T00:00:00Z'],
  [`${C}.purpose`, 'fun'],
  [`${C}.control`, 0.6],
  [`${C}.goal.window`, '7'],
  [`${C}.goal.window`, '36526d'],
  [`${C}.audience`, { event: 'a', within: '99999999d' }, `${C}.audience.within`],
  [`${C}.audience`, { attribute: 'd', is: { after: '-99999999d' } }, `${C}.audience.is.after`],
  [`${C}.language`, 'Japanese!'],
  [`${C}.variants`, []],
  [`${C}.variants[0].id`, 'control'],
  [`${C}.variants[0].weight`, -1],
  [`${C}.variants[0].weight`, 0, `${C}.variants`],
  [`${C}.variants[0].content.format`, 'hologram'],
  [`${C}.variants[0].content.position`, 'top'],
  [`${C}.variants[0].content.theme.accent`, 'red'],
  [`${C}.variants[0].content.theme.radius`, 99],
  [CARDS, []],
  [`${CARDS}[0].next`, 'gone'],
  [`${CARDS}[0].next`, 'score', `${CARDS}[0]`],
  [`${CARDS}[0].branches[0].to`, 'gone'],
  [`${CARDS}[0].branches[0].question`, 'gone'],
  [`${CARDS}[0].branches`, undefined, `${CARDS}[1]`],
  [`${CARDS}[1].id`, 'score'],
  [`${CARDS}[1].next`, 'score', `${CARDS}[0]`],
  [`${CARDS}[2].id`, 'end'],
  [`${CARDS}[2].blocks[0].block`, 'html'],
  [`${CARDS}[2].blocks[0].text`, undefined],
  [`${CARDS}[2].blocks[0].text.en`, ''],
  [`${CARDS}[2].blocks[1].src`, 'http://shop.example/a.png'],
  [`${CARDS}[2].blocks[1].width`, undefined],
  [`${CARDS}[2].blocks[2].code`, ''],
  [`${CARDS}[2].blocks[3].buttons[0].action.href`, 'javascript:alert(1)'],
  [`${CARDS}[2].blocks[3].buttons[0].action.do`, 'explode'],
  [`${CARDS}[0].blocks[0].question.kind`, 'matrix'],
  [`${CARDS}[1].blocks[0].question.id`, 'nps'],
  // Flags, notes, languages and actions.
  ['$schema', 1],
  [`${C}.note`, 5],
  [`${C}.language`, true],
  [`${CARDS}[2].end`, 'yes'],
  [`${CARDS}[0].blocks[0].question.required`, 1],
  [`${CARDS}[0].blocks[0].question.multiple`, true],
  [`${CARDS}[2].blocks[3].buttons[0].style`, 'loud'],
  [
    `${CARDS}[2].blocks[3].buttons[0].action`,
    { do: 'close', href: '/list' },
    `${CARDS}[2].blocks[3].buttons[0].action.href`,
  ],
  [
    `${CARDS}[2].blocks[3].buttons[0].action`,
    { do: 'track', event: '$click' },
    `${CARDS}[2].blocks[3].buttons[0].action.event`,
  ],
  [
    `${CARDS}[2].blocks[3].buttons[0].label`,
    { 'not a tag': 'x' },
    `${CARDS}[2].blocks[3].buttons[0].label.not a tag`,
  ],
  [`${CARDS}[2].blocks[1].src`, 'mailto:a@shop.example'],
  [`${CARDS}[2].blocks[1].height`, 5000],
  [`${CARDS}[2].branches`, [{ is: { eq: 1 }, to: 'end' }], `${CARDS}[2].branches[0].question`],
  [`${C}.variants[0].content.format`, 'tab', `${C}.variants[0].content.launcher`],
  // Pools of coupons.
  [`${CARDS}[2].blocks[2]`, { block: 'coupon', pool: 'two words' }, `${CARDS}[2].blocks[2].pool`],
  [`${CARDS}[2].blocks[2]`, { block: 'coupon', pool: 'p', code: 'A' }, `${CARDS}[2].blocks[2].code`],
  [`${CARDS}[2].blocks[2]`, { block: 'coupon', code: 'A', exhausted: 'omit' }, `${CARDS}[2].blocks[2].pool`],
  [
    `${CARDS}[2].blocks[2]`,
    { block: 'coupon', pool: 'p', exhausted: 'blank' },
    `${CARDS}[2].blocks[2].exhausted`,
  ],
  [
    `${CARDS}[2].blocks[2]`,
    { block: 'coupon', pool: 'p', exhausted: { card: 'why' } },
    `${CARDS}[2].blocks[2].exhausted.card`,
  ],
  [
    `${CARDS}[2].blocks`,
    [
      { block: 'coupon', pool: 'p' },
      { block: 'coupon', pool: 'q' },
    ],
    `${CARDS}[2].blocks[1].pool`,
  ],
  [
    `${CARDS}[2].blocks`,
    [{ block: 'coupon', pool: 'p', exhausted: 'omit' }],
    `${CARDS}[2].blocks[0].exhausted`,
  ],
  [
    `${C}.variants[0].content`,
    {
      format: 'tab',
      launcher: 'Offer',
      cards: [{ id: 'one', blocks: [{ block: 'coupon', pool: 'p' }] }],
    },
    `${CARDS}[0].blocks[0].exhausted`,
  ],
  // Stop conditions.
  [`${C}.stop`, {}],
  [`${C}.stop`, 500],
  [`${C}.stop`, { answers: 5 }, `${C}.stop.answers`],
  [`${C}.stop`, { responses: 0 }, `${C}.stop.responses`],
  [`${C}.stop`, { goals: 1.5 }, `${C}.stop.goals`],
  [`${C}.stop`, { responses: 5, harm: 'yes' }, `${C}.stop.harm`],
  [C, { ...sound().campaigns[0], goal: undefined, stop: { goals: 5 } }, `${C}.stop.goals`],
  [C, { ...sound().campaigns[0], goal: undefined, stop: { harm: true } }, `${C}.stop.harm`],
  // Limits, tags, calendars and clocks on the wall.
  ['limits', { holdOut: 0.7 }, 'limits.holdOut'],
  ['limits', { attention: { budget: -1, per: 'session' } }, 'limits.attention.budget'],
  ['limits', { attention: { budget: 1 } }, 'limits.attention.per'],
  ['limits', { caps: [{ count: 1, per: 'ever', of: 'goal' }] }, 'limits.caps[0].of'],
  ['limits', { tags: { sale: [{ count: 0, per: 'ever' }] } }, 'limits.tags.sale[0].count'],
  ['limits', { sites: 1 }, 'limits.sites'],
  [`${C}.tags`, 'sale'],
  [`${C}.tags`, [' '], `${C}.tags[0]`],
  [`${C}.tags`, ['x'.repeat(65)], `${C}.tags[0]`],
  [`${C}.attention`, -1],
  [`${C}.rollout`, 1.5],
  [`${C}.priority`, 'high'],
  [`${C}.group`, ''],
  [`${C}.caps`, [{ count: 1, per: { calendar: 'year' } }], `${C}.caps[0].per.calendar`],
  [`${C}.caps`, [{ count: 1, per: { calendar: 'day', zone: 'Mars/Base' } }], `${C}.caps[0].per.zone`],
  [`${C}.caps`, [{ count: 1, per: { last: '0d' } }], `${C}.caps[0].per.last`],
  [`${C}.schedule.weekdays`, [0], `${C}.schedule.weekdays[0]`],
  [`${C}.schedule.weekdays`, []],
  [`${C}.schedule.hours`, { from: '9:00', until: '18:00' }, `${C}.schedule.hours.from`],
  [`${C}.schedule.hours`, { from: '09:00', until: '09:00' }, `${C}.schedule.hours.until`],
  [`${C}.schedule.hours`, { from: ['09:00'], until: '10:00' }, `${C}.schedule.hours.from`],
  [`${C}.schedule.zone`, 'Mars/Base'],
  [`${C}.schedule.zone`, 'Asia Tokyo'],
  // Paths that are never read.
  [`${C}.audience`, { attribute: '__proto__', is: { exists: false } }, `${C}.audience.attribute`],
  [`${C}.audience`, { attribute: 'a.constructor[].b', is: { exists: true } }, `${C}.audience.attribute`],
  [`${C}.audience`, { fact: 'prototype', is: { exists: true } }, `${C}.audience.fact`],
  [`${C}.audience`, { event: 'a', measure: 'sum', of: '__proto__.x' }, `${C}.audience.of`],
  [`${C}.audience`, { event: 'a', of: 'a.__proto__' }, `${C}.audience.of`],
  [
    `${C}.audience`,
    { event: 'a', where: { 'a.constructor': { eq: 1 } } },
    `${C}.audience.where.a.constructor`,
  ],
  [`${C}.goal.value`, 'constructor'],
  // Days that no calendar has.
  [`${C}.schedule.from`, '2026-02-30T00:00:00+09:00'],
  [`${C}.schedule.until`, '2027-04-31T00:00:00+09:00'],
  [`${C}.audience`, { event: 'a', within: { from: '2026-02-30T00:00:00Z' } }, `${C}.audience.within.from`],
  [`${C}.audience`, { attribute: 'd', is: { before: '2026-02-30' } }, `${C}.audience.is.before`],
  [`${C}.audience`, { attribute: 'd', is: { after: '2026-06-31T09:00:00Z' } }, `${C}.audience.is.after`],
  [`${C}.schedule.from`, '2026-02-29T00:00:00Z'],
  [`${C}.audience`, { attribute: 'd', is: { after: '2025-02-29' } }, `${C}.audience.is.after`],
  // What is no version.
  [`${C}.audience`, { attribute: 'v', is: { semver: { eq: '2.1.0.9' } } }, `${C}.audience.is.semver`],
  [`${C}.audience`, { attribute: 'v', is: { semver: { gte: '02.1' } } }, `${C}.audience.is.semver`],
  // As the collector and the SDK count, which is in UTF-16.
  [`${C}.audience`, { event: '😀'.repeat(33) }, `${C}.audience.event`],
  [`${C}.tags`, ['😀'.repeat(33)], `${C}.tags[0]`],
  // Too many.
  ['segments.dropped.sequence', many(21, () => ({ event: 'a' }))],
  ['segments.dropped.sequence[0].count', 1001],
  [`${C}.audience`, { event: 'a', where: keyed(21, { eq: 1 }) }, `${C}.audience.where`],
  [`${C}.triggers[0].where`, keyed(21, { eq: 1 })],
  [`${C}.audience`, { attribute: 'a', is: { in: many(1001, (at) => at) } }, `${C}.audience.is.in`],
  [`${C}.audience`, { attribute: 'a', is: { nin: many(1001, (at) => at) } }, `${C}.audience.is.nin`],
  [`${C}.triggers`, many(21, (at) => ({ on: 'dwell', seconds: at }))],
  [`${C}.caps`, many(21, (at) => ({ count: 21 - at, per: { last: `${at + 1}d` } }))],
  [`${C}.tags`, many(21, (at) => `t${at}`)],
  [`${C}.schedule.weekdays`, [1, 2, 3, 4, 5, 6, 7, 7]],
  [`${C}.variants`, many(21, (at) => ({ ...sound().campaigns[0]!.variants[0], id: `v${at}` }))],
  ['limits', { caps: many(21, () => ({ count: 1, per: 'ever' })) }, 'limits.caps'],
  ['limits', { tags: keyed(101, []) }, 'limits.tags'],
  // Of conditions and triggers.
  [`${C}.audience`, { page: ['query.x'], is: { eq: 1 } }, `${C}.audience.page`],
  [`${C}.audience`, { page: 'query.', is: { eq: 1 } }, `${C}.audience.page`],
  [`${C}.audience`, { time: 'minute', is: { eq: 1 } }, `${C}.audience.time`],
  [`${C}.audience`, { all: [], any: [] }, `${C}.audience.any`],
  [`${C}.audience`, { not: [] }, `${C}.audience.not`],
  [`${C}.audience`, { attribute: 'a', is: {} }, `${C}.audience.is`],
  [`${C}.audience`, { attribute: 'a', is: { matches: 'a'.repeat(201) } }, `${C}.audience.is.matches`],
  [`${C}.audience`, { attribute: 'a', is: { semver: {} } }, `${C}.audience.is.semver`],
  [`${C}.audience`, { attribute: 'a', is: { after: '2026-13-01' } }, `${C}.audience.is.after`],
  [`${C}.audience`, { event: 'a', of: 5 }, `${C}.audience.of`],
  [`${C}.audience`, { event: 'a', within: {} }, `${C}.audience.within`],
  [`${C}.audience`, { event: 'a', within: { from: '2026-01-01' } }, `${C}.audience.within.from`],
  [`${C}.audience`, { event: 'a', within: { until: '1960-01-01T00:00:00Z' } }, `${C}.audience.within.until`],
  [`${C}.audience`, { event: 'x'.repeat(65) }, `${C}.audience.event`],
  // Of what the server knows.
  [`${C}.audience`, { fact: ' ', is: { eq: 1 } }, `${C}.audience.fact`],
  [`${C}.audience`, { fact: 'plan' }, `${C}.audience.is`],
  [`${C}.audience`, { list: 7 }, `${C}.audience.list`],
  [`${C}.audience`, { list: 'vip', is: true }, `${C}.audience.is`],
  [`${C}.audience`, { fact: 'ltv', is: { gte: { public: 'gone' } } }, `${C}.audience.is.gte.public`],
  [`${C}.audience`, { fact: 'ltv', is: { gte: { public: 7 } } }, `${C}.audience.is.gte`],
  [`${C}.audience`, { fact: 'ltv', is: { startsWith: { public: 'gone' } } }, `${C}.audience.is.startsWith`],
  [`${C}.audience`, { fact: 'ltv', is: { every: { public: 'gone' } } }, `${C}.audience.is.every.public`],
  [`${C}.audience`, { event: 'a', within: { public: 'gone' } }, `${C}.audience.within.public`],
  [`${C}.triggers[1].page`, { gte: { public: 'gone' } }, `${C}.triggers[1].page.gte`],
  ['facts', [1]],
  ['facts', { 'a.b': 1 }, 'facts.a.b'],
  ['facts', { a: [{ b: 1 }] }, 'facts.a[0]'],
  ['facts', { a: { b: { c: { d: { e: { f: 1 } } } } } }, 'facts.a.b.c.d.e'],
  ['facts', { a: 'x'.repeat(16_384) }],
  [`${C}.triggers[0].selector`, '#a'],
  [`${C}.triggers[1].percent`, 5],
  [`${C}.triggers`, [{ on: 'scroll', percent: 101 }], `${C}.triggers[0].percent`],
  [`${C}.triggers`, [{ on: 'visible', selector: ' ' }], `${C}.triggers[0].selector`],
];
