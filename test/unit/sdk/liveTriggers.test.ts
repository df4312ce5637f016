/** Live signals through the whole client: what they fire, what they note, and what conditions find. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Program } from '../../../src/core/program.js';
import { helloProgram as program } from './helloProgram.js';
import { freshBrowser, openSite, type Site } from './site.js';

beforeEach(() => {
  history.replaceState(null, '', '/a');
  freshBrowser();
});
afterEach(() => vi.unstubAllGlobals());

const pause = (delayMs: number) => new Promise((resolve) => setTimeout(resolve, delayMs));

async function open(of: Program): Promise<Site> {
  const site = openSite();
  site.program = of;
  for (let tries = 0; tries < 200 && !(await site.client.explain('hello')); tries++) await pause(25);
  return site;
}

async function told(site: Site, name: string, expected: number) {
  const read = () => site.events().filter((event) => event.name === name);
  for (let tries = 0; tries < 100 && read().length < expected; tries++) {
    await pause(25);
    await site.client.flush();
  }
  await pause(200);
  await site.client.flush();
  return read().map(({ properties }) => properties!);
}
async function go(site: Site, path: string) {
  history.pushState(null, '', path);
  await pause(50);
  await site.client.flush();
}

it('exposes at the page view that is a return, and says so where it is asked', async () => {
  const site = await open(program([{ on: 'backForth' }]));
  await go(site, '/b');
  expect(await told(site, '$exposure', 0)).toEqual([]);
  expect(await site.client.explain('hello')).toMatchObject({ shown: false, gate: 'trigger' });
  await go(site, '/a');
  const [exposure, ...others] = await told(site, '$exposure', 1);
  expect(exposure).toMatchObject({ campaign: 'hello', trigger: 'page' });
  expect(others).toEqual([]);
  expect(await site.client.explain('hello')).toMatchObject({ gate: null });
  await go(site, '/a#top');
  expect(await told(site, '$exposure', 1)).toHaveLength(1);
});

it('notes a return that a combination waits for, with its number', async () => {
  const site = await open(program([{ on: 'all', of: [{ on: 'backForth', times: 2 }] }]));
  for (const path of ['/b', '/a', '/b']) await go(site, path);
  expect(await told(site, '$signal_back_forth', 1)).toEqual([{ path: '/b', times: 2 }]);
  expect(await told(site, '$exposure', 1)).toMatchObject([{ trigger: 'event' }]);
});

it('fires at a pause, of which its audience knows how long it is', async () => {
  const audience = { signal: 'idle' as const, is: { gte: 0.4 } };
  const site = await open(program([{ on: 'idle', seconds: 0.4 }], { audience }));
  expect(await told(site, '$exposure', 1)).toMatchObject([{ trigger: 'idle' }]);
  window.dispatchEvent(new Event('pointermove'));
  expect(await told(site, '$exposure', 2)).toHaveLength(2);
});

it('takes exit intent for absent as long as the page lets none count', () => {
  const numberIn = (file: string, name: string) =>
    Number(new RegExp(`${name} = (\\d+);`).exec(readFileSync(`src/${file}`, 'utf8'))![1]);
  expect(numberIn('sdk/watch.ts', 'EXIT_GUARD_MS')).toBe(
    1000 * numberIn('core/liveTriggers.ts', 'EXIT_GUARD'),
  );
});

it('notes a pause and a pause in a form as parts of a combination', async () => {
  document.body.innerHTML = '<form id="checkout"><input></form>';
  const of = [
    { on: 'idle', seconds: 0.3 },
    { on: 'hesitation', seconds: 0.6, selector: '#checkout' },
  ] as const;
  const site = await open(program([{ on: 'all', of: [...of] }]));
  // Nobody listens before the part that does has come.
  await pause(300);
  document.querySelector('input')!.dispatchEvent(new Event('focusin', { bubbles: true, composed: true }));
  expect(await told(site, '$exposure', 1)).toHaveLength(1);
  expect(await told(site, '$signal_idle', 1)).toEqual([{ path: '/a', seconds: 0.3 }]);
  expect(await told(site, '$signal_hesitation', 1)).toEqual([
    { path: '/a', seconds: 0.6, selector: '#checkout' },
  ]);
});
