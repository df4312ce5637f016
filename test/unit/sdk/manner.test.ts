import { expect, it } from 'vitest';
import { createEnvironment } from '../../../src/sdk/environment.js';
import { createFaults } from '../../../src/sdk/faults.js';
import { watchManner } from '../../../src/sdk/manner.js';
import type { Page, PageState } from '../../../src/sdk/page.js';

it('counts pauses from when it began to watch, not from when the page began', () => {
  let now = 1_000_000;
  const env = { ...createEnvironment(), now: () => now, sinceStart: () => now };
  const place = { url: 'https://shop.example/', path: '/', title: '', referrer: '' };
  const state: PageState = { id: 'page', address: place, since: now, scroll: 0 };
  const page: Page = {
    current: () => state,
    leave: () => undefined,
    onScroll: () => {},
    viewEvent: () => ({ name: '$page_view', time: now }),
  };
  now += 3000;
  const faults = createFaults(env.now, () => {});
  watchManner(env, faults, page, new AbortController().signal).start();
  const move = (afterMs: number) => {
    now += afterMs;
    window.dispatchEvent(new Event('pointermove'));
    return state.manner!.idle;
  };
  // The visitor may have moved at the second second: nobody saw.
  expect(move(2500)).toBe(0);
  expect(move(4000)).toBe(0);
  expect(move(6000)).toBe(6000);
});
