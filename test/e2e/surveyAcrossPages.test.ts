/** A survey that is begun on one page and ended on the next, with a real collector behind it: once, also for who goes back. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Campaign } from '../../src/core/program.js';
import { startCollector, type TestCollector } from '../unit/collector/collector.js';
import { BACK_FORWARD_CACHE, openVisitor, type Visitor } from './browser.js';
import { readStoredEvents } from './storedRows.js';

const DIST = join(import.meta.dirname, '../../dist/browser');
const PAGE = `<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,"><h1>Shop</h1>
<script async src="/kikubari.js" data-site="shop"></script></html>`;
const score = (id: string) => ({
  id,
  blocks: [{ block: 'question' as const, question: { kind: 'nps' as const, id, label: `How is ${id}?` } }],
});
const survey: Campaign = {
  id: 'visit',
  name: 'Visit',
  status: 'live',
  purpose: 'survey',
  triggers: [{ on: 'page', page: { eq: '/shop/first.html' } }],
  caps: [{ count: 1, per: 'session' }],
  variants: [{ id: 'a', content: { format: 'slide-in', cards: [score('tea'), score('cups')] } }],
};

let folder: string;
let collector: TestCollector;
let visitor: Visitor;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kikubari-survey-'));
  mkdirSync(join(folder, 'shop'));
  for (const name of ['first', 'second']) writeFileSync(join(folder, 'shop', `${name}.html`), PAGE);
  collector = await startCollector({
    sdkDir: DIST,
    extraStatic: { prefix: '/shop/', dir: join(folder, 'shop') },
    campaigns: [{ kikubari: 1, campaigns: [survey] }],
  });
  visitor = await openVisitor({}, [BACK_FORWARD_CACHE]);
}, 120_000);
afterAll(async () => {
  await visitor?.close();
  await collector?.remove();
  rmSync(folder, { recursive: true, force: true });
});

const patient = { timeout: 30_000 };

/** Answers the question that is on show and goes on. */
async function answer(page: Page, id: string, value: number): Promise<void> {
  await page.getByText(`How is ${id}?`).first().waitFor(patient);
  await page.locator('.scale span').nth(value).click();
  await page.locator('.steps .button:not(.quiet)').click();
}

it('is ended once by who goes back to the page it was begun on', async () => {
  const { page, problems } = visitor;
  await page.goto(`${collector.server.url}/shop/first.html`);
  await answer(page, 'tea', 9);
  await page.getByText('How is cups?').first().waitFor(patient);
  await page.evaluate(() => void Object.assign(globalThis, { left: true }));
  await page.goto(`${collector.server.url}/shop/second.html`);
  await answer(page, 'cups', 4);
  await page.locator('.surface').waitFor({ state: 'detached', ...patient });
  await page.goBack({ waitUntil: 'commit' });
  // The very page, as it was left: with the survey open.
  expect(await page.evaluate(() => (globalThis as { left?: true }).left)).toBe(true);
  await page.locator('.surface').waitFor({ state: 'detached', ...patient });
  await page.evaluate(() => (globalThis as unknown as { kikubari(name: string): unknown }).kikubari('flush'));
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
