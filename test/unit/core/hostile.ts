/** What nobody should write: programs that were sound until something in them was replaced, and values a page may well have. */
import fc from 'fast-check';
import type { Json, Properties } from '../../../src/core/events.js';

const deep = (levels: number, wrap: (inner: unknown) => unknown) => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
};

export const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'length',
  '',
];
const TEXTS = [
  ...NAMES,
  '\ud800',
  '\udc00x',
  'a\u0000b',
  '\u202e',
  '😀'.repeat(1000),
  'a'.repeat(10_000),
  '(a+)+$',
  '((a*)*)*b',
  '(?=a)(?!b)\\1',
  '[',
  'a.b.c.d.e.f.g[].h',
  '[].[].[]',
  '9'.repeat(400) + 'd',
  '1e9d',
  '-1d',
  '2026-02-30',
  'Mars/Olympus',
  'session',
  'ever',
  'NaN',
];
const NUMBERS = [NaN, -0, Infinity, -Infinity, 1e308, -1e308, 5e-324, 2 ** 53, -1, 0.5];
const polluted = (inner: string) => JSON.parse(`{"__proto__": ${inner}, "constructor": ${inner}}`) as unknown;

/** By name, because they are too deep or too long to be told. */
const HUGE: { [what: string]: unknown } = {
  'not, 20,000 deep': deep(20_000, (inner) => ({ not: inner })),
  'lists, 20,000 deep': deep(20_000, (inner) => [inner]),
  'all, 5,000 deep': deep(5000, (inner) => ({ all: [inner] })),
  'every, 500 deep': deep(500, (inner) => ({ every: inner })),
  '2,000 numbers': Array.from({ length: 2000 }, (_, index) => index),
  '300 conditions': Array.from({ length: 300 }, () => ({ event: 'a' })),
  '2,000 tests': Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => [`key${index}`, { eq: index }]),
  ),
  'half a million letters': 'x'.repeat(500_000),
};
/** A value, or the name of a huge one. */
export type Hostile = { value: unknown } | { huge: string };
export const valueOf = (hostile: Hostile): unknown =>
  'huge' in hostile ? HUGE[hostile.huge] : hostile.value;

const small: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(...TEXTS, ...NUMBERS, null, true, false, undefined) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      [],
      {},
      [null],
      [[]],
      { '': 0 },
      // It has neither a text nor a number, and throws where one is asked of it.
      { toString: null },
      polluted('{"eq": 1}'),
      polluted('[]'),
    ),
  },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);
export const hostile: fc.Arbitrary<Hostile> = fc.oneof(
  { weight: 10, arbitrary: small.map((value) => ({ value })) },
  { weight: 1, arbitrary: fc.constantFrom(...Object.keys(HUGE)).map((huge) => ({ huge })) },
);

export interface Damage {
  /** Which of all places, as a share of them. */
  place: number;
  put: Hostile;
  how: 'replace' | 'add' | 'rename' | 'remove' | 'move';
  /** Of what is moved there. */
  from: number;
  name: string;
}
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
export const damage: fc.Arbitrary<Damage> = fc.record({
  place,
  from: place,
  put: hostile,
  how: fc.constantFrom('replace', 'replace', 'add', 'rename', 'remove', 'move', 'move'),
  name: fc.oneof(fc.constantFrom(...NAMES), fc.string({ unit: 'binary', maxLength: 8 })),
});

type Holder = { [key: string]: unknown };

/** What stands at a place, as JSON has it; what is too deep for that stays the same. */
function copyOf([holder, key]: [holder: Holder, key: string]): unknown {
  try {
    return JSON.parse(JSON.stringify(holder[key] ?? null)) as unknown;
  } catch {
    return holder[key];
  }
}

/** The value with that done to one of its places; it is changed, because not all that may be in it can be copied. */
export function damaged(value: unknown, { place, from, put: hostile, how, name }: Damage): unknown {
  const put = valueOf(hostile);
  const places: [holder: Holder, key: string][] = [];
  const visit = (holder: unknown) => {
    if (!holder || typeof holder !== 'object') return;
    for (const key of Object.keys(holder)) {
      places.push([holder as Holder, key]);
      // What was put there before may be deeper than any stack.
      if (places.length < 2000) visit((holder as Holder)[key]);
    }
  };
  visit(value);
  const found = places[Math.floor(place * places.length)];
  if (!found) return put;
  const [holder, key] = found;
  const set = (name: string, value: unknown) =>
    Object.defineProperty(holder, name, { value, enumerable: true, writable: true, configurable: true });
  if (how === 'replace') set(key, put);
  else if (how === 'move') set(key, copyOf(places[Math.floor(from * places.length)]!));
  else if (Array.isArray(holder)) holder.push(put);
  else if (how === 'add') set(name, put);
  else {
    if (how === 'rename') set(name, holder[key]);
    delete holder[key];
  }
  return value;
}

/** Values as the SDK lets them into its log and its attributes: JSON, not deep, not long. */
export const properties: fc.Arbitrary<Properties> = fc.dictionary(
  fc.constantFrom(
    'kind',
    'value',
    'campaign',
    'group',
    'tags',
    'items',
    'variant',
    'attention',
    'x',
    'constructor',
  ),
  fc.oneof(
    fc.constantFrom<Json>(
      ...(TEXTS.map((text) => text.slice(0, 4096)) as Json[]),
      1e308,
      -0,
      5e-324,
      null,
      true,
    ),
    fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
    fc.constantFrom<Json>([{ price: 1 }, { price: '1' }, null, []], deep(6, (inner) => [inner]) as Json),
  ),
  { maxKeys: 5 },
);
