/** What a message does between being asked for and being seen. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Block, Content } from '../../../../src/core/content.js';
import { mount } from '../../../../src/sdk/messages/mount.js';
import type { MessageRequest } from '../../../../src/sdk/messages/contract.js';
import { NOW } from '../../../cases/expand.js';
import { drawingBrowser, inside } from './browser.fixture.js';
import { noteTaking, requestFor } from './drawing.fixture.js';

let undo: () => void;
let unmount: (() => void) | undefined;
beforeEach(() => {
  undo = drawingBrowser();
});
afterEach(() => {
  vi.useRealTimers();
  unmount?.();
  undo();
  document.documentElement.lang = '';
});

const find = <Found extends HTMLElement>(selector: string) => inside()!.querySelector<Found>(selector)!;
const loadSurvey = () => import('../../../../src/sdk/messages/survey.js');
const saying = (format: Content['format'], more: Partial<Content> = {}): Content => ({
  format,
  cards: [{ id: 'one', blocks: [{ block: 'text', text: { en: 'Tea', ja: '茶' } }] }],
  ...more,
});

async function put(content: Content, more: Partial<MessageRequest> = {}, load = loadSurvey) {
  const { events } = noteTaking([]);
  const mounted = await mount(requestFor(content, more), events, load);
  unmount = mounted?.unmount;
  return { mounted, events };
}

/** From now on nothing is in view until it is said so. */
function unseen(): () => void {
  const looks: (() => void)[] = [];
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(hear: (entries: { isIntersecting: boolean }[]) => void) {
        looks.push(() => hear([{ isIntersecting: true }]));
      }
      observe() {}
      disconnect() {}
    },
  );
  return () => looks.forEach((look) => look());
}

test('the seconds of a toast, and its announcement, begin when it is seen', async () => {
  vi.useFakeTimers();
  const see = unseen();
  const putting = put(saying('toast', { seconds: 20 }));
  await vi.advanceTimersByTimeAsync(100);
  const { events } = await putting;
  // In a tab that is behind another.
  await vi.advanceTimersByTimeAsync(60_000);
  expect([events.closed.mock.calls, find('[role=status]').textContent]).toEqual([[], '']);
  see();
  await vi.advanceTimersByTimeAsync(300);
  expect([events.shown.mock.calls, find('[role=status]').textContent]).toEqual([[[]], 'Tea']);
  await vi.advanceTimersByTimeAsync(19_000);
  expect(events.closed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1000);
  expect(events.closed).toHaveBeenCalledExactlyOnceWith('end');
});

const slot = '<div data-kikubari-slot="news"></div>';
/** As a page of a framework does when it draws again. */
function drawAgain(html: string): Element | null {
  document.body.innerHTML = html;
  const found = document.querySelector('[data-kikubari-slot]');
  if (found) found.getBoundingClientRect = () => new DOMRect(0, 0, 300, 120);
  return found;
}

test('a slot that the page has drawn anew meanwhile is where the message goes', async () => {
  drawAgain(slot);
  const putting = put(saying('inline', { slot: 'news' }));
  const anew = drawAgain(slot)!;
  const { mounted } = await putting;
  expect([mounted?.isHere(), anew.childElementCount]).toEqual([true, 1]);
});

test('without the slot that was there a message does not stand elsewhere', async () => {
  drawAgain(slot);
  const putting = put(saying('inline', { slot: 'news' }));
  drawAgain('');
  expect([(await putting).mounted, document.querySelector('[data-kikubari]')]).toEqual([null, null]);
});

test('a language the page changes to while a message is drawn is the one it comes out in', async () => {
  document.documentElement.lang = 'en';
  const putting = put(saying('slide-in'));
  document.documentElement.lang = 'ja';
  await putting;
  await vi.waitFor(() => expect(find('.text').textContent).toBe('茶'));
  expect(inside()!.querySelectorAll('.surface')).toHaveLength(1);
});

/** With a code from a pool; how often it was asked for. */
async function putOffer(more: Partial<Content>, blocks: Block[] = [], load?: typeof loadSurvey) {
  const fetch = vi.fn(() => Promise.resolve(new Response('{"code":"TEN"}')));
  const asking = {
    env: { fetch, later: () => 0, cancel: () => {} },
    options: { site: 's', endpoint: '' },
    visitor: { who: () => ({ visitor: 'v' }) },
  };
  const offer: Content = {
    format: 'slide-in',
    cards: [{ id: 'one', blocks: [{ block: 'coupon', pool: 'ten' }, ...blocks] }],
    ...more,
  };
  const { mounted } = await put(offer, { asking }, load);
  return [!!mounted, fetch.mock.calls.length];
}

test('no code is taken for a message that cannot be shown', async () => {
  expect(await putOffer({})).toEqual([true, 1]);
  unmount!();
  const until = new Date(NOW - 1000).toISOString();
  expect(await putOffer({}, [{ block: 'countdown', until }])).toEqual([false, 0]);
  expect(await putOffer({ format: 'tooltip', anchor: '#gone' })).toEqual([false, 0]);
  document.body.innerHTML = slot;
  expect(await putOffer({ format: 'inline', slot: 'news' })).toEqual([false, 0]);
  const question: Block = { block: 'question', question: { kind: 'nps', id: 'q', label: 'Q' } };
  expect(await putOffer({}, [question], () => Promise.reject(new Error('no chunk')))).toEqual([false, 0]);
});

test('what a button opens comes when its own message is gone, and has left the focus where it was', async () => {
  document.body.innerHTML = '<input>';
  document.querySelector('input')!.focus();
  const openButton: Block = {
    block: 'buttons',
    buttons: [{ id: 'more', label: 'More', action: { do: 'open', campaign: 'more' } }],
  };
  const { events } = await put({ format: 'modal', cards: [{ id: 'one', blocks: [openButton] }] });
  events.open.mockImplementation(() => [document.querySelector('[data-kikubari]'), document.activeElement]);
  find('.button').click();
  await vi.waitFor(() => expect(events.open).toHaveBeenCalledExactlyOnceWith('more'));
  expect(events.open).toHaveReturnedWith([null, document.querySelector('input')]);
});

test('a further card of text alone is read from its text, and not from what closes it', async () => {
  const { events } = await put({
    format: 'slide-in',
    cards: [
      { id: 'one', blocks: [{ block: 'question', question: { kind: 'nps', id: 'q', label: 'Q' } }] },
      { id: 'thanks', end: true, blocks: [{ block: 'text', text: 'Thank you' }] },
    ],
  });
  find('form').dispatchEvent(new Event('submit', { cancelable: true }));
  expect([events.completed.mock.calls.length, inside()!.activeElement?.textContent]).toEqual([
    1,
    'Thank you',
  ]);
});

test('a message whose deadline is over before it comes does not come', async () => {
  vi.useFakeTimers({ now: NOW });
  const countdown: Block = { block: 'countdown', until: new Date(NOW + 1500).toISOString() };
  const { setTimeout } = window;
  // It has to wait for its place.
  vi.stubGlobal('setTimeout', (run: () => void, ms?: number) => setTimeout(run, ms ?? 5000));
  const putting = put({ format: 'slide-in', cards: [{ id: 'one', blocks: [countdown] }] }, { now: Date.now });
  await vi.advanceTimersByTimeAsync(10_000);
  const { mounted, events } = await putting;
  expect([mounted, inside(), events.shown.mock.calls]).toEqual([null, undefined, []]);
});
