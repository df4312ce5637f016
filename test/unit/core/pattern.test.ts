import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SUBJECT, patternOf, patternProblem } from '../../../src/core/pattern.js';
import { UnknownOperator } from '../../../src/core/unknownOperator.js';

/**
 * What is quadratic takes 4 to 5 ms on 2,048 characters (F28 allows 5), some ten times that before the browser has compiled it or on a
 * busy machine; what is cubic takes seconds, and what is exponential does not end.
 */
const GUARD_MS = 250;
const SUBJECTS = ['a', 'ab', 'aab', 'x=', '/a', 'a.', ' ', '0a', '抹茶', 'a😀'].flatMap((part) =>
  ['', '!', 'b', '\n'].map((end) => part.repeat(MAX_SUBJECT).slice(0, MAX_SUBJECT - end.length) + end),
);

/** The worst of the subjects, each tried three times, the quickest of which counts: a busy machine is not the pattern's fault. */
function slowestMs(pattern: string): number {
  const matches = patternOf(pattern);
  const once = (subject: string) => {
    const begin = performance.now();
    matches(subject);
    return performance.now() - begin;
  };
  return Math.max(...SUBJECTS.map((subject) => Math.min(once(subject), once(subject), once(subject))));
}

/** Shapes that are known to take exponential, cubic or quadratic time somewhere, each with several innards. */
const SHAPES = [
  '(X+)+$', '(X*)*$', '(X+)*$', '(X|X)*$', '(X|XX)+$', '(X|X?)+$', '(XX?)*$', '((X+)?)*$', '(X{1,9})+$', '(X+){2,}$',
  'X*X*X*b', 'X+X+X+$', '.*X.*X.*X', '^.*X.*X.*X$', 'X?X?X?X?X?X?X?X?X?X?X?X?X?X?X?X?X?X?X?X?XXXXXXXXXXXXXXXXXXXX',
  '(.*)X{9}(.*)b', '(?:X+b?)+$', '^(X+)*b', '(X*)+=', '([X]|X)+$', '(\\w|X)+$', '(X|\\w+)*$', '.*.*.*b', '(?:.*X)+b',
  'X{1,99}X{1,99}X{1,99}b', '(?:X?){99}b', '^(?:X|[^b])*c', '(X+)\\1', '(?=X+)X+b', '(?<=X+)b', '(?!X+)b', 'X*.X*.X*.b',
]; // prettier-ignore
const CATASTROPHIC = SHAPES.flatMap((shape) =>
  ['a', '\\w', '[a-z]', '.', '\\S', '[^!]', '(?:a)'].map((innards) => shape.replaceAll('X', innards)),
);

describe('a pattern', () => {
  it(`of ${CATASTROPHIC.length} that can take long is refused, or is harmless on 2,048 characters`, () => {
    expect(CATASTROPHIC.length).toBeGreaterThanOrEqual(200);
    const slow = CATASTROPHIC.filter(
      (pattern) => patternProblem(pattern) === undefined && slowestMs(pattern) > GUARD_MS,
    );
    expect(slow).toEqual([]);
    const admitted = CATASTROPHIC.filter((pattern) => patternProblem(pattern) === undefined);
    expect(admitted.length).toBeLessThan(CATASTROPHIC.length / 10);
  });

  it('of those that marketers write is admitted', () => {
    for (const pattern of [
      'items',
      '^/items/[0-9]+$',
      '^/(ja|en)/',
      '\\.html$',
      '^/items/[^/]+/reviews/[^/]+$',
      '^https://shop\\.example/',
      '^[^@]+@[^@]+\\.[a-z]{2,}$',
      '[?&]utm_source=mail(&|$)',
      '^TEA-[0-9]{4}(-[A-Z])?$',
      '商品',
      '^(cart|checkout)$',
      '^/p/.*/sale',
      '(^|,)vip(,|$)',
      '^\\s*$',
      '\\bsale\\b',
      '^[\\p{L}\\p{N}_-]+$',
      '^(?<year>\\d{4})-\\d\\d$',
    ])
      // prettier-ignore
      expect(patternProblem(pattern), pattern).toBeUndefined();
  });

  it('is refused with the reason and what to do', () => {
    expect(patternProblem('a'.repeat(201))).toBe('is longer than 200 characters');
    expect(patternProblem('(')).toMatch(/^is no regular expression \(/);
    expect(patternProblem('(a+)+')).toBe('repeats a group that holds another *, +, ? or {…}');
    expect(patternProblem('a.*b.*c')).toContain('begin it with ^');
    expect(patternProblem('^.*a.*b.*c')).toContain('[^/]+ before /');
    expect(() => patternOf('(a+)+')).toThrow(UnknownOperator);
  });

  it('of any kind is refused or harmless', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '.',
      '\\w',
      '[ab]',
      '[^a]',
      '=',
      '/',
      '\\d',
      '😀',
      '\\b',
      '^',
      '$',
    );
    const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,3}', '{2,}', '*?', '{0,60}');
    const pattern: fc.Arbitrary<string> = fc.letrec<{ sequence: string; element: string }>((tie) => ({
      element: fc
        .tuple(
          fc.oneof(
            { depthSize: 'small', withCrossShrink: true },
            atom,
            tie('sequence').map((inner) => `(?:${inner})`),
            fc.tuple(tie('sequence'), tie('sequence')).map((both) => `(${both.join('|')})`),
          ),
          quantifier,
        )
        .map((both) => both.join('')),
      sequence: fc.array(tie('element'), { minLength: 1, maxLength: 5 }).map((all) => all.join('')),
    })).sequence;
    let admitted = 0;
    fc.assert(
      fc.property(pattern, (text) => {
        if (patternProblem(text) !== undefined) return;
        admitted++;
        expect(slowestMs(text), text).toBeLessThan(GUARD_MS);
      }),
      { numRuns: Number(process.env.KIKUBARI_RUNS ?? 600) },
    );
    expect(admitted).toBeGreaterThan(20);
  }, 600_000);
});
