import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Countdown } from '../../../../src/core/content.js';
import { drawCountdown, requireTime } from '../../../../src/sdk/messages/countdown.js';
import { NOW } from '../../../cases/expand.js';
import { noteTaking } from './drawing.fixture.js';

const after = (ms: number) => new Date(NOW + ms).toISOString();
const SECOND = 1000;
const DAY = 86_400 * SECOND;
const LONG = DAY + 3 * 3600 * SECOND + 4 * 60 * SECOND + 5 * SECOND;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  document.body.replaceChildren();
});
afterEach(() => vi.useRealTimers());

/** Draws a countdown that ends so long after now; put into the page unless that is to come later. */
function draw(ms: number, more: Partial<Countdown> = {}, isThere = true, language = 'en') {
  const countdown: Countdown = { block: 'countdown', until: after(ms), ...more };
  const { view, leave, stops } = noteTaking([{ id: 'a', blocks: [countdown] }], { language });
  const { trail } = view.state;
  trail.push(view.content.cards[0]!);
  view.request.now = () => Date.now();
  const shown = drawCountdown(countdown, view);
  const put = () => document.body.append(shown);
  if (isThere) put();
  const parts = () =>
    [...shown.querySelectorAll<HTMLElement>('.clock > span')]
      .filter(({ hidden }) => !hidden)
      .map(({ children }) => [...children].map(({ textContent }) => textContent).join(' '));
  const over = () => shown.lastElementChild as HTMLElement;
  return {
    shown,
    parts,
    over,
    leave,
    stops,
    trail,
    put,
    clock: () => shown.querySelector<HTMLElement>('.clock')!,
  };
}

describe('how long it is', () => {
  test.each([
    [LONG, ['1 day', '03 hours', '04 minutes', '05 seconds']],
    [DAY, ['1 day', '00 hours', '00 minutes', '00 seconds']],
    [DAY - SECOND, ['23 hours', '59 minutes', '59 seconds']],
    [400 * DAY, ['400 days', '00 hours', '00 minutes', '00 seconds']],
    [3661 * SECOND, ['01 hour', '01 minute', '01 second']],
    [1, ['00 hours', '00 minutes', '01 second']],
  ])('is said in parts for %s ms', (ms, parts) => {
    expect(draw(ms).parts()).toEqual(parts);
  });

  test('is said in the language of the message, and nobody is told each second', () => {
    const { shown, parts, clock } = draw(LONG, { label: 'Ends in' }, true, 'ja');
    expect(parts()).toEqual(['1 日', '03 時間', '04 分', '05 秒']);
    expect([clock().getAttribute('role'), shown.querySelector('p')!.textContent]).toEqual([
      'timer',
      'Ends in',
    ]);
    expect(shown.querySelector('[aria-live]')).toBeNull();
  });

  test('is said in any other language too, in its own plurals', () => {
    expect(draw(LONG, {}, true, 'fr').parts()).toEqual(['1 jour', '03 heures', '04 minutes', '05 secondes']);
    expect(draw(2 * DAY, {}, true, 'ru').parts()[0]).toBe('2 дня');
    expect(draw(5 * DAY, {}, true, 'ru').parts()[0]).toBe('5 дней');
  });

  test('changes in place, second by second, and follows a clock that was put right', () => {
    const { parts, clock } = draw(LONG);
    const spans = [...clock().children];
    vi.advanceTimersByTime(6 * SECOND);
    expect(parts()).toEqual(['1 day', '03 hours', '03 minutes', '59 seconds']);
    vi.setSystemTime(NOW + DAY + 3 * 3600 * SECOND);
    vi.advanceTimersByTime(SECOND);
    expect(parts()).toEqual(['00 hours', '04 minutes', '04 seconds']);
    expect([...clock().children]).toEqual(spans);
  });

  test('is told from a moment that does not fall on a full second', () => {
    vi.setSystemTime(NOW + 300);
    const { parts } = draw(10 * SECOND);
    expect(parts().at(-1)).toBe('10 seconds');
    vi.advanceTimersByTime(699);
    expect(parts().at(-1)).toBe('10 seconds');
    vi.advanceTimersByTime(1);
    expect(parts().at(-1)).toBe('09 seconds');
  });
});

describe('when it is over', () => {
  test('what is to be said of that is said, and the message stays', () => {
    const { over, clock, leave } = draw(2 * SECOND, { ended: 'Too late' });
    expect([over().hidden, over().textContent]).toEqual([true, 'Too late']);
    vi.advanceTimersByTime(2 * SECOND);
    expect([over().hidden, clock().hidden, leave.mock.calls]).toEqual([false, true, []]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('the message goes where nothing is to be said', () => {
    const { leave } = draw(2 * SECOND);
    vi.advanceTimersByTime(SECOND);
    expect(leave).not.toHaveBeenCalled();
    vi.advanceTimersByTime(SECOND);
    expect(leave).toHaveBeenCalledExactlyOnceWith('end');
    vi.advanceTimersByTime(DAY);
    expect(leave).toHaveBeenCalledOnce();
  });

  test.each(['<textarea></textarea>', '<input class="line">'])('it waits while one writes (%s)', (field) => {
    const { leave } = draw(2 * SECOND);
    document.body.insertAdjacentHTML('beforeend', field);
    const control = document.querySelector<HTMLInputElement>('textarea,input')!;
    control.value = 'so';
    control.focus();
    vi.advanceTimersByTime(9 * SECOND);
    expect(leave).not.toHaveBeenCalled();
    control.blur();
    vi.advanceTimersByTime(SECOND);
    expect(leave).toHaveBeenCalledExactlyOnceWith('end');
    const other = draw(2 * SECOND);
    control.value = '';
    control.focus();
    vi.advanceTimersByTime(2 * SECOND);
    expect(other.leave).toHaveBeenCalledOnce();
  });

  test.each([-1, 0, -DAY])('from the start (%s ms), it says so at once', (ms) => {
    const { over, clock } = draw(ms, { ended: 'Too late' });
    expect([over().hidden, clock().hidden]).toEqual([false, true]);
  });
});

describe('off the page', () => {
  test('it goes on while what it is shown in takes its time', () => {
    const { parts, put } = draw(LONG, {}, false);
    vi.advanceTimersByTime(20 * SECOND);
    put();
    vi.advanceTimersByTime(SECOND);
    expect(parts().at(-1)).toBe('44 seconds');
    vi.advanceTimersByTime(SECOND);
    expect(parts().at(-1)).toBe('43 seconds');
  });

  test('it ends, and closes nothing, where there is something to say when it is over', () => {
    const { shown, leave } = draw(10 * SECOND, { ended: 'Too late' });
    vi.advanceTimersByTime(2 * SECOND);
    shown.remove();
    vi.advanceTimersByTime(60 * SECOND);
    expect([vi.getTimerCount(), leave.mock.calls]).toEqual([0, []]);
    draw(DAY, { ended: 'Too late' }, false);
    vi.advanceTimersByTime(60 * SECOND);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('it has nothing to say any more once its card was left, however soon', () => {
    const { shown, leave } = draw(100 * SECOND);
    vi.advanceTimersByTime(2 * SECOND);
    shown.remove();
    vi.advanceTimersByTime(100 * SECOND);
    expect([leave.mock.calls, vi.getTimerCount()]).toEqual([[], 0]);
    const soon = draw(100 * SECOND);
    soon.shown.remove();
    soon.trail.push({ id: 'b', blocks: [] });
    vi.advanceTimersByTime(100 * SECOND);
    expect([soon.leave.mock.calls, vi.getTimerCount()]).toEqual([[], 0]);
  });

  test('its message does not come any more, and what a page takes out for a moment goes all the same', () => {
    const coming = draw(100 * SECOND, {}, false);
    vi.advanceTimersByTime(100 * SECOND);
    expect(coming.leave).toHaveBeenCalledExactlyOnceWith('end');
    const { shown, leave } = draw(100 * SECOND);
    const host = document.body.appendChild(document.createElement('div'));
    host.attachShadow({ mode: 'open' }).append(shown);
    vi.advanceTimersByTime(2 * SECOND);
    host.remove();
    vi.advanceTimersByTime(2 * SECOND);
    document.body.append(host);
    vi.advanceTimersByTime(96 * SECOND);
    expect(leave).toHaveBeenCalledExactlyOnceWith('end');
    const gone = draw(DAY);
    gone.stops.forEach((stop) => stop());
    expect([vi.getTimerCount(), gone.leave.mock.calls]).toEqual([0, []]);
  });
});

describe('a message with a deadline', () => {
  const show = (...countdowns: Partial<Countdown>[]) => {
    const cards = countdowns.map((more, at) => ({
      id: `${at}`,
      blocks: [{ block: 'countdown' as const, until: after(1), ...more }],
    }));
    return () => requireTime(noteTaking(cards).view);
  };
  test('is shown while there is time, or something to say when it is over', () => {
    expect(show({})).not.toThrow();
    expect(show({ until: after(-1), ended: 'Too late' })).not.toThrow();
    expect(show()).not.toThrow();
  });
  test('is not shown when it is over and nothing is to be said, on whichever card', () => {
    for (const until of [after(0), after(-DAY), 'no date', '']) {
      expect(show({ until })).toThrow();
      expect(show({}, { until })).toThrow();
    }
  });
});
