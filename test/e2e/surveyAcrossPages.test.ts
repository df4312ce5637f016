/** A survey that is begun on one page and ended on the next, with a real collector behind it: once, also for who goes back. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Campaign } from '../../src/core/program.js';
import { startCollector, type TestCollector } from '../unit/collector/collector.js';
import { BACK_FORWARD_CACHE, openVisitor, type Visitor } from './browser.js';
import { readStoredEvents } from './storedRows.js';

const DIST = join(import.meta.dirname, '../../dist/browser');
const score = (id: string) => ({
  id,
  blocks: [{ block: 'question' as const, question: { kind: 'nps' as const, id, label: `How is ${id}?` } }],
});
const survey: Campaign = {
  id: 'visit',
  name: 'Visit',
  status: 'live',
  purpose: 'survey',
  triggers: [{ on: 'page', page: { eq: '/first' } }],
  caps: [{ count: 1, per: 'session' }],
  variants: [{ id: 'a', content: { format: 'slide-in', cards: [score('tea'), score('cups')] } }],
};

let shop: Server;
let collector: TestCollector;
let visitor: Visitor;
beforeAll(async () => {
  collector = await startCollector({ sdkDir: DIST, campaigns: [{ kikubari: 1, campaigns: [survey] }] });
  // Of an origin of its own, and without the header that keeps the collector's pages out of the back/forward cache.
  shop = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end(`<!doctype html><html lang="en"><title>Shop</title>
<link rel="icon" href="data:,"><h1>Shop</h1><script async src="${collector.server.url}/kikubari.js" data-site="shop"></script></html>`),
  ).listen(0, '127.0.0.1');
  await once(shop, 'listening');
  visitor = await openVisitor({}, [BACK_FORWARD_CACHE]);
}, 120_000);
afterAll(async () => {
  await visitor?.close();
  await collector?.remove();
  shop?.close();
});

const address = (path: string) => `http://127.0.0.1:${(shop.address() as AddressInfo).port}${path}`;
const patient = { timeout: 30_000 };

/** Answers the question that is on show and goes on. */
async function answer(page: Page, id: string, value: number): Promise<void> {
  await page.getByText(`How is ${id}?`).first().waitFor(patient);
  await page.locator('.scale input').nth(value).click();
  await page.locator('.steps .button:not(.quiet)').click();
}

it('is ended once by who goes back to the page it was begun on', async () => {
  const { page, problems } = visitor;
  await page.goto(address('/first'));
  await answer(page, 'tea', 9);
  await page.getByText('How is cups?').first().waitFor(patient);
  await page.goto(address('/second'));
  await answer(page, 'cups', 4);
  await page.locator('.surface').waitFor({ state: 'detached', ...patient });
  await page.goBack({ waitUntil: 'commit' });
  // What it was told of meanwhile makes Chromium load the page anew; others bring it back with the survey open, see `begun.lost()`.
  await page.waitForFunction(() => typeof (globalThis as { kikubari?: unknown }).kikubari === 'function');
  await page.evaluate(() => (globalThis as unknown as { kikubari(name: string): unknown }).kikubari('flush'));
  await page.waitForTimeout(1000);
  expect(await page.locator('.surface').count()).toBe(0);
  expect(problems).toEqual([]);
  await collector.get('overview');
  const { dataDir } = collector;
  await collector.server.close();
  const events = await readStoredEvents(dataDir);
  const of = (name: string) => events.filter((event) => event.name === name);
  expect(of('$answer').map(({ properties }) => [properties.question, properties.value])).toEqual([
    ['tea', 9],
    ['cups', 4],
  ]);
  expect(of('$complete')).toHaveLength(1);
  expect(of('$exposure')).toHaveLength(1);
  expect(new Set(of('$answer').map(({ properties }) => properties.submission)).size).toBe(1);
}, 120_000);
