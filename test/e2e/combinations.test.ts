/** Triggers in combination in a real browser: signals by mouse and time, several pages, delays. */
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Content } from '../../src/core/content.js';
import type { Trigger } from '../../src/core/program.js';
import { helloProgram } from '../unit/sdk/helloProgram.js';
import { openVisitor, type Visitor } from './browser.js';
import { startFakeSite, type FakeSite } from './fakeSite.js';
import { kikubari, track } from './identityWorld.js';

const patient = { timeout: 20_000 };

let site: FakeSite;
let visitor: Visitor | undefined;

const event = (name: string) => ({ on: 'event' as const, event: name });
const CONTENT: Content = {
  format: 'banner',
  cards: [{ id: 'c', blocks: [{ block: 'text', text: 'Hello there' }] }],
};
const waitFor = (trigger: Trigger, version = 1) =>
  (site.program = helloProgram(
    [trigger],
    { control: 0, variants: [{ id: 'a', content: CONTENT }] },
    version,
  ));
const events = () => site.batches.flatMap(({ rows }) => rows.flatMap((row) => row.events));
const message = (page: Page) => page.getByText('Hello there').first();
const isReady = (page: Page) =>
  expect.poll(async () => !!(await kikubari(page, 'explain', 'hello')), patient).toBe(true);

async function open(path: string) {
  visitor ??= await openVisitor();
  const { page } = visitor;
  await page.goto(site.base + path);
  await isReady(page);
  return page;
}

beforeAll(async () => {
  site = await startFakeSite(
    () =>
      `<!doctype html><html lang="en"><title>Shop</title><script async src="/kikubari.js" data-site="test"></script><main style="height: 4000px">page</main>`,
  );
});
afterEach(async () => {
  await visitor?.close();
  visitor = undefined;
  site.reset();
});
afterAll(() => site.close());

it('comes when one has both stayed and scrolled', async () => {
  waitFor({
    on: 'all',
    of: [
      { on: 'dwell', seconds: 2 },
      { on: 'scroll', percent: 60, page: { startsWith: '/items/' } },
    ],
  });
  const page = await open('/items/1');
  await page.waitForTimeout(2500);
  await expect(message(page).count()).resolves.toBe(0);
  await page.mouse.move(600, 400);
  for (let turns = 0; turns < 10; turns++) await page.mouse.wheel(0, 400);
  await message(page).waitFor(patient);
  await kikubari(page, 'flush');
  const names = events().map(({ name }) => name);
  expect(names.filter((name) => name.startsWith('$signal'))).toEqual(['$signal_dwell', '$signal_scroll']);
  expect(visitor!.problems).toEqual([]);
});

it('comes when one thing follows another within a time, on the next page, and not the other way round', async () => {
  waitFor({ on: 'then', of: [event('view_size_guide'), event('add_to_cart')], within: '10m' });
  let page = await open('/items/1');
  await track(page, 'add_to_cart');
  await track(page, 'view_size_guide');
  await page.waitForTimeout(500);
  await expect(message(page).count()).resolves.toBe(0);
  page = await open('/items/2');
  await track(page, 'add_to_cart');
  await message(page).waitFor(patient);
});

it('goes on waiting after a navigation, and comes when the delay is over', async () => {
  waitFor({ on: 'all', of: [event('add_to_cart')], delay: '5s' });
  let page = await open('/items/1');
  await track(page, 'add_to_cart');
  const since = Date.now();
  page = await open('/items/2');
  await expect(message(page).count()).resolves.toBe(0);
  expect(Date.now() - since).toBeLessThan(5000);
  await message(page).waitFor(patient);
  expect(Date.now() - since).toBeGreaterThanOrEqual(4900);
  await kikubari(page, 'flush');
  const exposure = events().find(({ name }) => name === '$exposure');
  expect(exposure!.properties).toMatchObject({ campaign: 'hello', trigger: 'delay' });
});

it('does not come when its campaign was paused while it waited', async () => {
  waitFor({ on: 'all', of: [event('add_to_cart')], delay: '4s' });
  const page = await open('/items/1');
  await track(page, 'add_to_cart');
  site.program = { ...site.program!, version: 2, campaigns: [] };
  await track(page, 'anything');
  await kikubari(page, 'flush');
  const gate = async () => ((await kikubari(page, 'explain', 'hello')) as { gate: string }).gate;
  await expect.poll(gate, patient).toBe('status');
  await page.waitForTimeout(5000);
  await expect(message(page).count()).resolves.toBe(0);
  await kikubari(page, 'flush');
  expect(events().map(({ name }) => name)).not.toContain('$signal_delay');
});
