/** Random values, the paths they stand at, and tests of them: values and operands come from the same few. */
import fc from 'fast-check';
import type { Test } from '../../../src/core/conditions.js';
import type { Json, Properties } from '../../../src/core/events.js';
import { NOW } from '../../cases/expand.js';

const DAY_MS = 86_400_000;

const TEXTS = [
  '',
  'a',
  'ab',
  'abab',
  'tea',
  'Green Tea',
  '茶',
  '抹茶',
  '🍵',
  '3',
  '/items/7',
  `${'a'.repeat(2048)}tea`,
];
const NUMBERS = [-2, 0, 0.5, 1, 2, 3, 10, 19.99];
// All near each other, so that every part of one decides now and then.
const VERSIONS = [
  '2.1',
  'v2.1.0',
  '2.1.0+5',
  '2.9',
  '2.10.0',
  '2.1.0-1',
  '2.1.0-beta',
  '2.1.0-beta.2',
  '2.1-beta.10',
];
const MORE_VERSIONS = ['9007199254740993.0.0', '9007199254740992.0.0'];
const NO_VERSIONS = ['latest', '2.1.0.9', '02.1', '2.1.0-beta.01', '2.1.0-a..b', ''];
const DATES = [
  '2026-05-01',
  '2026-04-01',
  '2026-05-01T09:00:00+09:00',
  '2026-05-01T00:00:00',
  '2026-04-30T23:59:59.999Z',
];
const MORE_DATES = ['2024-02-29', '2026-04-24', '2026-05-04'];
const NO_DATES = ['2026-02-30', '2025-02-29T12:00:00Z', 'soon', '5/1/2026', '2026-13-01'];
const MOMENTS = ['now', '-30d', '+3d', '-1h', '-1w', '+90m', '-1d'];
const PATTERNS = [
  '^a',
  'a$',
  'te',
  '^.$',
  '^[a-z]+$',
  '^(ab|cd)+$',
  '[0-9]',
  '茶|tea',
  '^\\p{Script=Han}+$',
  '^/items/[^/]+$',
];
const LISTS: Json[] = [[], ['a'], ['a', 'b'], ['b', 'a'], [1, 2], [['a'], null], [['a', 'b'], 1]];
// Of one object there is one order of the keys: another makes another value.
const OBJECTS: Json[] = [{}, { w: 2 }, { p: 1, q: [3, null] }];
const VALUES: Json[] = [
  null,
  true,
  false,
  ...LISTS,
  ...OBJECTS,
  'a',
  'tea',
  '3',
  3,
  0,
  2,
  '2026-05-01',
  '2.1',
];

export const text = fc.constantFrom(...TEXTS);
const number = fc.constantFrom(...NUMBERS);
const json = fc.constantFrom(...VALUES);
// Of some of the lists, or of a list in them.
const member = fc.constantFrom<Json[]>('a', 'b', 1, null, ['a']);
const versionOperand = fc.constantFrom(...VERSIONS, ...VERSIONS, ...MORE_VERSIONS);
const version = fc.constantFrom<Json[]>(...VERSIONS, ...VERSIONS, ...MORE_VERSIONS, ...NO_VERSIONS, 2);
const times = [NOW, NOW - 1, NOW - DAY_MS, NOW - 30 * DAY_MS];
const date = fc.constantFrom<Json[]>(...DATES, ...MORE_DATES, ...NO_DATES, ...times);
const moment = fc.constantFrom(...MOMENTS, ...DATES, ...MORE_DATES);
export const maybe = <T>(drawn: fc.Arbitrary<T>, freq = 3) => fc.option(drawn, { nil: undefined, freq });
export const some = <T>(drawn: fc.Arbitrary<T>, maxLength = 3) => fc.array(drawn, { maxLength });
/** As it is stored: what is undefined is not there. */
export const asJson = <T>(drawn: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  drawn.map((value) => JSON.parse(JSON.stringify(value)) as T);
const mostly = <T>(one: fc.Arbitrary<T>, other: fc.Arbitrary<T>, weight = 5) =>
  fc.oneof({ weight, arbitrary: one }, { weight: 1, arbitrary: other });

/** Of every program. Some are of another type than is asked for there, and `gone` is not there. */
export const PUBLIC: Properties = {
  cutoff: { low: 1, high: 3, text: 'tea', day: '2026-05-01' },
  some: { texts: ['a', 'tea', '2.1'], numbers: [0, 3] },
  window: '1h',
  windows: { long: '30d', none: 'soon' },
};
/** Now and then what the site says instead. */
export const or = <T>(drawn: fc.Arbitrary<T>, ...paths: string[]): fc.Arbitrary<T | { public: string }> =>
  paths.length
    ? mostly<T | { public: string }>(
        drawn,
        fc.constantFrom(...paths).map((path) => ({ public: path })),
        12,
      )
    : drawn;

const one = <Operator extends keyof Test>(operator: Operator, operand: fc.Arbitrary<unknown>) =>
  operand.map((wanted) => ({ [operator]: wanted }));
const ORDER = ['gt', 'gte', 'lt', 'lte'] as const;
const listed = (value: fc.Arbitrary<Json>) => or(some(value), 'some.texts', 'some.numbers');
export const equality = (value: fc.Arbitrary<Json>) =>
  fc.oneof(
    one('eq', value),
    one('ne', value),
    one('in', listed(value)),
    one('nin', listed(value)),
    one('exists', fc.boolean()),
  );
export const order = (value: fc.Arbitrary<Json>, ...paths: string[]) =>
  fc.oneof(...ORDER.map((operator) => one(operator, or(value, ...paths))));
const versions = fc
  .subarray(['eq', ...ORDER], { minLength: 1, maxLength: 2 })
  .chain((operators) => fc.record(Object.fromEntries(operators.map((each) => [each, versionOperand]))));

/** Tests that make sense of the kind of value. */
const KINDS = {
  text: fc.oneof(
    equality(text),
    order(text, 'cutoff.text', 'cutoff.day'),
    one('contains', text),
    one('startsWith', text),
    one('endsWith', text),
    one('matches', fc.constantFrom(...PATTERNS)),
  ),
  number: fc.oneof(equality(number), order(number, 'cutoff.low', 'cutoff.high')),
  version: mostly(one('semver', versions), equality(versionOperand)),
  date: fc.oneof(one('after', moment), one('before', moment), order(fc.constantFrom(...DATES), 'cutoff.day')),
  any: mostly(fc.oneof(equality(json), one('contains', member)), one('contains', json)),
};
type Kind = keyof typeof KINDS;
const anyKind = fc.oneof(...Object.values(KINDS));

/** Mostly one comparison of that kind; else two, or one of another kind; all of it now and then of each value. */
function testOf(kind: Kind): fc.Arbitrary<Test> {
  const both = ([first, other]: [Test, Test]) => ({ ...first, ...other });
  const flat = fc.oneof(
    { weight: 5, arbitrary: KINDS[kind] },
    { weight: 2, arbitrary: fc.tuple(KINDS[kind], KINDS[kind]).map(both) },
    { weight: 1, arbitrary: anyKind },
    { weight: 1, arbitrary: fc.tuple(KINDS[kind], anyKind).map(both) },
  );
  const each = fc.tuple(flat, maybe(flat, 1)).map(([every, beside]) => ({ ...beside, every }));
  return mostly<Test>(flat, each, 8);
}
export const TESTS = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, testOf(kind as Kind)])) as {
  [kind in Kind]: fc.Arbitrary<Test>;
};

const item = fc.record({ id: text, price: fc.oneof(number, json), tags: some(text) }, { requiredKeys: [] });
/** What attributes, events and the server's facts have in them. */
export const properties = asJson(
  fc.record(
    {
      text: mostly<Json>(text, json),
      value: mostly<Json>(number, json),
      app: version,
      since: date,
      any: json,
      tags: mostly<Json>(some(text), json),
      address: fc.oneof(fc.record({ city: text, w: number }, { requiredKeys: [] }), json),
      items: mostly<unknown>(some(item), json),
    },
    // Those that have most to be compared.
    { requiredKeys: ['app', 'since', 'any'] },
  ),
) as fc.Arbitrary<Properties>;

/** The paths by which it may be asked for, with the kind that stands there. */
export const PATHS: { [path: string]: Kind } = {
  text: 'text',
  value: 'number',
  app: 'version',
  since: 'date',
  any: 'any',
  tags: 'any',
  'tags[]': 'text',
  'tags.0': 'text',
  'tags.length': 'number',
  address: 'any',
  'address.city': 'text',
  'address.w': 'number',
  'items[].price': 'number',
  'items[].id': 'text',
  'items[].tags[]': 'text',
  'items[].tags.length': 'number',
  'items[].tags.0': 'text',
  'items.1.price': 'number',
  'items.length': 'number',
  'items.price': 'number',
  'text.length': 'number',
  gone: 'any',
};
export const path = fc.constantFrom(
  ...Object.keys(PATHS),
  ...Array<string>(3).fill('app'),
  ...Array<string>(2).fill('any'),
  ...Array<string>(3).fill('since'),
);
/** A path, and a test of what stands there. */
export const place = path.chain((each) => TESTS[PATHS[each]!].map((is) => ({ path: each, is })));
