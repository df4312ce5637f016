/** Live signals in a real browser, with its mouse and its keyboard: pauses, rage, a form that is left alone, to and fro between pages. */
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Condition } from '../../src/core/conditions.js';
import type { Trigger } from '../../src/core/program.js';
import { helloProgram } from '../unit/sdk/helloProgram.js';
import { BACK_FORWARD_CACHE, openVisitor, type Visitor } from './browser.js';
import { startFakeSite, type FakeSite } from './fakeSite.js';
import { kikubari, track } from './identityWorld.js';

const patient = { timeout: 20_000 };

let site: FakeSite;
let visitor: Visitor | undefined;

/** Each occasion is counted, and nothing covers the page. */
const waitFor = (trigger: Trigger, audience?: Condition) =>
  (site.program = helloProgram([trigger], audience && { audience }));
const events = (name: string) =>
  site.batches.flatMap(({ rows }) => rows.flatMap((row) => row.events)).filter((one) => one.name === name);
const liveChunks = () => site.requests.filter((path) => path.startsWith('/kikubari-live-'));

async function open(path: string, args: string[] = []) {
  visitor ??= await openVisitor({}, args);
  const { page } = visitor;
  await page.goto(site.base + path);
  await isReady(page);
  return page;
}
const isReady = (page: Page) =>
  expect.poll(async () => !!(await kikubari(page, 'explain', 'hello')), patient).toBe(true);

/** Until the part that listens has come, and a moment. */
async function listens(page: Page) {
  await expect.poll(liveChunks, patient).not.toEqual([]);
  await page.waitForTimeout(500);
}
const exposures = async (page: Page) => {
  await kikubari(page, 'flush');
  return events('$exposure').length;
};

const FORM = `
  <form id="checkout" onsubmit="return false"><input id="street"><input id="city"><button id="buy">Buy</button></form>
  <button id="dead" type="button" style="width: 200px; height: 60px">Nothing happens</button>
  <div id="host"></div>
  <script>document.getElementById('host').attachShadow({ mode: 'open' }).innerHTML = '<form onsubmit="return false"><input id="inner"></form>'</script>`;

beforeAll(async () => {
  site = await startFakeSite(
    (path) =>
      `<!doctype html><html lang="en"><title>Shop</title><script async src="/kikubari.js" data-site="test"></script><h1>${path}</h1>${FORM}<main style="height: 3000px">page</main>`,
  );
});
afterEach(async () => {
  await visitor?.close();
  visitor = undefined;
  site.reset();
});
afterAll(() => site.close());

it('fires at a burst of clicks on one spot, once, and not at clicks on many', async () => {
  waitFor({ on: 'rage' });
  const page = await open('/');
  await listens(page);
  const { x, y } = (await page.locator('#dead').boundingBox())!;
  for (const place of [0, 60, 120]) await page.mouse.click(x + 10 + place, y + 20);
  await page.waitForTimeout(500);
  expect(await exposures(page)).toBe(0);
  await page.waitForTimeout(1000);
  await page.mouse.click(x + 100, y + 30, { clickCount: 3, delay: 20 });
  await expect.poll(() => exposures(page), patient).toBe(1);
  expect(events('$exposure')[0]!.properties).toMatchObject({ campaign: 'hello', trigger: 'rage' });
  const explanation = (await kikubari(page, 'explain', 'hello')) as { findings: { found: unknown }[] };
  expect(JSON.stringify(explanation.findings)).toContain('"rage":1');
  expect(visitor!.problems).toEqual([]);
});

it('fires at each pause without pointer and keys, while one can see the page', async () => {
  waitFor({ on: 'idle', seconds: 3 }, { signal: 'idle', is: { gte: 3, lt: 6 } });
  const page = await open('/');
  await listens(page);
  for (let turns = 0; turns < 8; turns++) {
    await page.mouse.move(100 + turns * 10, 300);
    await page.waitForTimeout(500);
  }
  expect(await exposures(page)).toBe(0);
  await expect.poll(() => exposures(page), patient).toBe(1);
  await page.waitForTimeout(3500);
  expect(await exposures(page)).toBe(1);
  await page.keyboard.press('Tab');
  await expect.poll(() => exposures(page), patient).toBe(2);
  expect(visitor!.problems).toEqual([]);
});

it('fires when a form that was begun is left alone, and not when it was sent', async () => {
  waitFor({ on: 'hesitation', seconds: 3, selector: '#checkout' });
  const page = await open('/');
  await listens(page);
  await page.locator('#street').click();
  for (const letter of 'Main') {
    await page.keyboard.type(letter);
    await page.waitForTimeout(1000);
  }
  expect(await exposures(page)).toBe(0);
  await expect.poll(() => exposures(page), patient).toBe(1);
  await page.locator('#city').click();
  await page.keyboard.type('Kyoto');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(4000);
  expect(await exposures(page)).toBe(1);
  // In a shadow root, but not in the form that is asked for.
  await page.locator('#inner').click();
  await page.keyboard.type('x');
  await page.waitForTimeout(4000);
  expect(await exposures(page)).toBe(1);
  expect(JSON.stringify(site.batches)).not.toMatch(/Main|Kyoto/);
  expect(visitor!.problems).toEqual([]);
});

it('knows a field in a shadow root, and when its form is sent', async () => {
  waitFor({ on: 'hesitation', seconds: 2, selector: '#host' });
  const page = await open('/');
  await listens(page);
  await page.locator('#inner').click();
  await expect.poll(() => exposures(page), patient).toBe(1);
  await page.keyboard.type('x');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(3500);
  expect(await exposures(page)).toBe(1);
});

it('fires at the page view that is a return, over three pages, also from the cache of pages one goes back to', async () => {
  waitFor(
    { on: 'all', of: [{ on: 'backForth' }, { on: 'event', event: 'search' }] },
    { signal: 'backForth', is: { eq: 1 } },
  );
  let page = await open('/a', [BACK_FORWARD_CACHE]);
  page = await open('/b');
  page = await open('/c');
  await track(page, 'search');
  await page.waitForTimeout(300);
  expect(await exposures(page)).toBe(0);
  await page.goBack();
  await isReady(page);
  await expect.poll(() => exposures(page), patient).toBe(1);
  expect(events('$signal_back_forth').map(({ properties }) => properties)).toEqual([
    { path: '/b', times: 1 },
  ]);
  expect(liveChunks()).toEqual([]);
  expect(visitor!.problems).toEqual([]);
});

it('is no return when a page is loaded again, and fetches nothing that nobody asks for', async () => {
  waitFor({ on: 'backForth' });
  const page = await open('/a');
  await page.reload();
  await isReady(page);
  await page.waitForTimeout(3000);
  expect(await exposures(page)).toBe(0);
  // What was sent as the page was left may be sent again.
  expect(new Set(events('$page_view').map(({ time }) => time)).size).toBe(2);
  expect(liveChunks()).toEqual([]);
});
