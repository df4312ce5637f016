import { describe, expect, it } from 'vitest';
import { durationMs } from '../../../src/core/duration.js';
import { localise } from '../../../src/core/localise.js';
import { readPath } from '../../../src/core/path.js';
import { passes } from '../../../src/core/test.js';
import { pathOf, queryOf } from '../../../src/core/url.js';

describe('readPath', () => {
  const value = { items: [{ id: 'a', tags: ['x', 'y'] }, { id: 'b' }], n: null, f: false };
  it.each([
    ['items[].id', ['a', 'b']],
    ['items.1.id', ['b']],
    ['items[].tags[]', ['x', 'y']],
    ['items[].tags', [['x', 'y']]],
    ['items.length', [2]],
    ['n', [null]],
    ['f', [false]],
    ['gone.deeper', []],
    ['n.deeper', []],
    ['f[]', []],
    ['__proto__', []],
    ['constructor.name', []],
    ['items.0.__proto__.x', []],
    ['toString', []],
  ])('%s', (path, expected) => expect(readPath(value, path)).toEqual(expected));

  it('reads no own property called __proto__ either', () => {
    expect(readPath(JSON.parse('{"__proto__": {"x": 1}}'), '__proto__.x')).toEqual([]);
  });
  it('finds nothing in what is no object', () => {
    expect([undefined, null, 'text', 5].map((nothing) => readPath(nothing, 'length'))).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });
});

describe('passes', () => {
  it('is satisfied with any of several values', () => {
    expect(passes({ gt: 5 }, [1, 9], 0)).toBe(true);
    expect(passes({ gt: 5, lt: 8 }, [1, 9], 0)).toBe(false);
  });
  it('throws for an operator it does not know, whatever else decides', () => {
    expect(() => passes({ eq: 1, like: 'x' } as object, [2], 0)).toThrow();
    expect(() => passes({ hasOwnProperty: 'x' } as object, [], 0)).toThrow();
  });
});

describe('durationMs', () => {
  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['1.5h', 5_400_000],
    ['7d', 604_800_000],
    ['2w', 1_209_600_000],
    ['0s', 0],
    ['36525d', 3_155_760_000_000],
  ])('%s', (duration, expected) => expect(durationMs(duration)).toBe(expected));
  it.each([
    '',
    '7',
    'd',
    '-1d',
    '7 d',
    '7days',
    '1e3s',
    'Infinitys',
    '7D',
    '7d\n',
    '36526d',
    `${'9'.repeat(400)}s`,
  ])('%j is none', (duration) => expect(durationMs(duration)).toBeNaN());
});

describe('localise', () => {
  const text = { en: 'Hello', ja: 'こんにちは', fr: 'Bonjour', 'zh-Hant': '你好' };
  it.each([
    [['fr-CA'], 'fr → its plain language', 'Bonjour'],
    [['de', 'ja-JP'], 'the next preference before the fallback', 'こんにちは'],
    [['zh-hant-TW'], 'without case, tag by tag', '你好'],
    [['zh'], 'a script is not guessed: fallback', 'Hello'],
    [['zh-TW'], 'the script of its region', '你好'],
    [['zh-hk', 'fr'], 'the script of its region before the next preference', '你好'],
    [['zh-CN', 'fr'], 'not the other script', 'Bonjour'],
    [[], 'fallback', 'Hello'],
  ])('%j: %s', (languages, _, expected) => expect(localise(text, languages, 'en')).toBe(expected));
  it('finds a region of Chinese with its script and without', () => {
    expect(localise({ en: 'Hello', 'zh-TW': '你好' }, ['zh-Hant-TW'], 'en')).toBe('你好');
    expect(localise({ en: 'Hello', 'zh-Hans': '你好' }, ['zh-SG'], 'en')).toBe('你好');
    expect(localise({ en: 'Hello', zh: '你好' }, ['zh-TW'], 'en')).toBe('你好');
  });
  it('takes any wording before none', () => {
    expect(localise({ ja: 'はい' }, ['de'], 'en')).toBe('はい');
    expect(localise({}, ['de'], 'en')).toBe('');
    expect(localise('plain', ['de'], 'en')).toBe('plain');
  });
});

describe('addresses', () => {
  it.each([
    ['https://shop.example/a/b?c=/d#/e', '/a/b'],
    ['/a?b', '/a'],
    ['?b', '/'],
    ['https://shop.example', '/'],
    ['file:///a/b.html', '/a/b.html'],
    ['', '/'],
  ])('path of %s', (url, expected) => expect(pathOf(url)).toBe(expected));
  it('reads query parameters as URLSearchParams does', () => {
    const url = 'https://s.example/?a=1&b=x+y&a=2&%E8%8C%B6=%E7%85%8E%E8%8C%B6&e&f==#a=9';
    for (const name of ['a', 'b', '茶', 'e', 'f', 'gone'])
      expect(queryOf(url, name)).toEqual(new URL(url).searchParams.getAll(name));
  });
});
