import { describe, expect, it } from 'vitest';
import { DICTIONARIES, preferredLanguage } from '../../../src/console/language/language.js';

/** Paths of all leaves, functions with their number of arguments, so that a forgotten argument is a difference too. */
function leaves(node: unknown, path = ''): string[] {
  if (typeof node === 'function') return [`${path}(${node.length})`];
  if (node === null || typeof node !== 'object') return [path];
  return Object.entries(node).flatMap(([key, value]) => leaves(value, `${path}.${key}`));
}

function texts(node: unknown): string[] {
  if (typeof node === 'function') return [String(node('1', '2', '3', '4', '5'))];
  if (node === null || typeof node !== 'object') return [String(node)];
  return Object.values(node).flatMap(texts);
}

describe('dictionaries', () => {
  it('have the same keys in every language, those of open records included', () => {
    // A language may ignore an argument, so only the names of functions are compared.
    const keys = (dictionary: unknown) =>
      leaves(dictionary)
        .map((leaf) => leaf.replace(/\(\d\)$/, '()'))
        .sort();
    expect(keys(DICTIONARIES.ja)).toEqual(keys(DICTIONARIES.en));
  });

  it.each(Object.keys(DICTIONARIES))('leave nothing empty or undefined in %s', (language) => {
    const said = texts(DICTIONARIES[language as keyof typeof DICTIONARIES]);
    expect(said.length).toBeGreaterThan(250);
    expect(said.filter((text) => text.trim() === '' || text.includes('undefined'))).toEqual([]);
  });

  it('are written in their own language', () => {
    const japanese = texts(DICTIONARIES.ja).filter((text) => /[぀-ヿ一-鿿]/u.test(text));
    expect(japanese.length / texts(DICTIONARIES.ja).length).toBeGreaterThan(0.9);
    expect(texts(DICTIONARIES.en).filter((text) => /[぀-ヿ一-鿿]/u.test(text))).toEqual([
      '日本語',
      '表示を日本語に切り替える',
    ]);
  });
});

describe('preferredLanguage', () => {
  it.each([
    ['en', ['ja'], 'en'],
    [null, ['ja-JP', 'en'], 'ja'],
    [null, ['fr', 'ja'], 'ja'],
    [null, ['fr'], 'en'],
    ['toString', ['ja'], 'ja'],
  ])('remembered %s and wanted %j give %s', (remembered, wanted, expected) => {
    expect(preferredLanguage(remembered, wanted)).toBe(expected);
  });
});
