import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../src/core/events.js';
import type { Known } from '../../../../src/sdk/messages/contract.js';
import { createFill } from '../../../../src/sdk/messages/personalise.js';
import { safeLink } from '../../../../src/sdk/messages/safeUrl.js';
import { expandFacts, NOW } from '../../../cases/expand.js';

const known: Known = {
  facts: expandFacts({
    attributes: { name: 'Mei', nothing: null, empty: '', nested: { deep: 'ok' }, tags: ['a', 'b'] },
    page: { url: 'https://shop.example/cart?coupon=TEN&coupon=TWO', title: 'Cart' },
    device: { type: 'mobile', os: 'iOS' },
    visit: { landing: 'https://shop.example/?utm_source=mail' },
  }),
  event: { properties: { total: 1234.5, currency: 'JPY' } },
  values: { count: 0, share: 0.256, price: 1980, isNew: false, gone: undefined },
};
const fill = (text: string, language = 'en', more: Partial<Known> = {}) =>
  createFill({ ...known, ...more }, language, () => NOW)(text);
/** What is filled in for a value. */
const say = (value: Json | undefined, filters = '', language = 'en') =>
  fill(`{{ values.x${filters} }}`, language, { values: { x: value } });
/** No-break spaces are a locale's own affair. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

test.each([
  ['Hi {{ visitor.name }}!', 'Hi Mei!'],
  ['{{visitor.nested.deep}}', 'ok'],
  ['{{ event.total }} {{ event.currency }}', '1234.5 JPY'],
  ['{{ values.count }} {{ values.isNew }}', '0 false'],
  ['{{ visitor.tags }}', '["a","b"]'],
  ['{{ page.title }} {{ page.path }} {{ page.query.coupon }}', 'Cart /cart TEN'],
  ['{{ page.utm.source }} {{ device.os }} {{ visit.pages }} {{ visit.seconds }}', 'mail iOS 1 10'],
  ['{{ no placeholder }} {{', '{{ no placeholder }} {{'],
])('%s is %j', (text, expected) => {
  expect(fill(text)).toBe(expected);
});

describe('what is not known', () => {
  test.each([
    'visitor.unheard',
    'visitor.nothing',
    'visitor.empty',
    'visitor.nested.shallow.deep',
    'visitor.name.length',
    'event.unheard',
    'values.gone',
    'page.query.unheard',
    'page.referrer',
    'device.browser',
    'visit.source',
  ])('%s is nothing, or its default', (path) => {
    expect(fill(`<{{ ${path} }}>`)).toBe('<>');
    expect(fill(`<{{ ${path} | default: "you" }}>`)).toBe('<you>');
    expect(fill(`<{{ ${path} | money: "JPY" | default: 'a "price"' }}>`)).toBe('<a "price">');
  });

  test('without an event or values nothing is known of them', () => {
    const text = '{{ event.total | default: "-" }}{{ values.count | default: "-" }}';
    expect(fill(text, 'en', { event: undefined, values: undefined })).toBe('--');
    expect(fill(text, 'en', { event: {} })).toBe('-0');
  });

  test('0 and false are known', () => {
    expect([say(0, ' | default: "-"'), say(false, ' | default: "-"')]).toEqual(['0', 'false']);
  });

  test.each(['device.moon', 'visit.moon', 'page.moon', 'moon.full', 'constructor.name'])(
    '%s, of which only a newer version knows, does not cost the message',
    (path) => expect(fill(`{{ ${path} | default: "-" }}`)).toBe('-'),
  );
});

describe('properties that are not its own', () => {
  const polluted = JSON.parse('{"name": "Mei", "__proto__": {"x": "own"}}') as { name: string };
  test.each([
    'visitor.constructor',
    'visitor.constructor.name',
    'visitor.__proto__',
    'visitor.__proto__.x',
    'visitor.prototype',
    'visitor.name.constructor',
    'visitor.hasOwnProperty',
    'event.__proto__.x',
    'event.toString',
    'values.toString',
    'values.valueOf.name',
    'values.__proto__',
    'page.query.constructor',
    'device.constructor',
    'visit.constructor',
  ])('%s gives the default', (path) => {
    const facts = expandFacts({ attributes: polluted });
    const more = { facts, event: { properties: polluted }, values: polluted };
    expect(fill(`{{ ${path} | default: "you" }}`, 'en', more)).toBe('you');
  });
});

describe('numbers', () => {
  test.each([
    [1234567.891, ' | number', '1,234,567.891', '1,234,567.891', '١٬٢٣٤٬٥٦٧٫٨٩١'],
    [1234.5, ' | number: 2', '1,234.50', '1,234.50', '١٬٢٣٤٫٥٠'],
    ['12.6', ' | number: 0', '13', '13', '١٣'],
    [0.256, ' | percent', '26%', '26%', '٢٦٪؜'],
    [0.256, ' | percent: 1', '25.6%', '25.6%', '٢٥٫٦٪؜'],
    [1980, ' | money: "JPY"', '¥1,980', '￥1,980', '‏١٬٩٨٠ JP¥'],
    [9.5, ' | money: "USD"', '$9.50', '$9.50', '‏٩٫٥٠ US$'],
  ])('%s%s', (value, filter, en, ja, ar) => {
    const withoutMarks = (text: string) => plain(text).replace(/[\u200e\u200f\u061c]/g, '');
    expect([say(value, filter), say(value, filter, 'ja')]).toEqual([en, ja]);
    expect(withoutMarks(say(value, filter, 'ar-EG'))).toBe(withoutMarks(ar));
  });

  test.each<[value: Json, filter: string]>([
    ['many', 'number'],
    [{ of: 1 }, 'number'],
    [NaN, 'number'],
    [Infinity, 'percent'],
    [1, 'money'],
    [1, 'money: "no currency"'],
    [1, 'number: 999'],
    [1, 'number: -1'],
    [1, 'shout'],
    ['x', 'constructor'],
  ])('of %j | %s nothing can be made', (value, filter) => {
    expect(say(value, ` | ${filter}`)).toBe('');
    expect(say(value, ` | ${filter} | default: "-"`)).toBe('-');
  });
});

describe('dates', () => {
  const noon = new Date(2026, 4, 1, 12, 5).getTime();
  test('are written as the language has them', () => {
    expect(say(noon, ' | date')).toBe('May 1, 2026');
    expect(say(noon, ' | date: "long"', 'ja')).toBe('2026年5月1日');
    expect(say(noon, ' | date: "short"', 'ar-EG')).toMatch(/١.*٥.*٢٠٢٦/);
    expect(plain(say(noon, ' | time: "short"'))).toBe('12:05 PM');
    expect(say(noon, ' | time: "short"', 'ja')).toBe('12:05');
  });

  test('are numbers or ISO 8601', () => {
    expect(say(new Date(noon).toISOString(), ' | date')).toBe('May 1, 2026');
    for (const wrong of ['soon', {}, 1e20]) expect(say(wrong, ' | date | default: "-"')).toBe('-');
    expect(say(noon, ' | date: "huge" | default: "-"')).toBe('-');
  });

  test.each(['Pacific/Honolulu', 'UTC', 'Pacific/Auckland'])(
    'without a time are that day, also for a visitor in %s',
    (zone) => {
      const before = process.env.TZ;
      process.env.TZ = zone;
      try {
        expect(say('2026-05-01', ' | date')).toBe('May 1, 2026');
      } finally {
        if (before === undefined) delete process.env.TZ;
        else process.env.TZ = before;
      }
    },
  );
});

test('a date that is none of ISO 8601 is the day it says, where the visitor is', () => {
  const before = process.env.TZ;
  process.env.TZ = 'Asia/Tokyo';
  try {
    expect(say('2026-1-5', ' | date: "short"', 'ja')).toBe('2026/01/05');
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

describe('what a value says', () => {
  test.each<[value: Json]>([[' '], ['\u3000'], ['\u200f'], ['\n\u0000 '], [[]]])(
    'is nothing where it is blank: %j',
    (blank) => {
      expect(say(blank, ' | default: "you"')).toBe('you');
      expect(say(blank, ' | number | default: "you"')).toBe('you');
    },
  );

  test('cannot turn the writing around, nor hold control characters', () => {
    expect(say('\u202eevil\u202c \u2066a\u2069\u200f\u200e\u061cb\u0000\u0007\n\u007f\u0085c')).toBe(
      'evil abc',
    );
    expect(fill('{{ visitor.unheard | default: "a\u202eb" }}')).toBe('ab');
  });

  test('is no template again, nor HTML', () => {
    expect(say('{{ visitor.name }}<img src=x onerror=alert(1)>')).toBe(
      '{{ visitor.name }}<img src=x onerror=alert(1)>',
    );
  });

  test('is cut where a card has no room for more, between characters', () => {
    expect(say('x'.repeat(200))).toBe('x'.repeat(200));
    for (const long of ['x'.repeat(1_000_000), '\u{1f600}'.repeat(500_000), `x${'\u{1f600}'.repeat(200)}`]) {
      const text = say(long);
      expect(text.length).toBeLessThanOrEqual(201);
      expect(text.at(-1)).toBe('…');
      // Which halves of characters make it throw.
      expect(encodeURIComponent(text)).not.toBe('');
    }
    expect(say(Array.from({ length: 100_000 }, (_, at) => at)).length).toBeLessThanOrEqual(201);
  });

  test('is sound although only half a character was kept of it', () => {
    expect(say('Mei \ud83d')).toBe('Mei ');
    expect(say('Mei \u{1f600}')).toBe('Mei \u{1f600}');
  });
});

describe('addresses', () => {
  const address = (text: string, x: Json) =>
    createFill({ ...known, values: { x } }, 'en', () => NOW)(text, true);

  test('take a value whole, such as a signed image, or not at all', () => {
    const signed = `https://cdn.example/${'s'.repeat(1500)}`;
    expect(address('{{ values.x }}', signed)).toBe(signed);
    expect(address('/go?to={{ values.x }}', signed)).toBe(`/go?to=${encodeURIComponent(signed)}`);
    for (const useless of [`https://cdn.example/${'s'.repeat(2030)}`, ''])
      expect(safeLink(address('{{ values.x }}', useless))).toBeUndefined();
    expect(address('/go?to={{ values.x }}', 'x'.repeat(2049))).toBe('/go?to=');
  });

  test.each([
    ['/search?q={{ values.x }}', 'a b&c=d#e/f', '/search?q=a%20b%26c%3Dd%23e%2Ff'],
    ['/p/{{ values.x }}?a', '../../evil?b', '/p/..%2F..%2Fevil?b'.replace('?b', '%3Fb?a')],
    ['{{ values.x }}', 'https://cdn.example/a b?c=d', 'https://cdn.example/a b?c=d'],
    ['{{ values.x }}/{{ values.x }}', 'a/b', 'a/b/a%2Fb'],
    ['{{ values.none }}{{ values.x }}', 'https://evil.example', 'https%3A%2F%2Fevil.example'],
    ['/p/{{ values.x }}', 'Mei \ud83d', '/p/Mei%20'],
  ])('%s with %j is %j', (text, value, expected) => {
    expect(address(text, value)).toBe(expected);
  });

  test('that begin with a value are judged as a whole', () => {
    const script = ['javascript', 'alert(1)'].join(':');
    for (const value of [script, ` ${script}`, `java\nscript:alert(1)`, 'data:text/html,x', '//evil.example'])
      expect(safeLink(address('{{ values.x }}', value))).toBeUndefined();
    expect(safeLink(address('java{{ values.x }}', 'script:alert(1)'))).toBe(
      `${location.origin}/javascript%3Aalert(1)`,
    );
    expect(safeLink(address('{{ values.x }}', '/cart'))).toBe(`${location.origin}/cart`);
  });
});
