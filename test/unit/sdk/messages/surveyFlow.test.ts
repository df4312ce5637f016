import { describe, expect, test } from 'vitest';
import type { Test } from '../../../../src/core/conditions.js';
import type { Card, Question } from '../../../../src/core/content.js';
import type { Json, Properties } from '../../../../src/core/events.js';
import {
  cardAfter,
  isEmpty,
  problemOf,
  progressOf,
  resumedTrail,
} from '../../../../src/sdk/messages/surveyFlow.js';
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

  test('counts the cards that ask, and no information', () => {
    const note = (id: string): Card => ({ id, blocks: [{ block: 'heading', text: id }] });
    const list = [note('hello'), card('a'), note('half'), card('b'), note('bye')];
    const counted = list.map((_, at) => progressOf(list, list.slice(0, at + 1), {}));
    expect(counted.map(({ at, of }) => [at, of])).toEqual([
      [0, 2],
      [1, 2],
      [1, 2],
      [2, 2],
      [2, 2],
    ]);
    expect(counted.map(({ isLast }) => isLast)).toEqual([false, false, false, false, true]);
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

describe('the way on', () => {
  const after = (is: Test, given: Json | undefined) => {
    const [first, ...rest] = [
      card('score', { branches: [{ is, to: 'sorry' }], next: 'glad' }),
      ...cards.slice(1),
    ];
    return cardAfter([first, ...rest], [first], given === undefined ? {} : { 'q-score': given })!.id;
  };
  test.each([undefined, null, '', ' \n', []])('is that of no answer after %j, which is none', (given) => {
    expect(after({ exists: false }, given)).toBe('sorry');
    expect(after({ exists: true }, given)).toBe('glad');
  });

  test('is not that of what was answered on a way one has left, nor is how long it is', () => {
    const up = { is: { eq: 'up' } };
    const list = [
      card('one', { branches: [{ ...up, to: 'two' }], next: 'three' }),
      card('two'),
      card('three'),
      card('four', { branches: [{ ...up, question: 'q-two', to: 'five' }], next: 'end' }),
      card('five'),
    ];
    const [one, two, three, four, five] = list as [Card, Card, Card, Card, Card];
    const left: Properties = { 'q-one': 'down', 'q-two': 'up' };
    expect(cardAfter(list, [one, three, four], left)).toBeUndefined();
    expect(cardAfter(list, [one, two, three, four], left)).toBe(five);
    expect(progressOf(list, [one], left)).toEqual({ at: 1, of: 3, isLast: false });
    expect(progressOf(list, [one], { ...left, 'q-one': 'up' })).toEqual({ at: 1, of: 5, isLast: false });
    const answered = { ...left, 'q-three': 1, 'q-four': 1 };
    expect(resumedTrail(list, answered)).toEqual([one, three, four]);
  });

  test('is that of what is saved: a text without the blanks around it', () => {
    expect(after({ eq: 'tea' }, ' tea\n')).toBe('sorry');
    expect([after({ eq: 0 }, 0), after({ exists: true }, false)]).toEqual(['sorry', 'sorry']);
  });
});

describe('a card of which nothing can be shown', () => {
  const empty = (id: string, more: Partial<Card> = {}): Card => ({ id, blocks: [], ...more });
  const asked = (list: Card[], answers: Properties = {}) => cardAfter(list, list.slice(0, 1), answers)?.id;

  test('is passed through, by its own branches, `next` or order', () => {
    const branches = [{ question: 'q-a', is: { lte: 6 }, to: 'd' }];
    const list = [
      card('a', { next: 'b' }),
      empty('b', { branches, next: 'e' }),
      card('c'),
      card('d'),
      card('e'),
    ];
    expect([asked(list, { 'q-a': 3 }), asked(list, { 'q-a': 9 })]).toEqual(['d', 'e']);
    expect(asked([card('a'), empty('b'), empty('c'), card('d')])).toBe('d');
    expect(progressOf(list, list.slice(0, 1), { 'q-a': 9 })).toMatchObject({ at: 1, of: 2 });
  });

  test('ends the survey where it closes it, and where it leads nowhere', () => {
    expect(
      asked([card('a', { next: 'c' }), card('b'), empty('c', { end: true }), card('d')]),
    ).toBeUndefined();
    expect(asked([card('a'), empty('b', { next: 'end' }), card('c')])).toBeUndefined();
    expect(asked([card('a'), empty('b'), empty('c', { next: 'b' })])).toBeUndefined();
  });

  test('is not what a survey begins with', () => {
    const list = [empty('a', { next: 'c' }), card('b'), card('c')];
    expect(resumedTrail(list, {})).toEqual([list[2]]);
    expect(resumedTrail([empty('a', { next: 'end' }), card('b')], {}).map(({ id }) => id)).toEqual(['b']);
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

  test('ends on the last question where all is answered, and on what there is where nothing is asked', () => {
    const { id, ...rest } = card('only');
    expect(resumedTrail([{ id, ...rest }], { 'q-only': 3 }).map((each) => each.id)).toEqual(['only']);
    const closing = cards.at(-1)!;
    expect(resumedTrail([closing], {})).toEqual([closing]);
  });

  test('a card is open while one of its questions is', () => {
    const both: Card = { id: 'both', blocks: [...card('a').blocks, ...card('b').blocks] };
    expect(resumedTrail([both, card('c')], { 'q-a': 1 })).toEqual([both]);
    expect(resumedTrail([both, card('c')], { 'q-a': 1, 'q-b': 0 })).toEqual([both, card('c')]);
  });

  test.each<[Properties, string[]]>([
    [{ 'q-score': 2, 'q-sorry': null, 'q-more': 3 }, ['score', 'sorry', 'more', 'last']],
    [{ 'q-score': 2, 'q-sorry': null }, ['score', 'sorry', 'more']],
    [{ 'q-score': null }, ['score', 'glad']],
  ])('%j goes on behind what was passed over', (answers, expected) => {
    const longer = [...cards.slice(0, -1), card('last'), cards.at(-1)!];
    expect(resumedTrail(longer, answers).map(({ id }) => id)).toEqual(expected);
  });

  test('goes on with a card that asks nothing where that was next', () => {
    const note: Card = { id: 'note', blocks: [{ block: 'heading', text: 'Half of it' }] };
    const withNote = [card('a'), note, card('b')];
    expect(resumedTrail(withNote, { 'q-a': 1 }).map(({ id }) => id)).toEqual(['a', 'note']);
    expect(resumedTrail(withNote, { 'q-a': 1, 'q-b': 2 })).toEqual(withNote);
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
    const answers = (value === undefined ? {} : { t: value }) as Properties;
    expect(problemOf(text, answers, words)).toBe('Please write an answer.');
    expect(problemOf({ ...text, required: false }, answers, words)).toBe('');
  });

  test('0 and false are answers', () => {
    expect([isEmpty(0), isEmpty(false)]).toEqual([false, false]);
  });

  test('a text longer than allowed is named with the limit', () => {
    expect(problemOf(text, { t: '123456' }, words)).toBe('Please keep it to 5 characters.');
    expect(problemOf(text, { t: '12345' }, words)).toBe('');
  });

  const choice: Question = {
    kind: 'choice',
    id: 'q',
    label: '',
    required: true,
    choices: [{ value: 'a', label: 'A' }],
    other: 'Other',
  };
  const { kind: _, ...plain } = { ...choice, other: undefined };
  const scale = { id: 'q', label: '', required: true };
  test.each<[Question, string]>([
    [{ ...scale, kind: 'nps' }, words.requiredChoice],
    [{ ...scale, kind: 'csat' }, words.requiredChoice],
    [{ ...scale, kind: 'ces' }, words.requiredChoice],
    [{ ...scale, kind: 'rating', of: 3 }, words.requiredChoice],
    [{ ...scale, kind: 'thumbs' }, words.requiredChoice],
    [choice, words.requiredChoice],
    [{ ...choice, multiple: true }, words.requiredChoice],
    [{ ...choice, look: 'dropdown' }, words.requiredChoice],
    [
      { ...plain, kind: 'picture', choices: [{ value: 'a', label: 'A', src: 'a.png' }] },
      words.requiredChoice,
    ],
    [{ ...scale, kind: 'date' }, words.requiredChoice],
    [{ ...scale, kind: 'text', short: true }, words.requiredText],
    [{ ...scale, kind: 'contact', field: 'email' }, words.requiredText],
  ])('$kind must be answered where it is required, and only there', (question, problem) => {
    expect(problemOf(question, {}, words)).toBe(problem);
    expect(problemOf(question, { q: [] }, words)).toBe(problem);
    expect(problemOf({ ...question, required: false }, {}, words)).toBe('');
    expect(problemOf(question, { q: question.kind == 'nps' ? 0 : 'a' }, words)).toBe('');
  });

  test.each<[Question, string]>([
    [{ ...scale, kind: 'date' }, words.refused.date],
    [{ ...scale, kind: 'contact', field: 'email' }, words.refused.email],
    [{ ...scale, kind: 'contact', field: 'tel' }, words.refused.other],
    [{ ...scale, kind: 'contact', field: 'name' }, words.refused.other],
    [{ ...scale, kind: 'text' }, words.refused.other],
  ])(
    'what the browser refuses of %j is said, required or not, and though nothing of it came',
    (asked, said) => {
      for (const question of [asked, { ...asked, required: false }])
        for (const answers of [{}, { q: 'x' }] as Properties[])
          expect(problemOf(question, answers, words, true)).toBe(said);
    },
  );

  test.each<[Properties, string]>([
    [{ q: 'other' }, words.requiredText],
    [{ q: ['a', 'other'] }, words.requiredText],
    [{ q: 'other', 'q.other': '  ' }, words.requiredText],
    [{ q: 'other', 'q.other': 'mine' }, ''],
    [{ q: 'a', 'q.other': '' }, ''],
  ])('one’s own choice wants words where an answer is required: %j', (answers, problem) => {
    expect(problemOf(choice, answers, words)).toBe(problem);
    expect(problemOf({ ...choice, required: false }, answers, words)).toBe('');
  });

  test('a choice whose value happens to be `other` wants none', () => {
    const question = { ...choice, other: undefined, choices: [{ value: 'other', label: 'Other' }] };
    expect(problemOf(question, { q: 'other' }, words)).toBe('');
  });
});
