/** A code from a pool, from a real collector to a real browser: the same for a person, another for the next, and never a blank message. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PooledCoupon } from '../../src/core/content.js';
import type { Campaign } from '../../src/core/program.js';
import { startCollector, type TestCollector } from '../unit/collector/collector.js';
import { openVisitor, type Visitor } from './browser.js';

const DIST = join(import.meta.dirname, '../../dist/browser');
const PAGE = `<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,"><h1>Shop</h1>
<script async src="/kikubari.js" data-site="shop"></script></html>`;

const offer = (id: string, exhausted: PooledCoupon['exhausted']): Campaign => ({
  id,
  name: id,
  status: 'live',
  triggers: [{ on: 'page', page: { eq: `/shop/${id}.html` } }],
  caps: [],
  variants: [
    {
      id: 'a',
      content: {
        format: 'modal',
        cards: [
          {
            id: 'offer',
            blocks: [
              { block: 'heading', text: 'A code for you' },
              { block: 'coupon', pool: id, exhausted },
            ],
            next: 'end',
          },
          ...(typeof exhausted === 'object'
            ? [{ id: 'sorry', blocks: [{ block: 'heading' as const, text: 'All codes are gone' }] }]
            : []),
        ],
      },
    },
  ],
});

let folder: string;
let collector: TestCollector;
const open: Visitor[] = [];
beforeAll(async () => {
  expect(existsSync(join(DIST, 'kikubari.js')), 'run npm run build first').toBe(true);
  folder = mkdtempSync(join(tmpdir(), 'kikubari-coupons-'));
  mkdirSync(join(folder, 'shop'));
  const offers = [offer('card', { card: 'sorry' }), offer('omit', 'omit'), offer('hide', 'hide')];
  for (const { id } of offers) writeFileSync(join(folder, 'shop', `${id}.html`), PAGE);
  collector = await startCollector({
    sdkDir: DIST,
    extraStatic: { prefix: '/shop/', dir: join(folder, 'shop') },
    campaigns: [{ kikubari: 1, campaigns: offers }],
  });
  const headers = await collector.signIn();
  for (const { id } of offers) {
    const payload = { codes: [`${id.toUpperCase()}-1`, `${id.toUpperCase()}-2`] };
    const url = `/api/sites/shop/coupons/${id}`;
    expect((await collector.server.app.inject({ method: 'POST', url, headers, payload })).statusCode).toBe(
      200,
    );
  }
}, 120_000);
afterAll(async () => {
  await Promise.all(open.map((one) => one.close()));
  await collector?.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function visitor(): Promise<Visitor> {
  const one = await openVisitor();
  open.push(one);
  return one;
}
const address = (id: string) => `${collector.server.url}/shop/${id}.html`;
const patient = { timeout: 30_000 };

/** The code that the message shows. */
async function codeOn(page: Page): Promise<string> {
  const field = page.locator('.ticket input');
  await field.waitFor(patient);
  return field.inputValue();
}
/** The heading of the message, once there is one. */
async function headingOn(page: Page): Promise<string | null> {
  const heading = page.locator('.card h2');
  await heading.waitFor(patient);
  return heading.textContent();
}
/** Resolves once the message is known not to be shown for want of something to show. */
async function hiddenOn(page: Page, id: string): Promise<void> {
  await page.waitForFunction(() => typeof (globalThis as { kikubari?: unknown }).kikubari === 'function');
  await page.evaluate(
    (asked) =>
      new Promise<void>((resolve) => {
        const { kikubari } = globalThis as unknown as { kikubari(...args: unknown[]): unknown };
        kikubari('on', 'suppressed', ({ campaign, gate }: { [key: string]: string }) => {
          // The page's own occasion may still be at it: then what is asked for waits for nothing.
          if (campaign === asked && gate === 'content') resolve();
        });
        void kikubari('show', asked);
      }),
    id,
  );
}

describe('a code from a pool', () => {
  it('is the same after a reload and in another tab, and another for somebody else', async () => {
    const ann = await visitor();
    await ann.page.goto(address('card'));
    const code = await codeOn(ann.page);
    expect(code).toBe('CARD-1');
    await ann.page.reload();
    expect(await codeOn(ann.page)).toBe(code);
    const tab = await ann.context.newPage();
    await tab.goto(address('card'));
    expect(await codeOn(tab)).toBe(code);
    const bob = await visitor();
    await bob.page.goto(address('card'));
    expect(await codeOn(bob.page)).toBe('CARD-2');
    expect([...ann.problems, ...bob.problems]).toEqual([]);
  }, 120_000);

  it('that is not left is replaced as the author says, and never by nothing', async () => {
    for (const id of ['omit', 'hide'])
      for (const person of open) {
        await person.page.goto(address(id));
        expect(await codeOn(person.page)).toMatch(/-[12]$/);
      }
    const late = await visitor();
    await late.page.goto(address('card'));
    expect(await headingOn(late.page)).toBe('All codes are gone');
    await late.page.goto(address('omit'));
    expect(await headingOn(late.page)).toBe('A code for you');
    expect(await late.page.locator('.ticket').count()).toBe(0);
    await late.page.goto(address('hide'));
    await hiddenOn(late.page, 'hide');
    expect(await late.page.locator('.card').count()).toBe(0);
  }, 120_000);

  it('that came while the page asked something of its own is shown when that is answered', async () => {
    const busy = await visitor();
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      void busy.context.route('**/v1/coupon', async (route) => {
        const response = await route.fetch();
        resolve();
        await new Promise<void>((go) => (answer = go));
        await route.fulfill({ response });
      });
    });
    await busy.page.goto(address('omit'));
    await asked;
    await busy.page.evaluate(() => {
      const dialog = document.createElement('dialog');
      dialog.append('Cookies?');
      document.body.append(dialog);
      dialog.showModal();
    });
    answer();
    // Two looks.
    await busy.page.waitForTimeout(1200);
    expect(await busy.page.locator('.card').count()).toBe(0);
    await busy.page.evaluate(() => document.querySelector('dialog')!.close());
    expect(await headingOn(busy.page)).toBe('A code for you');
    expect(busy.problems).toEqual([]);
  }, 60_000);

  it('is not waited for longer than two seconds', async () => {
    const patientOne = await visitor();
    let askedAt = 0;
    await patientOne.context.route('**/v1/coupon', () => void (askedAt ||= Date.now()));
    await patientOne.page.goto(address('card'));
    expect(await headingOn(patientOne.page)).toBe('All codes are gone');
    const waited = Date.now() - askedAt;
    expect(waited).toBeGreaterThan(1900);
    // A busy machine may draw late.
    expect(waited).toBeLessThan(6000);
  }, 60_000);
});
