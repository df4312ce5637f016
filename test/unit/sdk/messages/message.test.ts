import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Card } from '../../../../src/core/content.js';
import { drawCoupon } from '../../../../src/sdk/messages/coupon.js';
import { element } from '../../../../src/sdk/messages/element.js';
import { createEnding } from '../../../../src/sdk/messages/ending.js';
import { announceIn } from '../../../../src/sdk/messages/liveRegion.js';
import { createPlainCards } from '../../../../src/sdk/messages/plainCards.js';
import { noteTaking } from './drawing.fixture.js';

beforeEach(() => {
  vi.useFakeTimers();
  document.body.replaceChildren();
});
afterEach(() => vi.useRealTimers());

test('a completed message is told of once, and has come to its end whatever closes it', () => {
  const { events } = noteTaking([]);
  const { complete, closed } = createEnding(events);
  closed('escape');
  complete();
  complete();
  closed('escape');
  expect(events.completed).toHaveBeenCalledOnce();
  expect(events.closed.mock.calls).toEqual([['escape'], ['end']]);
});

test('an announcement is gone from the reading order after 5 seconds, unless another took its place', async () => {
  const region = element('p', { role: 'status' });
  document.body.append(region);
  void announceIn(document.body, 'one');
  await vi.advanceTimersByTimeAsync(3000);
  void announceIn(document.body, 'two');
  await vi.advanceTimersByTimeAsync(3000);
  expect(region.textContent).toBe('two');
  await vi.advanceTimersByTimeAsync(3000);
  expect(region.textContent).toBe('');
});

describe('a coupon', () => {
  const coupon = { block: 'coupon', code: 'TEN', label: 'Code' } as const;
  const later = () => new Promise<void>((resolve) => setTimeout(resolve, 5000));
  const show = () => {
    const { view } = noteTaking([], { announce: vi.fn(later) });
    document.body.append(drawCoupon(coupon, view));
    return {
      button: document.querySelector('button')!,
      hint: document.querySelector('.coupon > p:last-child')!,
    };
  };
  const clipboard = (writeText: () => Promise<void>) =>
    vi.stubGlobal('navigator', { clipboard: { writeText } });
  afterEach(() => vi.unstubAllGlobals());

  test('says that it is copied for as long as the announcement lasts', async () => {
    clipboard(() => Promise.resolve());
    const { button, hint } = show();
    button.click();
    await vi.advanceTimersByTimeAsync(100);
    expect([button.textContent, hint.textContent]).toEqual(['Copied', '']);
    await vi.advanceTimersByTimeAsync(5000);
    expect(button.textContent).toBe('Copy');
  });

  test('selects the code and says what to do where copying is refused', async () => {
    clipboard(() => Promise.reject(new Error('no')));
    document.execCommand = () => false;
    const { button, hint } = show();
    button.click();
    await vi.advanceTimersByTimeAsync(100);
    expect([button.textContent, hint.textContent]).toEqual(['Copy', 'Please select the code and copy it.']);
    const { value, selectionEnd } = document.querySelector('input')!;
    expect([value, selectionEnd]).toEqual(['TEN', 3]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(hint.textContent).toBe('');
  });
});

describe('plain cards', () => {
  const card = (id: string, more: Partial<Card> = {}): Card => ({
    id,
    blocks: [
      { block: 'heading', text: id },
      { block: 'buttons', buttons: [{ id: 'on', label: 'On', action: { do: 'next' } }] },
    ],
    ...more,
  });
  const press = () => document.querySelector('button')!.click();
  const heading = () => document.querySelector('h2')!.textContent;

  test('follow each other, or go where `next` says, and complete on a closing card', () => {
    const { view, tools, events, leave } = noteTaking([
      card('a'),
      card('b', { next: 'd' }),
      card('c'),
      card('d', { end: true }),
    ]);
    document.body.append(createPlainCards(view, tools));
    press();
    expect([heading(), events.completed.mock.calls.length]).toEqual(['b', 0]);
    press();
    expect([heading(), events.completed.mock.calls.length]).toEqual(['d', 1]);
    press();
    expect(leave).toHaveBeenCalledExactlyOnceWith('end');
  });
});
