import { describe, expect, test } from 'vitest';
import type { Card, Question } from '../../../../src/core/content.js';
import {
  isEmpty,
  isLast,
  problemOf,
  progressOf,
  resumedTrail,
} from '../../../../src/sdk/messages/surveyFlow.js';
import { surveyWordsIn } from '../../../../src/sdk/messages/surveyWords.js';

const words = surveyWordsIn('en');
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

describe('progress', () => {
  test('counts the way the answers so far lead, without the closing card', () => {
    expect(progressOf(cards, ['score'], {})).toEqual({ at: 1, of: 2 });
    expect(progressOf(cards, ['score'], { 'q-score': 3 })).toEqual({ at: 1, of: 3 });
    expect(progressOf(cards, ['score', 'sorry', 'more'], { 'q-score': 3 })).toEqual({ at: 3, of: 3 });
  });

  test('ends although a card leads back', () => {
    const loop = [card('a'), card('b', { next: 'a' })];
    expect(progressOf(loop, ['a', 'b'], {})).toEqual({ at: 2, of: 2 });
  });

  test('the last question is the one with nothing asked after it', () => {
    expect(isLast(cards, 'score', {})).toBe(false);
    expect(isLast(cards, 'glad', {})).toBe(true);
    expect(isLast(cards, 'sorry', {})).toBe(false);
  });
});

describe('resuming', () => {
  test.each([
    [{}, ['score']],
    [{ 'q-score': 9 }, ['score', 'glad']],
    [{ 'q-score': 2, 'q-sorry': 1 }, ['score', 'sorry', 'more']],
    [{ 'q-score': 9, 'q-glad': 1 }, ['score', 'glad']],
    [{ 'q-glad': 1 }, ['score']],
  ])('%j goes on at the first card without an answer', (answers, trail) => {
    expect(resumedTrail(cards, answers)).toEqual(trail);
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
