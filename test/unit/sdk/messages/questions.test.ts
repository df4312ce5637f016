import { beforeEach, describe, expect, test } from 'vitest';
import type { Card, Question } from '../../../../src/core/content.js';
import type { Properties } from '../../../../src/core/events.js';
import { createSurvey } from '../../../../src/sdk/messages/survey.js';
import type { State } from '../../../../src/sdk/messages/view.js';
import { wordsFor } from '../../../../src/sdk/messages/words.js';
import { noteTaking } from './drawing.fixture.js';

const find = <Found extends HTMLElement>(selector: string) => document.querySelector<Found>(selector)!;
const all = <Found extends HTMLElement>(selector: string) => [...document.querySelectorAll<Found>(selector)];
const inputs = () => all<HTMLInputElement>('input');
/** What a control is called: its own name, else the words of its label. */
const nameOf = (control: HTMLInputElement) =>
  control.getAttribute('aria-label') ?? control.labels![0]!.textContent;
const submit = () => find('form').dispatchEvent(new Event('submit', { cancelable: true }));
const back = () =>
  all('.steps button')
    .find(({ textContent }) => textContent == 'Back')!
    .click();
const write = (control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, text: string) => {
  control.value = text;
  control.dispatchEvent(new Event('input', { bubbles: true }));
};
/** Until what waits for the end of the task has come. */
const task = () => new Promise((resolve) => setTimeout(resolve));

const asked = { id: 'q', label: 'How?' };
const abc = ['a', 'b', 'c'].map((value) => ({ value, label: value.toUpperCase() }));
const card = (id: string, ...questions: Question[]): Card => ({
  id,
  blocks: questions.map((question) => ({ block: 'question', question })),
});
const text: Question = { kind: 'text', id: 'why', label: 'Why?' };

function start(cards: Card[], answers: Properties = {}, random?: () => number, language = 'en') {
  const state: State = { answers, drafts: {}, trail: [], orders: {} };
  const notes = noteTaking(cards, { state, language, words: wordsFor(language) });
  notes.view.request.random = random;
  const draw = () => document.body.replaceChildren(createSurvey(notes.view, notes.tools));
  draw();
  const saved = () =>
    notes.events.answered.mock.calls.map(([answer]) => {
      const { value, other } = answer as { value: unknown; other?: unknown };
      return other === undefined ? value : [value, other];
    });
  return { ...notes, state, draw, saved };
}

beforeEach(() => document.body.replaceChildren());

describe('one’s own words', () => {
  const other = { ...asked, kind: 'choice', choices: abc, other: 'Else', required: true } as const;
  const line = () => find<HTMLInputElement>('input.line');
  const invalid = (control: Element) => control.getAttribute('aria-invalid');

  test('are what is wrong where they are missing, beside a dropdown', async () => {
    start([card('one', { ...other, look: 'dropdown' })]);
    await task();
    const select = find<HTMLSelectElement>('select');
    submit();
    expect([invalid(select), invalid(line()), document.activeElement]).toEqual(['true', null, select]);
    write(select, 'other');
    submit();
    expect([invalid(select), invalid(line()), document.activeElement]).toEqual(['false', 'true', line()]);
    expect(line().getAttribute('aria-describedby')).toBe('problem-q');
    write(line(), 'mine');
    expect(invalid(line())).toBe('false');
  });

  test('are what is wrong where they are missing, beside a list', async () => {
    start([card('one', other)]);
    await task();
    inputs()[3]!.click();
    submit();
    expect([invalid(line()), document.activeElement]).toEqual(['true', line()]);
    inputs()[0]!.click();
    expect([invalid(line()), line().hidden]).toEqual(['false', true]);
  });
});

describe('the days one can choose', () => {
  test.each<[from: string | undefined, until: string | undefined, language: string, days: string]>([
    ['2026-05-01', '2026-05-31', 'en', 'May 1, 2026 – May 31, 2026'],
    ['2026-05-01', undefined, 'en', 'May 1, 2026 –'],
    [undefined, '2026-05-31', 'en', '– May 31, 2026'],
    ['2026-05-01', '2026-05-31', 'ja', '2026年5月1日 – 2026年5月31日'],
    ['today', '2026-05-31', 'de', '– 31. Mai 2026'],
  ])(
    'from %s until %s stand with the question and with what is wrong, in %s',
    (from, until, language, days) => {
      start([card('one', { ...asked, kind: 'date', from, until, required: true })], {}, undefined, language);
      expect([find('.ends').textContent, inputs()[0]!.getAttribute('aria-describedby')]).toEqual([
        days,
        'ends-q problem-q',
      ]);
      submit();
      expect(find('.problem').textContent).toMatch(new RegExp(`[.。] ${days}$`));
      write(inputs()[0]!, '2026-05-03');
      expect(find('.problem').textContent).toBe('');
    },
  );

  test('are not told where they are any', () => {
    start([card('one', { ...asked, kind: 'date', required: true })]);
    submit();
    expect([find('.ends'), find('.problem').textContent]).toEqual([null, 'Please choose an answer.']);
  });
});

describe('scores', () => {
  const numbers = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, at) => first + at);
  test.each<[Question, number, number, look: string]>([
    [{ ...asked, kind: 'nps' }, 0, 10, 'scale nps of-11'],
    [{ ...asked, kind: 'csat' }, 1, 5, 'scale csat of-5'],
    [{ ...asked, kind: 'csat', look: 'stars' }, 1, 5, 'scale stars of-5'],
    [{ ...asked, kind: 'ces' }, 1, 7, 'scale ces of-7'],
    [{ ...asked, kind: 'rating' }, 1, 5, 'scale stars of-5'],
    [{ ...asked, kind: 'rating', of: 10, look: 'numbers' }, 1, 10, 'scale rating of-10'],
  ])('%j', (question, first, last, look) => {
    const { saved } = start([card('one', question)]);
    expect(inputs().map(({ type, name }) => [type, name])).toEqual(
      numbers(first, last).map(() => ['radio', 'q']),
    );
    expect(inputs().map(nameOf)).toEqual(numbers(first, last).map((score) => `${score} of ${last}`));
    expect([find('legend').textContent, find('.scale').className]).toEqual(['How? optional', look]);
    inputs()[0]!.click();
    submit();
    expect(saved()).toEqual([first]);
  });

  test('are drawn as faces, stars or numbers; a number stands where it says more than a drawing', () => {
    const look = (question: Question) => {
      start([card('one', question)]);
      const shown = find('.scale label span');
      return [shown.querySelectorAll('svg').length, shown.textContent];
    };
    expect(look({ ...asked, kind: 'csat' })).toEqual([1, '1']);
    expect(look({ ...asked, kind: 'csat', look: 'numbers' })).toEqual([0, '1']);
    expect(look({ ...asked, kind: 'rating' })).toEqual([1, '']);
    expect(look({ ...asked, kind: 'rating', look: 'numbers' })).toEqual([0, '1']);
    expect(look({ ...asked, kind: 'nps' })).toEqual([0, '0']);
  });

  test('say what their ends mean, also to who hears them', () => {
    start([card('one', { ...asked, kind: 'ces', low: 'hard', high: 'easy' })]);
    const [ends, problem] = find('fieldset').getAttribute('aria-describedby')!.split(' ');
    expect([find(`#${ends}`).textContent, find(`#${problem}`).role]).toEqual(['hardeasy', 'alert']);
  });

  test('have names in the language of the frame', () => {
    start([card('one', { ...asked, kind: 'ces' })], {}, undefined, 'ja');
    expect(nameOf(inputs()[2]!)).toBe('7点中3点');
  });
});

test('thumbs are up or down, each with its word', () => {
  const { saved } = start([card('one', { ...asked, kind: 'thumbs' })]);
  expect(inputs().map((input) => [input.type, nameOf(input)])).toEqual([
    ['radio', 'Yes'],
    ['radio', 'No'],
  ]);
  expect(all('svg[aria-hidden=true]')).toHaveLength(2);
  inputs()[1]!.click();
  submit();
  expect(saved()).toEqual(['down']);
});

test('pictures are named by their label, and one that must not be shown is its label', () => {
  const bad = ['javascript', 'alert(1)'].join(':');
  const choices = [
    { value: 'a', label: 'A', src: '/a.png' },
    { value: 'b', label: 'B', src: bad },
  ];
  const { saved } = start([card('one', { ...asked, kind: 'picture', choices, multiple: true })]);
  expect(inputs().map((input) => [input.type, nameOf(input)])).toEqual([
    ['checkbox', 'A'],
    ['checkbox', 'B'],
  ]);
  expect(all<HTMLImageElement>('img').map(({ src, alt }) => [src, alt])).toEqual([
    [`${location.origin}/a.png`, ''],
  ]);
  for (const input of inputs()) input.click();
  submit();
  expect(saved()).toEqual([['a', 'b']]);
});

describe('choices', () => {
  const choice: Question = { ...asked, kind: 'choice', choices: abc };

  test('are one, or a list in the order they are shown, and none again', () => {
    const one = start([card('one', choice)]);
    expect(inputs().map((input) => [input.type, nameOf(input)])).toEqual(
      ['A', 'B', 'C'].map((name) => ['radio', name]),
    );
    inputs()[2]!.click();
    inputs()[1]!.click();
    submit();
    expect(one.saved()).toEqual(['b']);
    const several = start([card('one', { ...choice, multiple: true }), card('two', text)]);
    expect(inputs()[0]!.type).toBe('checkbox');
    inputs()[2]!.click();
    inputs()[0]!.click();
    submit();
    back();
    for (const input of inputs()) if (input.checked) input.click();
    submit();
    expect(several.saved()).toEqual([['a', 'c'], []]);
  });

  test.each(['list', 'dropdown'] as const)(
    'of one’s own (%s) come last and bring a line for it',
    async (look) => {
      const { saved, events } = start([card('one', { ...choice, other: 'Other', look }), card('two', text)]);
      const line = () => find<HTMLInputElement>('input.line');
      await task();
      expect([line().hidden, line().getAttribute('aria-label'), line().maxLength]).toEqual([
        true,
        'Other',
        200,
      ]);
      const choose = (value: string) =>
        look == 'list'
          ? inputs()[['a', 'b', 'c', 'other'].indexOf(value)]!.click()
          : write(find<HTMLSelectElement>('select'), value);
      choose('other');
      expect(line().hidden).toBe(false);
      write(line(), ' mine ');
      submit();
      back();
      await task();
      expect([line().hidden, line().value.trim()]).toEqual([false, 'mine']);
      write(line(), 'yours');
      submit();
      back();
      submit();
      back();
      await task();
      choose('a');
      expect(line().hidden).toBe(true);
      submit();
      expect(saved()).toEqual([['other', 'mine'], ['other', 'yours'], 'a']);
      expect(events.answered.mock.calls[0]).toEqual([
        { card: 'one', question: 'q', kind: 'choice', value: 'other', wording: 'How?', other: 'mine' },
      ]);
    },
  );

  test('of one’s own among several are saved beside the list, and need no words where nothing is required', () => {
    const { saved } = start([card('one', { ...choice, multiple: true, other: 'Other' })]);
    inputs()[0]!.click();
    inputs()[3]!.click();
    submit();
    expect(saved()).toEqual([['a', 'other']]);
  });

  test('of one’s own that are required are not sent without words', () => {
    const { saved, events } = start([card('one', { ...choice, other: 'Other', required: true })]);
    inputs()[3]!.click();
    write(find<HTMLInputElement>('input.line'), '  ');
    submit();
    expect([find('.problem').textContent, saved()]).toEqual(['Please write an answer.', []]);
    write(find<HTMLInputElement>('input.line'), 'mine');
    submit();
    expect([saved(), events.completed.mock.calls.length]).toEqual([[['other', 'mine']], 1]);
  });

  test('in a dropdown can be taken back', () => {
    const { saved } = start([card('one', { ...choice, look: 'dropdown' }), card('two', text)], { q: 'b' });
    back();
    const select = find<HTMLSelectElement>('select');
    expect([select.labels[0]!.textContent, select.value]).toEqual(['How? optional', 'b']);
    expect([...select.options].map(({ value, label }) => [value, label])).toEqual([
      ['', 'Please choose'],
      ['a', 'A'],
      ['b', 'B'],
      ['c', 'C'],
    ]);
    write(select, '');
    submit();
    expect(saved()).toEqual([null]);
  });
});

describe('shuffled choices', () => {
  const many = Array.from({ length: 10 }, (_, at) => ({ value: `v${at}`, label: `V${at}` }));
  const names = () => all('.choices label').map(({ textContent }) => textContent);
  const shuffled = (more: object = {}): Question => ({
    ...asked,
    kind: 'choice',
    choices: many,
    shuffled: true,
    other: 'Other',
    ...more,
  });
  /** Numbers that look random and are always the same. */
  const sequence = () => {
    let at = 1;
    return () => (at = (at * 16807) % 2147483647) / 2147483647;
  };

  test('are all there in another order, one’s own last', () => {
    start([card('one', shuffled())], {}, sequence());
    const drawn = names();
    expect([drawn.length, drawn.at(-1)]).toEqual([11, 'Other']);
    expect(drawn.slice(0, 10).sort()).toEqual(many.map(({ label }) => label));
    expect(drawn.slice(0, 10)).not.toEqual(many.map(({ label }) => label));
  });

  test('stay as they are going back and in another language, and what is saved is what was chosen', () => {
    const { saved, draw } = start([card('one', shuffled()), card('two', text)], {}, sequence());
    const drawn = names();
    inputs()[3]!.click();
    submit();
    back();
    expect([names(), inputs().findIndex(({ checked }) => checked)]).toEqual([drawn, 3]);
    draw();
    expect(names()).toEqual(drawn);
    expect(saved()).toEqual([drawn[3]!.toLowerCase()]);
  });

  test('are those of a dropdown too, which stays as it is going back', () => {
    start([card('one', shuffled())], {}, sequence());
    const drawn = names();
    start([card('one', shuffled({ look: 'dropdown' })), card('two', text)], {}, sequence());
    const options = () => all<HTMLOptionElement>('option').map(({ label }) => label);
    expect(options()).toEqual(['Please choose', ...drawn]);
    submit();
    back();
    expect(options()).toEqual(['Please choose', ...drawn]);
  });

  test('come in each order about as often', () => {
    const random = sequence();
    const counts: { [order: string]: number } = {};
    for (let run = 0; run < 300; run++) {
      start([card('one', shuffled({ choices: abc, other: undefined }))], {}, random);
      counts[names().join('')] = (counts[names().join('')] ?? 0) + 1;
    }
    expect(Object.keys(counts)).toHaveLength(6);
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(25);
  });

  test('keep the author’s order where it is not asked for', () => {
    start([card('one', shuffled({ shuffled: false }))], {}, () => 0);
    expect(names().slice(0, 3)).toEqual(['V0', 'V1', 'V2']);
  });
});

describe('fields', () => {
  const field = (question: Question) => {
    const notes = start([card('one', question)]);
    return { ...notes, control: find<HTMLInputElement>('#q') };
  };
  test.each<[Question, { [name: string]: string | null }]>([
    [
      { ...asked, kind: 'date', from: '2026-05-01', until: '2026-05-31', required: true },
      { type: 'date', min: '2026-05-01', max: '2026-05-31', required: 'true' },
    ],
    [
      { ...asked, kind: 'date' },
      { type: 'date', min: null, max: null, required: null },
    ],
    [
      { ...asked, kind: 'contact', field: 'email' },
      { type: 'email', autocomplete: 'email', maxlength: '254' },
    ],
    [
      { ...asked, kind: 'contact', field: 'tel' },
      { type: 'tel', autocomplete: 'tel' },
    ],
    [
      { ...asked, kind: 'contact', field: 'name' },
      { type: 'text', autocomplete: 'name' },
    ],
    [
      { ...asked, kind: 'text', short: true, placeholder: 'Say', maxLength: 9 },
      { type: null, placeholder: 'Say', maxlength: '9' },
    ],
  ])('%j', (question, attributes) => {
    const { control } = field(question);
    const found = Object.keys(attributes).map((name) => [name, control.getAttribute(name)]);
    expect([control.localName, Object.fromEntries(found)]).toEqual(['input', attributes]);
    expect(nameOf(control)).toMatch(/^How\?/);
    expect(find(`#${control.getAttribute('aria-describedby')!.split(' ').at(-1)}`).className).toBe('problem');
  });

  test('a page of text is one', () => {
    const { control } = field({ ...asked, kind: 'text', placeholder: 'Say', maxLength: 9 });
    expect([control.localName, control.placeholder, control.maxLength]).toEqual(['textarea', 'Say', 9]);
  });

  test('what is written is saved without the blanks around it, and is there going back', () => {
    const questions: Question[] = [
      { ...asked, kind: 'contact', field: 'name' },
      { id: 'day', label: 'When?', kind: 'date' },
    ];
    const { saved } = start([card('one', ...questions), card('two', text)]);
    write(find<HTMLInputElement>('#q'), ' Mei ');
    write(find<HTMLInputElement>('#day'), '2026-05-02');
    submit();
    expect(saved()).toEqual(['Mei', '2026-05-02']);
    back();
    expect(inputs().map(({ value }) => value.trim())).toEqual(['Mei', '2026-05-02']);
    submit();
    expect(saved()).toHaveLength(2);
  });

  test('what the browser refuses is not sent, also where nothing is required', () => {
    const { control, saved } = field({ ...asked, kind: 'contact', field: 'email' });
    write(control, 'mei');
    submit();
    expect([find('.problem').textContent, control.getAttribute('aria-invalid'), saved()]).toEqual([
      'Please write it like name@example.com.',
      'true',
      [],
    ]);
    write(control, 'mei@example.com');
    expect([find('.problem').textContent, control.getAttribute('aria-invalid')]).toEqual(['', 'false']);
    submit();
    expect(saved()).toEqual(['mei@example.com']);
  });

  test('a day outside what may be chosen is not sent', () => {
    const { control, saved } = field({ ...asked, kind: 'date', from: '2026-05-01', until: '2026-05-31' });
    for (const day of ['2026-04-30', '2026-06-01']) {
      write(control, day);
      submit();
      expect(find('.problem').textContent).toMatch(/^Please choose a day that can be chosen\. May 1/);
    }
    write(control, '2026-05-31');
    submit();
    expect(saved()).toEqual(['2026-05-31']);
  });

  test('labels and choices are text and nothing else', () => {
    const label = '<img src=x onerror=alert(1)>';
    const choices = [{ value: label, label }];
    start([card('one', { ...asked, label, kind: 'choice', choices, look: 'dropdown', other: label })]);
    start([card('one', { ...asked, label, kind: 'choice', choices, other: label })]);
    expect(all('img')).toEqual([]);
  });
});

describe('the same survey, drawn again', () => {
  const cards = [
    card('one', { ...asked, kind: 'choice', choices: abc, other: 'Other' }),
    card('two', text),
    { id: 'thanks', end: true, blocks: [{ block: 'heading' as const, text: 'Thanks' }] },
  ];
  test('keeps the card one is on and what was chosen and written, saved or not', () => {
    const { draw, saved } = start(cards);
    inputs()[3]!.click();
    write(find<HTMLInputElement>('input.line'), 'mine');
    draw();
    expect([inputs()[3]!.checked, find<HTMLInputElement>('input.line').value]).toEqual([true, 'mine']);
    expect(find<HTMLInputElement>('input.line').hidden).toBe(false);
    submit();
    write(find<HTMLTextAreaElement>('textarea'), 'half a tho');
    draw();
    expect(find<HTMLTextAreaElement>('textarea').value).toBe('half a tho');
    back();
    expect([inputs()[3]!.checked, saved()]).toEqual([true, [['other', 'mine']]]);
  });

  test('thanks still, whatever language it thanks in', () => {
    const { draw, events } = start(cards);
    submit();
    submit();
    expect(find('h2').textContent).toBe('Thanks');
    draw();
    expect(find('h2')?.textContent).toBe('Thanks');
    expect(events.completed).toHaveBeenCalledOnce();
  });

  test('begins afresh where a tab was closed over its thanks', () => {
    const { draw, state } = start(cards);
    inputs()[0]!.click();
    submit();
    submit();
    state.isOpen = false;
    draw();
    expect([inputs()[0]!.checked, find('legend').textContent]).toEqual([false, 'How? optional']);
  });

  test('is found as it was left where a tab was closed half-way', () => {
    const { draw, state } = start(cards);
    submit();
    write(find<HTMLTextAreaElement>('textarea'), 'half');
    state.isOpen = false;
    draw();
    expect(find<HTMLTextAreaElement>('textarea').value).toBe('half');
  });
});

test('a survey of which only the end is left says that', () => {
  const thanks: Card = { id: 'sorry', end: true, blocks: [{ block: 'heading', text: 'Sorry' }] };
  start([thanks, card('one', text)]);
  expect([find('h2').textContent, all('textarea')]).toEqual(['Sorry', []]);
});
