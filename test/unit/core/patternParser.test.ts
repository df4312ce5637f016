import { describe, expect, it } from 'vitest';
import { parsePattern } from '../../../src/core/patternParser.js';

/** Each part as it stands in the pattern, a group as a list of its alternatives. */
type Part = string | Part[][];
const partsOf = (pattern: string): Part[][] =>
  parsePattern(pattern).map((sequence) =>
    sequence.map(({ source, alternatives }) => (alternatives ? nested(alternatives) : source)),
  );
const nested = (alternatives: ReturnType<typeof parsePattern>): Part[][] =>
  alternatives.map((sequence) =>
    sequence.map(({ source, alternatives: inner }) => (inner ? nested(inner) : source)),
  );

describe('a pattern is taken apart', () => {
  it.each<[pattern: string, parts: Part[][]]>([
    ['ab', [['a', 'b']]],
    ['\\x41b', [['\\x41', 'b']]],
    ['\\cAb', [['\\cA', 'b']]],
    ['\\u0041b', [['\\u0041', 'b']]],
    ['\\u{1f600}b', [['\\u{1f600}', 'b']]],
    ['\\p{L}b', [['\\p{L}', 'b']]],
    ['\\P{Lu}b', [['\\P{Lu}', 'b']]],
    ['\\d\\.\\/b', [['\\d', '\\.', '\\/', 'b']]],
    ['[a]b', [['[a]', 'b']]],
    ['[\\]a]b', [['[\\]a]', 'b']]],
    ['[\\\\]b', [['[\\\\]', 'b']]],
    ['[^]b', [['[^]', 'b']]],
    ['[]b', [['[]', 'b']]],
    ['[(|)]b', [['[(|)]', 'b']]],
    ['[😀-😂]b', [['[😀-😂]', 'b']]],
    ['😀b', [['😀', 'b']]],
    ['あb', [['あ', 'b']]],
    ['^a$', [['^', 'a', '$']]],
    ['a|\\|b|', [['a'], ['\\|', 'b'], []]],
    ['(a|b(?:c))d', [[[['a'], ['b', [['c']]]], 'd']]],
    ['(?<name>a)b', [[[['a']], 'b']]],
    ['\\(a\\)', [['\\(', 'a', '\\)']]],
  ])('%s', (pattern, parts) => {
    expect(() => new RegExp(pattern, 'u')).not.toThrow();
    expect(partsOf(pattern)).toEqual(parts);
  });

  it.each([
    ['(?=a)', 'looks ahead'],
    ['(?<!a)', 'looks ahead'],
    ['(?i:a)', 'changes in the middle'],
    ['(?s-i:a)', 'changes in the middle'],
    ['(a)\\1', 'refers back'],
  ])('%s is refused, and why', (pattern, why) => expect(() => parsePattern(pattern)).toThrow(why));

  it.each<[pattern: string, repeats: [min: number, max: number][]]>([
    [
      'ab*c+d?',
      [
        [1, 1],
        [0, Infinity],
        [1, Infinity],
        [0, 1],
      ],
    ],
    [
      'a{2}b{2,}c{2,5}?',
      [
        [2, 2],
        [2, Infinity],
        [2, 5],
      ],
    ],
    [
      '😀*[a]+?\\d{3}',
      [
        [0, Infinity],
        [1, Infinity],
        [3, 3],
      ],
    ],
    ['(a){0,1}', [[0, 1]]],
  ])('%s, with how often each part may come', (pattern, repeats) =>
    expect(parsePattern(pattern)[0]!.map(({ min, max }) => [min, max])).toEqual(repeats),
  );
});
