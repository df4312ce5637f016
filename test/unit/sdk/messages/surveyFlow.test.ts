import { describe, expect, test } from 'vitest';
import type { Card, Question } from '../../../../src/core/content.js';
import { isEmpty, problemOf, progressOf, resumedTrail } from '../../../../src/sdk/messages/surveyFlow.js';
import { surveyWords } from '../../../../src/sdk/messages/surveyWords.js';

const words = surveyWords.en;
const card = (id: string, more: Partial<Card> = {}): Card => ({
  id,
  blocks: [{ block: 'question', question: { kind: 'nps', id: `q-${id}`, label: id, required: true } }],
  ...more,
});
const cards: Card[] = [
  card('score', { branches: [{ is: { lte: 6 }, to: 'sorry' }], next: 'glad' }),
  card('glad', { next: 'thanks' }),
  card('sorry'),
  card('more'),
  { id: 'thanks', end: true, blocks: [{ block: 'heading', text: 'Thanks' }] },
];
const trail = (...ids: string[]) => ids.map((id) => cards.find((other) => other.id == id)!);

describe('progress', () => {
  test('counts the way the answers so far lead, without the closing card', () => {
    expect(progressOf(cards, trail('score'), {})).toMatchObject({ at: 1, of: 2 });
    expect(progressOf(cards, trail('score'), { 'q-score': 3 })).toMatchObject({ at: 1, of: 3 });
    expect(progressOf(cards, trail('score', 'sorry', 'more'), { 'q-score': 3 })).toMatchObject({
      at: 3,
      of: 3,
    });
  });

  test('ends although a card leads back', () => {
    const loop = [card('a'), card('b', { next: 'a' })];
    expect(progressOf(loop, loop, {})).toMatchObject({ at: 2, of: 2 });
  });

  test('the last question is the one with nothing asked after it', () => {
    const isLast = (...ids: string[]) => progressOf(cards, trail(...ids), {}).isLast;
    expect([isLast('score'), isLast('score', 'glad'), isLast('score', 'sorry')]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('resuming', () => {
  test.each([
    [{}, ['score']],
    [{ 'q-score': 9 }, ['score', 'glad']],
    [{ 'q-score': 2, 'q-sorry': 1 }, ['score', 'sorry', 'more']],
    [{ 'q-score': 9, 'q-glad': 1 }, ['score', 'glad']],
    [{ 'q-glad': 1 }, ['score']],
  ])('%j goes on at the first card without an answer', (answers, expected) => {
    expect(resumedTrail(cards, answers).map(({ id }) => id)).toEqual(expected);
  });

  test('begins with a card that asks nothing, and passes over it when there are answers', () => {
    const withIntro: Card[] = [{ id: 'intro', blocks: [{ block: 'heading', text: 'Hello' }] }, ...cards];
    expect(resumedTrail(withIntro, {}).map(({ id }) => id)).toEqual(['intro']);
    expect(resumedTrail(withIntro, { 'q-score': 9 }).map(({ id }) => id)).toEqual(['intro', 'score', 'glad']);
  });
});

describe('validation', () => {
  const text: Question = { kind: 'text', id: 't', label: '', required: true, maxLength: 5 };
  test.each([undefined, null, '', '  \n', []])('%j is no answer', (value) => {
    expect(isEmpty(value)).toBe(true);
    expect(problemOf(text, value, words)).toBe('Please write an answer.');
    expect(problemOf({ ...text, required: false }, value, words)).toBe('');
  });

  test('0 and false are answers', () => {
    expect([isEmpty(0), isEmpty(false)]).toEqual([false, false]);
  });

  test('a text longer than allowed is named with the limit', () => {
    expect(problemOf(text, '123456', words)).toBe('Please keep it to 5 characters.');
    expect(problemOf(text, '12345', words)).toBe('');
  });
});
