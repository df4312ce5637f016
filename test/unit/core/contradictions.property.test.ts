/** What is warned of as impossible never holds: tried on every value and in many worlds, by the evaluator itself. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Condition, Test, Where } from '../../../src/core/conditions.js';
import type { Facts, PastEvent } from '../../../src/core/decision.js';
import type { Json } from '../../../src/core/events.js';
import { MORE_OPERATORS } from '../../../src/core/moreOperators.js';
import { learnOperators, testerOf } from '../../../src/core/test.js';
import { warnOfImpossible } from '../../../src/core/validate/contradictions/audience.js';
import { createSearch } from '../../../src/core/validate/contradictions/impossible.js';
import { ANYTHING, canHold } from '../../../src/core/validate/contradictions/values.js';
import type { Report } from '../../../src/core/validate/report.js';
import { expandFacts, NOW, SESSION } from '../../cases/expand.js';
import { holds } from './asking.js';

learnOperators(MORE_OPERATORS);
const RUNS = Number(process.env.CONTRADICTION_RUNS ?? 500);
/** A long run may take its time. */
const TIMEOUT_MS = 30_000 + RUNS * 60;

const NUMBERS = [-1, 0, 1, 2, 2.5, 3];
const TEXTS = [
  '',
  '/',
  '/a',
  '/ab',
  '/b',
  'a',
  '1.0',
  '2.1',
  'v2.1',
  '2026-05-01',
  '2026-06-01T00:00:00Z',
  '09:30',
  '12:00',
];
const OTHERS: Json[] = [null, true, false, [], ['a'], [1, 2], {}, { a: 1 }];
const json = fc.constantFrom<Json>(...NUMBERS, ...TEXTS, ...OTHERS);
const scalar = fc.constantFrom(...NUMBERS, ...TEXTS);
const text = fc.constantFrom(...TEXTS);
const moment = fc.constantFrom('now', '-1d', '+1d', '2026-05-01', '2026-05-15', '2026-06-01T00:00:00Z');
const version = fc.constantFrom('1', '1.0.0', '2.1', '2.1-beta', '3');

const simple: fc.Arbitrary<Test> = fc.oneof(
  fc.record({ eq: json }),
  fc.record({ ne: json }),
  fc.record({ in: fc.array(json, { maxLength: 3 }) }),
  fc.record({ nin: fc.array(json, { maxLength: 3 }) }),
  ...(['gt', 'gte', 'lt', 'lte'] as const).map((order) =>
    scalar.map((wanted): Test => ({ [order]: wanted })),
  ),
  fc.record({ startsWith: text }),
  fc.record({ endsWith: text }),
  fc.record({ contains: json }),
  fc.record({ exists: fc.boolean() }),
  fc.record({ matches: fc.constantFrom('^a', '^b.*$', '^/a?', '^c?/', 'b', '^a|b', '^\\d') }),
  fc.record({ before: moment }),
  fc.record({ after: moment }),
  fc
    .dictionary(fc.constantFrom('eq', 'gt', 'gte', 'lt', 'lte'), version, { minKeys: 1, maxKeys: 2 })
    .map((semver) => ({ semver })),
);
const test: fc.Arbitrary<Test> = fc
  .tuple(fc.array(simple, { minLength: 1, maxLength: 3 }), fc.option(simple, { freq: 6, nil: undefined }))
  .map(([parts, every]) => ({ ...Object.assign({}, ...parts), ...(every && { every }) }) as Test);

/** Values about all that is named in tests: themselves, their neighbours, and texts put together from them. */
const VALUES: Json[] = [
  ...OTHERS,
  ...NUMBERS.flatMap((number) => [number - 0.25, number, number + 0.25, -1e9, 1e9]),
  ...[
    '2026-04-30T23:59:59Z',
    '2026-05-01T00:00:00.001Z',
    '2026-05-14',
    '2026-05-20',
    '2026-05-31',
    '2026-07-01',
  ].flatMap((date) => [date, Date.parse(date)]),
  ...['1', '2.0', '2.1.0-alpha', '2.1-beta', '2.1.5', '3', '4.0', 'c/', 'cb', 'zz'],
  ...TEXTS.flatMap((one) => [
    one,
    `${one}\u0000`,
    `${one}z`,
    `0${one}`,
    ...TEXTS.map((other) => one + other),
  ]),
];

it(
  'no value passes tests of which it is said that none does',
  () => {
    let impossible = 0;
    fc.assert(
      fc.property(
        fc.array(fc.record({ test, isNegated: fc.boolean() }), { minLength: 1, maxLength: 3 }),
        (asked) => {
          if (canHold(asked, ANYTHING)) return;
          impossible++;
          const testers = asked.map(({ test, isNegated }) => ({ tester: testerOf(test), isNegated }));
          expect(testers.every(({ tester, isNegated }) => tester.none !== isNegated)).toBe(false);
          for (const now of [NOW, NOW - 864e5, NOW + 30 * 864e5])
            for (const value of VALUES)
              if (testers.every(({ tester, isNegated }) => tester.one(value, now) !== isNegated))
                throw new Error(`${JSON.stringify(value)} passes ${JSON.stringify(asked)}`);
        },
      ),
      { numRuns: RUNS * 4 },
    );
    expect(impossible).toBeGreaterThan(RUNS / 4);
  },
  TIMEOUT_MS,
);

const FACTS: object[] = [
  { attribute: 'a' },
  { attribute: 'list[]' },
  { page: 'path' },
  { page: 'query.x' },
  { page: 'title' },
  { visit: 'new' },
  { visit: 'number' },
  { visit: 'pages' },
  { visit: 'seconds' },
  { signal: 'dwell' },
  { time: 'weekday' },
  { time: 'hour', zone: 'Asia/Tokyo' },
  { time: 'time' },
  { time: 'date' },
  { fact: 'a' },
  { list: 'l' },
];
const present = fc.constantFrom(...FACTS);
const NEAR: Test[] = [
  { eq: 'a' },
  { eq: '2.1' },
  { eq: '/a' },
  { startsWith: '/' },
  { eq: 1 },
  { gte: 2 },
  { exists: true },
];
const few = fc.oneof(
  test,
  fc.constantFrom<Test>(
    { gte: 2 },
    { lt: 2 },
    { eq: 1 },
    { eq: true },
    { eq: false },
    { lt: 0 },
    { gt: 23 },
    { ne: 1 },
    { gt: 0, lt: 1 },
  ),
);
const behaviour = fc
  .record(
    {
      event: fc.constantFrom('a', 'b'),
      where: fc.constantFrom({}, { kind: { eq: 'x' } }, { kind: { in: [] } }, { kind: { gt: 3, lt: 2 } }),
      within: fc.constantFrom('1h', '1d', '7d', 'session', 'ever', { from: '2026-04-30T00:00:00Z' }),
      measure: fc.constantFrom('count', 'count', 'sum', 'min', 'distinct', 'most', 'last'),
      is: few,
    },
    { requiredKeys: ['event'] },
  )
  .map((drawn) => (drawn.measure && drawn.measure !== 'count' ? { ...drawn, of: 'value' } : drawn));
const sequence: fc.Arbitrary<Condition> = fc.record({
  sequence: fc.array(
    fc.record({ event: fc.constantFrom('a', 'b'), where: fc.constantFrom<Where>({}, { kind: { in: [] } }) }),
    { minLength: 1, maxLength: 2 },
  ),
});

const condition = fc.letrec<{ tree: Condition; leaf: Condition }>((tie) => ({
  leaf: fc.oneof(
    fc.tuple(present, few).map(([fact, is]) => ({ ...fact, is }) as Condition),
    behaviour as fc.Arbitrary<Condition>,
    sequence,
    fc.constantFrom({ segment: 's' }, { segment: 't' }, { segment: 'of the site' }),
  ),
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('tree'), { minLength: 1, maxLength: 4 }).map((all) => ({ all })),
    fc.array(tie('tree'), { maxLength: 3 }).map((any) => ({ any })),
    tie('tree').map((not) => ({ not })),
  ),
})).tree;

const silent: Report = Object.assign(() => undefined, { segments: new Set<string>(), facts: {} });

/** A visitor at some moment, with what happened. */
const world = fc.record({
  a: fc.option(fc.constantFrom(...VALUES), { nil: undefined }),
  list: fc.array(fc.oneof(json, fc.constant('l')), { maxLength: 3 }),
  personal: fc.constantFrom('nobody', 'unknown', 'known', 'known'),
  path: fc.constantFrom('/', '/a', '/ab', '/b', '/b/a', '/z'),
  query: fc.array(fc.constantFrom('a', '', '/a', '2.1'), { maxLength: 2 }),
  title: fc.option(text, { nil: undefined }),
  number: fc.constantFrom(1, 1, 2, 3),
  pages: fc.integer({ min: 0, max: 4 }),
  seconds: fc.constantFrom(0, 0.5, 1, 3, 600),
  dwell: fc.constantFrom(0, 0.5, 1, 2.5, 60),
  zone: fc.constantFrom(undefined, 'Asia/Tokyo', 'America/New_York'),
  now: fc.integer({ min: 0, max: 14 * 24 }).map((hours) => NOW + hours * 3_600_000 - 7 * 864e5),
  log: fc.array(
    fc.record({
      name: fc.constantFrom('a', 'b'),
      kind: fc.constantFrom('x', 'y', 3),
      value: fc.option(fc.constantFrom<Json>(...NUMBERS, 'a', true), { nil: undefined }),
      hours: fc.constantFrom(0, 1, 2, 24, 48, 200, -5),
      isHere: fc.boolean(),
    }),
    { maxLength: 5 },
  ),
});
type World = typeof world extends fc.Arbitrary<infer Drawn> ? Drawn : never;

function factsOf({
  a,
  list,
  personal,
  path,
  query,
  title,
  number,
  pages,
  seconds,
  dwell,
  zone,
  now,
}: World): Facts {
  const url = `https://shop.example${path}?${query.map((value) => `x=${encodeURIComponent(value)}`).join('&')}`;
  return expandFacts({
    attributes: { list, ...(a !== undefined && { a }) },
    page: { url, ...(title !== undefined && { title }) },
    device: zone ? { timeZone: zone } : {},
    visit: { number, pages, startedAt: now - seconds * 1000 },
    signals: { dwell },
    ...(personal !== 'nobody' && { user: 'u' }),
    ...(personal === 'known' && {
      personal: {
        facts: a === undefined ? {} : { a },
        lists: list.filter((name) => typeof name === 'string'),
      },
    }),
  });
}

const logOf = ({ log, now }: World): PastEvent[] =>
  log.map(({ name, kind, value, hours, isHere }, index) => ({
    id: `e${index}`,
    name,
    time: now - hours * 3_600_000,
    sequence: [index + 1, 0],
    session: isHere ? SESSION : 'before',
    properties: { kind, ...(value !== undefined && { value }) },
  }));

it(
  'no visitor meets a condition of which it is said that nobody does',
  () => {
    let impossible = 0;
    let met = 0;
    fc.assert(
      fc.property(
        condition,
        condition,
        condition,
        fc.array(world, { minLength: 30, maxLength: 30 }),
        (tree, s, t, worlds) => {
          const segments = { s: withoutSegments(s), t: withoutSegments(t) };
          const warned: string[] = [];
          const report: Report = Object.assign((path: string) => void warned.push(path), {
            segments: new Set<string>(),
            facts: {},
          });
          const isImpossible = warnOfImpossible(createSearch(segments), tree, 'audience', report);
          if (isImpossible) impossible++;
          expect(isImpossible && warned.length === 0).toBe(false);
          // That others can be met is looked at in one world: so it is seen that worlds are such that conditions hold.
          for (const one of isImpossible ? worlds : worlds.slice(0, 1))
            for (const site of [{ event: 'a' }, { event: 'a', is: { eq: 0 } }]) {
              const isMet = holds(tree, {
                events: logOf(one),
                facts: factsOf(one),
                now: one.now,
                segments: { ...segments, 'of the site': site },
              });
              if (isMet) met++;
              if (isMet && isImpossible)
                throw new Error(`met by ${JSON.stringify(one)}, warned at ${warned.join()}`);
            }
        },
      ),
      { numRuns: RUNS / 2 },
    );
    expect([impossible > RUNS / 20, met > RUNS / 20]).toEqual([true, true]);
  },
  TIMEOUT_MS,
);

/** Of each fact each two tests, the second under `not` too. */
const PAIRS = FACTS.flatMap((fact) =>
  NEAR.flatMap((one) =>
    NEAR.flatMap((other): Condition[] => {
      const [first, second] = [{ ...fact, is: one } as Condition, { ...fact, is: other } as Condition];
      return [{ all: [first, second] }, { all: [first, { not: second }] }];
    }),
  ),
);

it('no visitor meets two tests of one fact of which it is said that nobody does', () => {
  const worlds = fc
    .sample(world, { numRuns: 60, seed: 4 })
    .map((one) => ({ events: logOf(one), facts: factsOf(one), now: one.now }));
  const impossible = PAIRS.filter((pair) => warnOfImpossible(createSearch({}), pair, 'audience', silent));
  for (const pair of impossible)
    expect([pair, worlds.find((asked) => holds(pair, asked))]).toEqual([pair, undefined]);
  expect(impossible.length).toBeGreaterThan(300);
});

/** Segments that need no others. */
function withoutSegments(node: Condition): Condition {
  if ('segment' in node) return { event: 'b' };
  if ('not' in node) return { not: withoutSegments(node.not) };
  if ('all' in node) return { all: node.all.map(withoutSegments) };
  return 'any' in node ? { any: node.any.map(withoutSegments) } : node;
}
