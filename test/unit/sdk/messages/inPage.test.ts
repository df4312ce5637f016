/** How a message bears what the page does around it: to its own children, and to its language. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Content } from '../../../../src/core/content.js';
import type { MessageRequest } from '../../../../src/sdk/messages/contract.js';
import { mount } from '../../../../src/sdk/messages/mount.js';
import { drawingBrowser, inside } from './browser.fixture.js';
import { noteTaking, requestFor } from './drawing.fixture.js';

let undo: () => void;
let unmount: (() => void) | undefined;
beforeEach(() => {
  undo = drawingBrowser();
});
afterEach(() => {
  vi.useRealTimers();
  // Else it would come back into the page of the next test.
  unmount?.();
  undo();
  document.documentElement.lang = '';
});

const host = () => document.querySelector('[data-kikubari]')!;
const find = <Found extends HTMLElement>(selector: string) => inside()!.querySelector<Found>(selector)!;
const written = { id: 'why', kind: 'text', label: { en: 'Why?', ja: '理由は?' } } as const;
const survey = (format: Content['format'], more: Partial<Content> = {}): Content => ({
  format,
  cards: [{ id: 'why', blocks: [{ block: 'question', question: written }] }],
  ...more,
});

async function put(content: Content, more: Partial<MessageRequest> = {}) {
  const { events } = noteTaking([]);
  const request = requestFor(content, more);
  const mounted = await mount(request, events, () => import('../../../../src/sdk/messages/survey.js'));
  unmount = mounted?.unmount;
  return { mounted, events };
}

/** Observers have been told. */
const heard = () => new Promise((resolve) => setTimeout(resolve));

test('a message of a picture and a button comes out in the language of its reader, and is named', async () => {
  const picture: Content = {
    format: 'modal',
    cards: [
      {
        id: 'sale',
        blocks: [
          {
            block: 'image',
            src: '/sale.png',
            alt: { en: 'Sale', ja: '特別価格' },
            width: 640,
            height: 320,
          },
          {
            block: 'buttons',
            buttons: [{ id: 'go', label: { en: 'See', ja: '見る' }, action: { do: 'close' } }],
          },
        ],
      },
    ],
  };
  await put(picture, { languages: ['ja', 'en'] });
  expect([find('.root').lang, find('dialog').ariaLabel, find<HTMLImageElement>('img').alt]).toEqual([
    'ja',
    '特別価格',
    '特別価格',
  ]);
});

describe('a modal', () => {
  /** The top layer, which jsdom has not: who was put there how often, and whether it still is. */
  function topLayer() {
    const layer = { raised: 0, isThere: false };
    HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
      layer.raised++;
      layer.isThere = true;
      const matches = this.matches.bind(this);
      Object.assign(this, {
        matches: (selector: string) => (selector.includes(':modal') ? layer.isThere : matches(selector)),
      });
    };
    return layer;
  }

  test('stays as it is while the page changes around it: one writes on, and a dialog of the page stays above', async () => {
    const layer = topLayer();
    await put(survey('modal'));
    const close = find('.close');
    close.focus();
    document.body.append(document.createElement('iframe'));
    await heard();
    document.querySelector('iframe')!.remove();
    await heard();
    expect(layer.raised).toBe(1);
    expect(inside()!.activeElement).toBe(close);
  });

  test('comes back to the top, with the focus, where the page has moved it', async () => {
    const layer = topLayer();
    const { events } = await put(survey('modal'));
    document.body.append(host());
    layer.isThere = false;
    await heard();
    expect(layer.raised).toBe(2);
    expect(inside()!.activeElement).toBe(find('textarea'));
    host().remove();
    layer.isThere = false;
    await heard();
    expect([layer.raised, host().isConnected, events.failed.mock.calls]).toEqual([3, true, []]);
  });
});

describe('a page that changes its language', () => {
  const inJapanese = () => vi.waitFor(() => expect(find('.surface label')?.textContent).toBe('理由は? 任意'));
  const open = async () => {
    document.body.innerHTML = '<input>';
    await put(survey('tab', { launcher: { en: 'Feedback', ja: 'ご意見' } }));
    find('.launcher button').click();
    await vi.waitFor(() => expect(inside()!.activeElement?.localName).toBe('textarea'));
  };

  test('leaves the focus where it is, though a tab is open', async () => {
    await open();
    document.querySelector('input')!.focus();
    document.documentElement.lang = 'ja';
    await inJapanese();
    expect(document.activeElement).toBe(document.querySelector('input'));
  });

  test('keeps the focus in the tab where it was there', async () => {
    await open();
    document.documentElement.lang = 'ja';
    await inJapanese();
    await vi.waitFor(() => expect(inside()!.activeElement?.localName).toBe('textarea'));
  });

  test('gives a message in it no more room than it had', async () => {
    document.body.innerHTML = '<div data-kikubari-slot="news"></div>';
    const slot = document.querySelector('[data-kikubari-slot]')!;
    slot.getBoundingClientRect = () => new DOMRect(0, 0, 300, 120);
    await put(survey('inline', { slot: 'news' }));
    // jsdom inherits no custom properties.
    const rooms = () =>
      [find('.inline'), host() as HTMLElement].map(({ style }) => style.getPropertyValue('--room'));
    expect(rooms()).toContain('120px');
    document.documentElement.lang = 'ja';
    await inJapanese();
    expect(rooms()).toContain('120px');
  });

  test('takes no toast away from its reader', async () => {
    vi.useFakeTimers();
    const putting = put(survey('toast', { seconds: 20 }));
    await vi.advanceTimersByTimeAsync(100);
    const { events } = await putting;
    await vi.advanceTimersByTimeAsync(15_000);
    document.documentElement.lang = 'ja';
    await vi.advanceTimersByTimeAsync(1);
    await inJapanese();
    // jsdom cannot be asked what the pointer is over.
    let isRead = true;
    Object.assign(find('.toast'), { matches: () => isRead });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(events.closed).not.toHaveBeenCalled();
    isRead = false;
    await vi.advanceTimersByTimeAsync(2000);
    expect(events.closed).toHaveBeenCalledExactlyOnceWith('end');
  });
});
