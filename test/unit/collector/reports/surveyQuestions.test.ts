import { expect, it } from 'vitest';
import { summaryOf } from '../../../../src/collector/reports/surveyQuestions.js';
import type { Question } from '../../../../src/core/question.js';

/** What the report says of one question of which these are the answers, each given so often. */
function said(kind: string, answers: [value: unknown, count: number][], asked: Question[] = []) {
  const counts = answers.map(([value, count]) => ({
    question: 'q',
    kind,
    wording: 'How?',
    t: 0,
    value: JSON.stringify(value),
    count,
  }));
  return summaryOf(counts, asked)[0]!;
}
const shares = (distribution: { value: string; count: number }[] | undefined) =>
  distribution?.map(({ value, count }) => `${value}:${count}`).join(' ');

it('of effort says who found it easy, with the interval of a share, and the mean', () => {
  const { kind, ces, distribution, answers } = said('ces', [
    [7, 30],
    [5, 12],
    [4, 5],
    [1, 3],
  ]);
  expect([kind, answers, shares(distribution)]).toEqual(['ces', 50, '1:3 2:0 3:0 4:5 5:12 6:0 7:30']);
  // 42 of 50, as of Wilson's vectors; (210 + 60 + 20 + 3) / 50.
  expect(ces).toMatchObject({ good: 42, share: 0.84, mean: 5.86 });
  expect([ces!.low.toFixed(4), ces!.high.toFixed(4)]).toEqual(['0.7149', '0.9166']);
});

it('of a rating says the mean with its interval, and every value of its scale', () => {
  const asked: Question = { kind: 'rating', id: 'q', label: 'How?', of: 6 };
  const rating: [number, number][] = [1, 2, 3, 4, 5].map((value) => [value, 1]);
  const { rating: mean, distribution } = said('rating', rating, [asked]);
  expect(shares(distribution)).toBe('1:1 2:1 3:1 4:1 5:1 6:0');
  expect(mean!.mean).toBe(3);
  expect([mean!.low, mean!.high].map((bound) => bound.toFixed(2))).toEqual(['1.04', '4.96']);
  // It went further once; what no scale has is no value of one.
  expect(
    shares(
      said(
        'rating',
        [
          [8, 1],
          [1e9, 1],
        ],
        [asked],
      ).distribution,
    ),
  ).toBe('1:0 2:0 3:0 4:0 5:0 6:0 7:0 8:1');
  expect(said('rating', [[2, 1]])).toMatchObject({ rating: undefined, distribution: { length: 5 } });
});

it('of thumbs, pictures and days says how often each was given; days in their order', () => {
  expect(
    shares(
      said('thumbs', [
        ['down', 1],
        ['up', 2],
      ]).distribution,
    ),
  ).toBe('up:2 down:1');
  expect(
    shares(
      said('picture', [
        [['a', 'b'], 1],
        [['b'], 2],
      ]).distribution,
    ),
  ).toBe('b:3 a:1');
  expect(
    shares(
      said('date', [
        ['2026-12-01', 2],
        ['2026-11-30', 1],
      ]).distribution,
    ),
  ).toBe('2026-11-30:1 2026-12-01:2');
});

it('of how one can be reached says nothing but how many said it', () => {
  expect(said('contact', [['ada@example.org', 1]])).toEqual({
    question: 'q',
    kind: 'text',
    wording: 'How?',
    answers: 1,
  });
});
