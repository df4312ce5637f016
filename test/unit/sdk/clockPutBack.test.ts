/** The wall clock is put back, or on, while a page is open: what lasts on the page goes by another one. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Trigger } from '../../../src/core/program.js';
import { helloProgram } from './helloProgram.js';
import { freshBrowser, openSite, type Site } from './site.js';

const HOUR_MS = 3_600_000;

beforeEach(() => {
  history.replaceState(null, '', '/a');
  freshBrowser();
});
afterEach(() => vi.unstubAllGlobals());

const pause = (delayMs: number) => new Promise((resolve) => setTimeout(resolve, delayMs));

/** A page whose clock is put by `shiftMs` as soon as its program is in force. */
async function open(trigger: Trigger, shiftMs: number): Promise<Site> {
  let shift = 0;
  const site = openSite({}, { now: () => Date.now() + shift });
  site.program = helloProgram([trigger], { audience: { signal: 'dwell', is: { gte: 0, lt: 100 } } });
  for (let tries = 0; tries < 200 && !(await site.client.explain('hello')); tries++) await pause(25);
  shift = shiftMs;
  return site;
}

async function exposures(site: Site) {
  for (let tries = 0; tries < 160; tries++) {
    await site.client.flush();
    const found = site.events().filter(({ name }) => name === '$exposure');
    if (found.length > 0) return found.map(({ properties }) => properties!.trigger);
    await pause(25);
  }
  return [];
}

it.each([-HOUR_MS, -5000, 0, HOUR_MS])('%d ms: the time on the page comes', async (shiftMs) => {
  const site = await open({ on: 'dwell', seconds: 1 }, shiftMs);
  expect(await exposures(site)).toEqual(['dwell']);
});

it.each([-HOUR_MS, HOUR_MS])('%d ms: exit intent counts after three seconds, as ever', async (shiftMs) => {
  const site = await open({ on: 'exit' }, shiftMs);
  const leave = () => {
    for (const clientY of [300, 10])
      document.dispatchEvent(new MouseEvent('mousemove', { clientY, bubbles: true }));
    document.dispatchEvent(new MouseEvent('mouseout', { clientY: 0, bubbles: true }));
  };
  leave();
  expect(site.events().filter(({ name }) => name === '$exposure')).toEqual([]);
  await pause(3500);
  leave();
  expect(await exposures(site)).toEqual(['exit']);
});

it('tells the page it leaves for how long it was seen', async () => {
  const site = await open({ on: 'exit' }, -HOUR_MS);
  history.pushState(null, '', '/b');
  await pause(50);
  await site.client.flush();
  const { visible } = site.events().find(({ name }) => name === '$page_leave')!.properties!;
  expect(visible).toBeGreaterThan(0);
  expect(visible).toBeLessThan(10_000);
});
