/** Random conditions in all of the segment language. */
import fc from 'fast-check';
import type { Condition, Measured, Step, Test, Where, Within } from '../../../src/core/conditions.js';
import type { Json } from '../../../src/core/events.js';
import { trees } from './foldWorld.js';
import { asJson, equality, maybe, or, order, path, PATHS, place, some, TESTS } from './conditionValues.js';

const where: fc.Arbitrary<Where> = some(place, 2).map((tests) =>
  Object.fromEntries(tests.map((each) => [each.path, each.is])),
);

// Two that the cart and the way are read from.
const EVENTS = ['view', 'buy', 'cart_updated', 'purchase', '$page_view'];
export const event = fc.constantFrom('view', 'view', 'buy', 'buy', ...EVENTS);
const moments = { from: '2026-04-01T00:00:00Z', until: '2026-05-01T08:00:00+09:00' };
const within = or(
  fc.constantFrom<(Within | undefined)[]>(
    undefined,
    undefined,
    'ever',
    'session',
    ...['90s', '10m', '1h', '1d', '1w', '30d'],
    { from: moments.from },
    { until: moments.until },
    moments,
  ),
  'window',
  'windows.long',
);
const gap = or(fc.constantFrom(undefined, undefined, '90s', '10m', '1h', '1d', '1w'), 'window');
const counted = fc.record({ event, where: maybe(where), within, is: maybe(TESTS.number) });
const measured = path.chain((of) =>
  fc.record({
    event,
    where: maybe(where, 2),
    within,
    measure: fc.constantFrom<Measured['measure'][]>('sum', 'min', 'max', 'distinct', 'most', 'first', 'last'),
    of: fc.constant(of),
    is: maybe(fc.oneof(TESTS[PATHS[of]!], TESTS.number)),
  }),
);
const step: fc.Arbitrary<Step> = fc.record({
  event,
  where: maybe(where, 2),
  within: gap,
  count: fc.constantFrom(undefined, undefined, 1, 2),
});
const sequence = fc.record({
  sequence: fc.array(step, { minLength: 1, maxLength: 3 }),
  within,
  thenNot: maybe(fc.record({ event, where: maybe(where) })),
});

const asked = <Of extends string>(kind: Of, facts: { [fact: string]: fc.Arbitrary<Test> }) =>
  fc.oneof(...Object.entries(facts).map(([fact, test]) => test.map((is) => ({ [kind]: fact, is }))));
const oneOf = (...values: Json[]) =>
  fc.oneof(equality(fc.constantFrom(...values)), order(fc.constantFrom(...values)));
export const url = fc.constantFrom(
  'https://shop.example',
  'https://shop.example/items/7?q=green+tea&tag=a&tag=ab&n=3#q=x',
  'https://shop.example/%E6%8A%B9%E8%8C%B6?tag=&utm_source=other&q=%E8%8C%B6%26',
  'https://shop.example/%E5%9?q',
  'https://shop.example/#?q=tea',
);
const urls = fc.oneof(
  TESTS.text,
  oneOf('https://shop.example', 'https://shop.example/items/7', '/', '/抹茶', '/%E5%9'),
);
const page = asked('page', {
  url: urls,
  path: urls,
  title: TESTS.text,
  referrer: urls,
  'query.q': oneOf('green tea', 'x', '', '茶&'),
  'query.tag': TESTS.text,
  'query.n': TESTS.number,
  'utm.source': TESTS.text,
});
const device = asked('device', {
  type: oneOf('mobile', 'tablet', 'desktop'),
  viewportWidth: oneOf(360, 600, 1200),
  viewportHeight: oneOf(360, 600),
  language: oneOf('ja', 'ja-JP', 'en'),
  timeZone: oneOf('Asia/Tokyo', 'Europe/Berlin'),
  touch: oneOf(true, false),
  os: oneOf('iOS', 'Android', 'Windows'),
  browser: oneOf('Safari', 'Chrome'),
});
const visit = asked('visit', {
  new: oneOf(true, false),
  number: TESTS.number,
  pages: TESTS.number,
  seconds: oneOf(0, 10, 60),
  landing: urls,
  source: TESTS.text,
});
const signal = asked('signal', {
  dwell: oneOf(0, 20),
  scroll: oneOf(0, 50, 100),
  idle: oneOf(0, 20),
  exit: oneOf(true, false),
  rage: oneOf(0, 1, 2),
  hesitation: oneOf(0, 20),
  backForth: oneOf(0, 1, 2),
  cart: TESTS.number,
});
const zone = fc.constantFrom(
  undefined,
  undefined,
  'Asia/Tokyo',
  'America/New_York',
  'UTC',
  '+05:30',
  '-03:00',
);
const time = fc
  .tuple(
    asked('time', {
      weekday: oneOf(4, 5),
      hour: oneOf(0, 9, 20),
      date: oneOf('2026-04-30', '2026-05-01'),
      time: oneOf('00:00', '05:30', '09:00', '20:00'),
    }),
    zone,
  )
  .map(([condition, named]) => ({ ...condition, zone: named }));
const attribute = place.map((each) => ({ attribute: each.path, is: each.is }));
const personal = fc.oneof(
  place.map((each) => ({ fact: each.path, is: each.is })),
  fc.record({ list: fc.constantFrom('vip', 'staff'), is: maybe(oneOf(true, false), 1) }),
);

/** What is not understood: an operand of another type, an operator, a segment or a public fact there is not. */
const unknown = fc.constantFrom(
  ...[
    { gt: true },
    { in: 'tea' },
    { nin: { a: 1 } },
    { startsWith: 3 },
    { exists: 'yes' },
    { matches: 1 },
    { semver: { gte: 'latest' } },
    { semver: {} },
    { after: '3d' },
    { before: '2026-02-30' },
    { every: [1] },
    { every: { lt: null } },
    { resembles: 'tea' },
    { gte: { public: 'cutoff.gone' } },
    { lt: { public: 'some.texts' } },
    { in: { public: 'window' } },
  ].map((is) => ({ attribute: 'text', is })),
  { event: 'view', where: { text: { endsWith: null } } },
  { event: 'view', within: { public: 'windows.none' } },
  { event: 'view', within: { public: 'cutoff.low' } },
  { segment: 'gone' },
) as fc.Arbitrary<Condition>;

const present = [attribute, attribute, page, device, visit, signal, time] as fc.Arbitrary<Condition>[];
const past = [counted, measured, measured, sequence] as fc.Arbitrary<Condition>[];
// What is unknown of a user is told as often as it is asked, so of those a segment asks nothing.
const impersonal = fc.oneof(...present, ...past);

const segmentNames = fc.constantFrom({ segment: 'inner' }, { segment: 'outer' });
const withUnknown = fc
  .tuple(trees(impersonal), unknown)
  .map(([known, strange]) => ({ any: [known, strange] }));
const leaf = fc.oneof(...present, ...past, personal as fc.Arbitrary<Condition>, segmentNames);
// What each of them finds is told whatever the others say, so of many much is compared at once.
const many = fc.array(leaf, { minLength: 4, maxLength: 9 });
export const conditions = asJson<Condition>(
  fc.oneof(
    { weight: 10, arbitrary: trees(leaf) },
    { weight: 5, arbitrary: many.map((all) => ({ all })) },
    { weight: 5, arbitrary: many.map((any) => ({ not: { any } })) },
    { weight: 1, arbitrary: withUnknown },
  ),
);
/** `outer` may need `inner`. */
export const segments = asJson(
  fc.record({
    inner: trees(impersonal),
    outer: trees(fc.oneof(impersonal, fc.constant({ segment: 'inner' }))),
  }),
);
