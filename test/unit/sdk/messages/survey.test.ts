import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Card, Question } from '../../../../src/core/content.js';
import { LIMITS, type Properties } from '../../../../src/core/events.js';
import { hearFaults } from '../../../../src/sdk/messages/fault.js';
import { createSurvey } from '../../../../src/sdk/messages/survey.js';
import { speechOf } from '../../../../src/sdk/messages/speech.js';
import { expandFacts } from '../../../cases/expand.js';
import { noteTaking, requestFor } from './drawing.fixture.js';

const ask = (question: Question, more: Partial<Card> = {}): Card => ({
  id: question.id,
  blocks: [{ block: 'question', question }],
  ...more,
});
const score: Question = { kind: 'nps', id: 'score', label: 'How likely?', low: 'Not', required: true };
const why: Question = { kind: 'text', id: 'why', label: 'Why?', maxLength: 5, required: true };
const what: Question = {
  kind: 'choice',
  id: 'what',
  label: 'What?',
  multiple: true,
  choices: ['a', 'b', 'c'].map((value) => ({ value, label: value.toUpperCase() })),
};
const branching = [
  ask(score, { branches: [{ is: { lte: 6 }, to: 'why' }], next: 'thanks' }),
  ask(why),
  ask(what),
  { id: 'thanks', end: true, blocks: [{ block: 'heading' as const, text: 'Thanks' }] },
];

const find = <Found extends HTMLElement>(selector: string) => document.querySelector<Found>(selector)!;
const all = <Found extends HTMLElement>(selector: string) => [...document.querySelectorAll<Found>(selector)];
const texts = (selector: string) => all(selector).map(({ textContent }) => textContent);
const submit = () => find('form').dispatchEvent(new Event('submit', { cancelable: true }));
const write = (text: string) => {
  find<HTMLTextAreaElement>('textarea').value = text;
  find('textarea').dispatchEvent(new Event('input', { bubbles: true }));
};

function start(cards: Card[], answers: Properties = {}) {
  const notes = noteTaking(cards, { state: { answers, drafts: {}, trail: [], orders: {} } });
  document.body.append(createSurvey(notes.view, notes.tools));
  return notes;
}

beforeEach(() => document.body.replaceChildren());

describe('a card', () => {
  test('is drawn once: an answer changes only the progress and the last button', () => {
    start(branching);
    const [form, inputs] = [find('form'), all<HTMLInputElement>('input')];
    expect([...texts('.steps p'), ...texts('.steps button')]).toEqual(['', 'Send']);
    inputs[3]!.click();
    expect([...texts('.steps p'), ...texts('.steps button')]).toEqual(['Step 1 of 3', 'Next']);
    expect([find('form'), all('input')]).toEqual([form, inputs]);
    expect(inputs.map(({ checked }) => checked).indexOf(true)).toBe(3);
  });

  test('says how far one is where it asks something, and nothing on information', () => {
    const hello: Card = { id: 'hello', blocks: [{ block: 'heading', text: 'Hello' }] };
    start([hello, ask({ ...score, required: false }), ask(what)]);
    expect(texts('.steps p')).toEqual(['']);
    submit();
    expect(texts('.steps p')).toEqual(['Step 1 of 2']);
    submit();
    expect(texts('.steps p')).toEqual(['Step 2 of 2']);
  });

  test('says what is missing, takes the focus to it, and takes the words back with an answer', () => {
    start([ask(score), ask(why)]);
    submit();
    expect([...texts('.problem'), document.activeElement]).toEqual([
      'Please choose an answer.',
      find('input'),
    ]);
    expect(find('fieldset').getAttribute('aria-describedby')).toBe('ends-score problem-score');
    find('input').click();
    expect(texts('.problem')).toEqual(['']);
  });

  test('marks a text as invalid, and as valid again', () => {
    start([ask(why)]);
    const invalid = () => find('textarea').getAttribute('aria-invalid');
    write('too long');
    submit();
    expect([...texts('.problem'), invalid()]).toEqual(['Please keep it to 5 characters.', 'true']);
    write('short');
    expect([...texts('.problem'), invalid()]).toEqual(['', 'false']);
  });

  test('offers only the buttons of the author where they lead on or close', () => {
    const blocks: Card['blocks'] = [
      { block: 'question', question: what },
      { block: 'buttons', buttons: [{ id: 'on', label: 'On', action: { do: 'next' } }] },
    ];
    const buttons: Card['blocks'] = [
      { block: 'buttons', buttons: [{ id: 'bye', label: 'Bye', action: { do: 'close' } }] },
    ];
    start([
      { id: 'one', blocks },
      { id: 'bye', end: true, blocks: buttons },
    ]);
    expect(texts('button')).toEqual(['On']);
    find('button').click();
    expect(texts('button')).toEqual(['Bye']);
  });
});

describe('answers', () => {
  test('are numbers, lists and trimmed texts, saved when their card is left forward', () => {
    const { events, leave } = start(branching);
    all('input')[2]!.click();
    submit();
    write(' ab ');
    submit();
    all('input')[2]!.click();
    all('input')[0]!.click();
    submit();
    expect(events.answered.mock.calls.map(([{ value }]) => value as unknown)).toEqual([2, 'ab', ['a', 'c']]);
    expect([events.completed.mock.calls.length, texts('h2')]).toEqual([1, ['Thanks']]);
    find('.steps button').click();
    expect(leave).toHaveBeenCalledExactlyOnceWith('end');
  });

  test('are kept when going back, and not saved again unless they change', () => {
    const { events } = start(branching);
    all('input')[2]!.click();
    submit();
    find('.steps .quiet').click();
    expect(
      all<HTMLInputElement>('input')
        .map(({ checked }) => checked)
        .indexOf(true),
    ).toBe(2);
    submit();
    expect(events.answered).toHaveBeenCalledOnce();
  });

  test('on a way one has left lead nowhere any more', () => {
    const thumbs = (id: string, more: Partial<Card> = {}) => ask({ kind: 'thumbs', id, label: id }, more);
    const end: Partial<Card>['branches'] = [{ question: 'two', is: { eq: 'up' }, to: 'five' }];
    const { events } = start([
      thumbs('one', { branches: [{ is: { eq: 'up' }, to: 'two' }], next: 'three' }),
      thumbs('two'),
      thumbs('three'),
      thumbs('four', { branches: end, next: 'end' }),
      thumbs('five'),
    ]);
    const answer = (up: boolean) => {
      find(up ? 'input' : 'label + label input').click();
      submit();
    };
    const back = () => find('.steps .quiet').click();
    answer(true);
    answer(true);
    back();
    back();
    answer(false);
    answer(false);
    expect(texts('.steps p, .steps .button:not(.quiet)')).toEqual(['Step 3 of 3', 'Send']);
    answer(false);
    expect([events.completed.mock.calls.length, texts('legend')]).toEqual([1, ['four optional']]);
  });

  test('given before are on the cards of a survey that resumes', () => {
    start([ask(what, { next: 'why' }), ask(why)], { what: ['b'] });
    find('.steps .quiet').click();
    expect(all<HTMLInputElement>('input').map(({ checked }) => checked)).toEqual([false, true, false]);
  });

  test('that are none are remembered, not saved, and not asked for again', () => {
    const { view, events } = start([ask(what), ask(why), ask(score)]);
    submit();
    expect([events.passedOver.mock.calls, events.answered.mock.calls]).toEqual([[['what']], []]);
    write('so');
    submit();
    document.body.replaceChildren();
    start([ask(what), ask(why), ask(score)], view.state.answers);
    expect([view.state.answers, texts('legend')]).toEqual([{ what: null, why: 'so' }, ['How likely?']]);
    all('.steps button')[0]!.click();
    all('.steps button')[0]!.click();
    expect(all<HTMLInputElement>('input').some(({ checked }) => checked)).toBe(false);
  });

  test('start afresh once the survey is complete', () => {
    const { view, events, leave } = start([ask(what)], {});
    all('input')[1]!.click();
    submit();
    expect([view.state.answers, leave.mock.calls]).toEqual([{}, [['end']]]);
    submit();
    expect(events.completed).toHaveBeenCalledOnce();
  });

  test('are saved with the wording they were asked in, and with nothing of the visitor that was filled in', async () => {
    const label = { en: 'Why?', ja: '{{ visitor.name | default: "お客様" }}、なぜ？' };
    const asking = noteTaking([ask({ ...why, label })]);
    const known = { facts: expandFacts({ attributes: { name: 'Mei' } }) };
    const { content } = asking.view;
    const speech = await speechOf(requestFor(content, { known }), content, 'ja', ['ja']);
    document.body.append(createSurvey({ ...asking.view, ...speech }, asking.tools));
    expect(texts('label')).toEqual(['Mei、なぜ？']);
    write('so');
    submit();
    expect(asking.events.answered.mock.calls).toEqual([
      [{ card: 'why', question: 'why', kind: 'text', value: 'so', wording: label.ja }],
    ]);
  });

  test.each([true, false])('are sent once, though the last card is twice (required: %s)', (required) => {
    const { events, leave } = start([ask({ ...what, required })]);
    all('input')[1]!.click();
    submit();
    const fail = vi.fn();
    hearFaults(fail);
    submit();
    expect([fail.mock.calls, texts('.problem')]).toEqual([[], ['']]);
    expect([events.answered.mock.calls.length, events.passedOver.mock.calls, leave.mock.calls]).toEqual([
      1,
      [],
      [['end']],
    ]);
  });
});

describe('what is drawn of a question', () => {
  test('has no broken frame where a picture cannot be had; its words stay', () => {
    const choices = ['a', 'b'].map((value) => ({ value, label: value, src: `/${value}.png` }));
    start([ask({ kind: 'picture', id: 'look', label: 'Which?', choices })]);
    const [first, second] = all<HTMLImageElement>('.pictures img');
    first!.dispatchEvent(new Event('error'));
    expect([first!.hidden, second!.hidden, texts('.pictures label')]).toEqual([true, false, ['a', 'b']]);
  });

  test.each([true, false])('takes no more than can be sent (short: %s)', (short) => {
    start([ask({ kind: 'text', id: 'why', label: 'Why?', short })]);
    expect(find('textarea,input').getAttribute('maxlength')).toBe(`${LIMITS.stringLength}`);
  });
});
