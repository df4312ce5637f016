import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Block, Card, Content, Question } from '../../../../src/core/content.js';
import { mount } from '../../../../src/sdk/messages/mount.js';
import type { MessageRequest } from '../../../../src/sdk/messages/contract.js';
import { expandFacts } from '../../../cases/expand.js';
import { drawingBrowser, inside } from './browser.fixture.js';
import { noteTaking, requestFor } from './drawing.fixture.js';

let undo: () => void;
beforeEach(() => {
  undo = drawingBrowser();
});
afterEach(() => {
  vi.useRealTimers();
  undo();
  document.documentElement.lang = '';
});

const find = <Found extends HTMLElement>(selector: string) => inside()!.querySelector<Found>(selector)!;
const survey: Content = {
  format: 'slide-in',
  cards: [
    {
      id: 'hello',
      blocks: [{ block: 'heading', text: { en: 'Hi {{ visitor.name }}', ja: '{{ visitor.name }}様' } }],
    },
    {
      id: 'why',
      blocks: [
        { block: 'question', question: { kind: 'text', id: 'why', label: { en: 'Why?', ja: '理由は?' } } },
      ],
    },
  ],
};

async function put(content: Content, more: Partial<MessageRequest> = {}) {
  const { events } = noteTaking([]);
  const known = { facts: expandFacts({ attributes: { name: 'Mei' } }) };
  const request = requestFor(content, { known, ...more });
  const mounted = await mount(request, events, () => import('../../../../src/sdk/messages/survey.js'));
  return { mounted, events };
}

test('a message follows the page to another language, with the card one is on and what was written', async () => {
  const { mounted, events } = await put(survey);
  expect([find('h2').textContent, find('.surface').getAttribute('aria-label')]).toEqual(['Hi Mei', 'Hi Mei']);
  find('form').dispatchEvent(new Event('submit', { cancelable: true }));
  find<HTMLTextAreaElement>('textarea').value = 'half';
  find('textarea').dispatchEvent(new Event('input', { bubbles: true }));
  document.documentElement.lang = 'ja';
  await vi.waitFor(() => expect(find('label').textContent).toBe('理由は? 任意'));
  expect([find<HTMLTextAreaElement>('textarea').value, find('.root').lang]).toEqual(['half', 'ja']);
  expect(inside()!.querySelectorAll('.surface')).toHaveLength(1);
  await vi.waitFor(() => expect(events.shown).toHaveBeenCalledOnce());
  mounted!.unmount();
  expect([mounted!.isHere(), events.closed.mock.calls, events.failed.mock.calls]).toEqual([false, [], []]);
});

test('a message in the page is there as long as its slot is, and comes only where that has room', async () => {
  const content: Content = { ...survey, format: 'inline', slot: 'news' };
  document.body.innerHTML = '<main><div data-kikubari-slot="news"></div></main>';
  expect((await put(content)).mounted).toBeNull();
  const slot = document.querySelector('[data-kikubari-slot]')!;
  expect(slot.childElementCount).toBe(0);
  slot.getBoundingClientRect = () => new DOMRect(0, 0, 300, 120);
  const { mounted } = await put(content);
  expect([mounted!.isHere(), slot.firstElementChild!.getAttribute('data-kikubari')]).toEqual([
    true,
    'inline',
  ]);
  expect(find('.close')).toBeNull();
  document.querySelector('main')!.remove();
  expect(mounted!.isHere()).toBe(false);
});

test('blocks that are left out are counted', async () => {
  const { cards } = survey;
  const strange = { block: 'hologram' } as unknown as Block;
  const mail: Question = { kind: 'contact', id: 'mail', label: 'Mail', field: 'email' };
  const newer: Card[] = [...cards, { id: 'more', blocks: [strange, { block: 'question', question: mail }] }];
  const told = async (content: Content) => {
    const { mounted, events } = await put(content);
    await vi.waitFor(() => expect(events.shown).toHaveBeenCalled());
    mounted!.unmount();
    return events.shown.mock.calls;
  };
  expect([await told({ ...survey, cards: newer }), await told(survey)]).toEqual([[[2]], [[]]]);
});

test('a slot that goes closes the message in it', async () => {
  document.body.innerHTML = '<div data-kikubari-slot="news"></div>';
  const slot = document.querySelector('[data-kikubari-slot]')!;
  slot.getBoundingClientRect = () => new DOMRect(0, 0, 300, 120);
  const { mounted, events } = await put({ ...survey, format: 'inline', slot: 'news' });
  slot.remove();
  await vi.waitFor(() => expect(events.closed).toHaveBeenCalledExactlyOnceWith('removed'));
  expect(mounted!.isHere()).toBe(false);
});

test('a toast goes by itself, unless it is being read', async () => {
  vi.useFakeTimers();
  const toast: Content = { ...survey, format: 'toast', seconds: 20 };
  const putting = put({ ...toast, cards: toast.cards.slice(0, 1) });
  await vi.advanceTimersByTimeAsync(100);
  const { events } = await putting;
  await vi.advanceTimersByTimeAsync(19_800);
  // jsdom cannot be asked what the pointer is over, nor what holds the focus inside.
  let isRead = true;
  Object.assign(find('.toast'), { matches: () => isRead });
  await vi.advanceTimersByTimeAsync(5000);
  expect(events.closed).not.toHaveBeenCalled();
  isRead = false;
  await vi.advanceTimersByTimeAsync(1100);
  expect(events.closed).toHaveBeenCalledExactlyOnceWith('end');
});

test.each(['constructor', '__proto__', 'toString'])(
  'a required question is not passed without an answer, though its id is a word every object has: %s',
  async (id) => {
    const first: Question = { kind: 'text', id, label: 'Why?', required: true };
    const card = (question: Question): Card => ({
      id: question.label as string,
      blocks: [{ block: 'question', question }],
    });
    const { mounted, events } = await put({
      format: 'slide-in',
      cards: [card(first), card({ ...first, id: 'more', label: 'And?' })],
    });
    const submit = () => find('form').dispatchEvent(new Event('submit', { cancelable: true }));
    expect(find<HTMLTextAreaElement>('textarea').value).toBe('');
    submit();
    expect([find('.problem').textContent, events.passedOver.mock.calls]).not.toContain('');
    expect(find('label').textContent).toBe('Why?');
    find<HTMLTextAreaElement>('textarea').value = 'so';
    find('textarea').dispatchEvent(new Event('input', { bubbles: true }));
    submit();
    expect(events.answered).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ question: id, value: 'so' }),
    );
    expect(find('label').textContent).toBe('And?');
    mounted!.unmount();
  },
);

test('what the page opens while it is drawn is seen to first', async () => {
  let isBlocked = true;
  const { mounted, events } = await put(survey, { isBlocked: () => isBlocked });
  expect([!!mounted, inside()]).toEqual([true, undefined]);
  isBlocked = false;
  await vi.waitFor(() => expect(find('h2').textContent).toBe('Hi Mei'), 2000);
  await vi.waitFor(() => expect(events.shown).toHaveBeenCalledOnce());
  mounted!.unmount();
});

test('what is taken away while it waits never comes, and what cannot come any more gives its place back', async () => {
  vi.useFakeTimers();
  let isBlocked = true;
  const putting = [1, 2].map(() => put(survey, { isBlocked: () => isBlocked }));
  await vi.advanceTimersByTimeAsync(100);
  const [gone, late] = await Promise.all(putting);
  gone!.mounted!.unmount();
  vi.spyOn(document.body, 'append').mockImplementation(() => {
    throw new TypeError('no room');
  });
  isBlocked = false;
  await vi.advanceTimersByTimeAsync(1000);
  vi.restoreAllMocks();
  expect([gone!.events.closed.mock.calls, late!.events.closed.mock.calls]).toEqual([[], [['removed']]]);
  expect([inside(), late!.events.failed.mock.calls]).toEqual([undefined, []]);
});
