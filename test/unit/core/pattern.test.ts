import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_STEPS, MAX_SUBJECT, patternOf, patternProblem, stepsOf } from '../../../src/core/pattern.js';
import { UnknownOperator } from '../../../src/core/unknownOperator.js';
import { countedMatch, drawnPattern, written } from './countedMatch.js';

/**
 * What is quadratic takes 4 to 5 ms on 2,048 characters (F28 allows 5), several times that on a busy machine; what is cubic takes seconds,
 * and what is exponential does not end. That no more steps are taken than were reckoned is counted below, which no machine changes.
 */
const GUARD_MS = 60;
const SUBJECTS = ['a', 'ab', 'aab', 'x=', '/a', 'a.', ' ', '0a', '抹茶', 'a😀'].flatMap((part) =>
  ['', '!', 'b', '\n'].map((end) => part.repeat(MAX_SUBJECT).slice(0, MAX_SUBJECT - end.length) + end),
);

/** The worst of the subjects, of five tries the quickest: a busy machine is not the pattern's fault. */
function slowestMs(pattern: string): number {
  const matches = patternOf(pattern);
  const once = (subject: string) => {
    const begin = performance.now();
    matches(subject);
    return performance.now() - begin;
  };
  return Math.max(...SUBJECTS.map((subject) => Math.min(...Array.from({ length: 5 }, () => once(subject)))));
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
    for (const pattern of admitted) expect(stepsOf(pattern), pattern).toBeLessThanOrEqual(MAX_STEPS);
  });

  it('is refused for what fixed repeats, empty ways and escapes make of it', () => {
    for (const pattern of [
      // Each way to have come there is followed by a long fixed repeat.
      '\\w{0,6}\\w{0,6}(?:\\w{50}){35}!',
      '\\w{0,20}\\w{0,20}(?:\\w{50}){20}!',
      '\\w{0,44}\\w{0,44}(?:\\w{50}){20}!',
      `\\w{0,44}\\w{0,44}${'\\w{50}'.repeat(20)}!`,
      '^[a-z]{0,50}[a-z]{0,50}[a-z]{0,50}[a-z]{0,30}(?:[a-z]{50}){30}$',
      // Two ways at each repeat of what looks fixed.
      '(?:a(?:b|b))+c',
      '^(?:a(?:b|)b){30}c',
      // Two ways to be empty, again and again.
      `^${'(\\b|\\b)'.repeat(25)}\\B`,
      `^a*${'(?:b?|c?)'.repeat(16)}z`,
      // The same characters, written or named otherwise.
      '^[\\u0400-\\u0500]*[\\u0400-\\u0500]*[\\u0400-\\u0500]*x',
      '^[\\u0400-\\u0500]*[\\u{410}-\\u{420}]*[\\u0400-\\u0500]*x',
      '^\\ud83d\\ude00*😀*\\u{1f600}*x',
      '^\\p{Script=Greek}*\\p{Lu}*\\p{Script=Greek}*x',
      '^[\u1600-\u1700]*\\s*[\u1600-\u1700]*x',
    ])
      expect(patternProblem(pattern), pattern).toMatch(/may take too long|begin alike/);
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
      '/items/[0-9]+$',
      '[^/]+/reviews',
      '\\d+円',
      '^(?:[a-z0-9-]+/)?[a-z0-9-]+$',
      '^/(?:[a-z]{2}/)?items/\\d+(?:/|$)',
      '^[a-z0-9._%+-]+@[a-z0-9.-]+\\.[a-z]{2,}$',
      '^/items/[^/]+/reviews/[^/]+/photos/[^/]+$',
      '\\d{3}-\\d{4}-\\d{4}',
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

  it('of any kind takes no more steps than were reckoned, in texts of any kind', () => {
    let admitted = 0;
    let closest = 0;
    fc.assert(
      fc.property(drawnPattern, fc.nat(), fc.nat(), (drawn, ...subjects) => {
        const text = written(drawn);
        if (patternProblem(text) !== undefined) return;
        admitted++;
        const most = stepsOf(text);
        for (const place of subjects) {
          const subject = SUBJECTS[place % SUBJECTS.length]!;
          const { found, steps } = countedMatch(drawn, subject, most);
          expect(found, text).toBe(new RegExp(text, 'u').test(subject));
          closest = Math.max(closest, steps / most);
        }
      }),
      { numRuns: Number(process.env.KIKUBARI_RUNS ?? 600) },
    );
    expect(admitted).toBeGreaterThan(100);
    // A bound that is far from all would refuse what is harmless.
    expect(closest).toBeGreaterThan(0.3);
  }, 600_000);
});

it('sets of letters beyond Latin are seen to meet, and to stand apart', () => {
  expect(patternProblem('^[а-п]*[б-р]*[в-с]*[г-т]*!$')).toMatch('may take too long');
  expect(patternProblem('^[あ-せ]*[う-と]*[き-ふ]*[さ-ん]*!$')).toMatch('may take too long');
  expect(patternProblem('^[а-г]*[д-з]*[и-м]*[н-с]*!$')).toBeUndefined();
});
