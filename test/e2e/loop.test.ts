/** The whole loop on real parts: a visitor is noticed, served, asked, and the marketer sees it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVisitor, type Visitor } from './browser.js';
import { startDemo, type Demo } from './demoProcess.js';
import { readStoredEvents } from './storedRows.js';

const EMAIL = 'admin@localhost';
const within5s = { timeout: 5_000 };
const patient = { timeout: 15_000 };

let dataDir: string;
let demo: Demo;
let password: string;
const open: Visitor[] = [];

async function visitor(): Promise<Visitor> {
  const one = await openVisitor({ permissions: ['clipboard-read', 'clipboard-write'] });
  open.push(one);
  return one;
}

async function lookAtProducts(page: Page, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    await page.goto(`${demo.url}/shop/index.html?lang=en`);
    // Somebody who looks at a page before leaving it; a page left before the script has come is not seen by any script.
    await settle(page);
    await page.locator('[data-test="product-card"]').nth(n).click();
    await page.locator('[data-test="add-to-cart"]').waitFor();
    await settle(page);
  }
}

/** Calls the page's SDK as a site's developer would, and gives back what it resolves to. */
async function kikubari(page: Page, ...args: unknown[]): Promise<unknown> {
  await page.waitForFunction(() => typeof (globalThis as { kikubari?: unknown }).kikubari === 'function');
  return page.evaluate(
    (given) =>
      (globalThis as unknown as { kikubari(...args: unknown[]): Promise<unknown> }).kikubari(...given),
    args,
  );
}

/** Waits until what was tracked so far is durable and delivered; another page may be at it, and `flush` then answers false. */
const settle = (page: Page) => expect.poll(() => kikubari(page, 'flush'), patient).toBe(true);

async function addToCart(page: Page): Promise<void> {
  await page.locator('[data-test="add-to-cart"]').click();
  await page.goto(`${demo.url}/shop/cart.html`);
  await page.locator('[data-test="cart-total"]').waitFor();
}

/** The pointer leaves through the top of the window, as towards the tab strip. */
async function leaveByTheTop(page: Page): Promise<void> {
  await page.waitForTimeout(3_500);
  await page.mouse.move(640, 300);
  await page.mouse.move(640, 120, { steps: 3 });
  await page.mouse.move(640, 2, { steps: 2 });
  await page.evaluate(() => {
    // The headless browser has no frame to leave into: the last step is told as the browser tells it.
    const leave = new MouseEvent('mouseout', {
      bubbles: true,
      relatedTarget: null,
      clientX: 640,
      clientY: -5,
    });
    document.documentElement.dispatchEvent(leave);
    document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientX: 640, clientY: -5 }));
  });
}

async function buy(page: Page): Promise<void> {
  await page.goto(`${demo.url}/shop/cart.html`);
  await page.locator('[data-test="checkout"]').click();
  await page.locator('[data-test="place-order"]').waitFor();
  await settle(page);
  await page.locator('[data-test="place-order"]').click();
  await page.locator('[data-test="order-number"]').waitFor();
}

async function answerNps(page: Page, score: number): Promise<void> {
  await page.getByText('How likely are you to recommend us').first().waitFor(patient);
  await page.getByRole('radio', { name: new RegExp(`^${score}\\b`) }).check({ force: true });
  const next = page.getByRole('button', { name: 'Next' });
  if (await next.isVisible().catch(() => false)) await next.click();
}

async function signIn(page: Page): Promise<void> {
  await page.goto(`${demo.url}/console/`);
  await page.locator('[data-test="sign-in-email"]').fill(EMAIL);
  await page.locator('[data-test="sign-in-password"]').fill(password);
  await page.locator('[data-test="sign-in-submit"]').click();
  await page.locator('[data-test="nav-campaigns"]').waitFor(patient);
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kikubari-loop-'));
  demo = await startDemo(dataDir);
  expect(demo.password, demo.output()).toBeTruthy();
  password = demo.password ?? '';
});

afterAll(async () => {
  for (const one of open) await one.close().catch(() => undefined);
  await demo.kill();
  await rm(dataDir, { recursive: true, force: true });
});

describe('the whole loop', () => {
  let happy: Visitor;
  let unhappy: Visitor;

  it('greets a first-time visitor on the second page', async () => {
    happy = await visitor();
    await lookAtProducts(happy.page, 1);
    await happy.page.getByRole('heading', { name: 'First time here?' }).waitFor(patient);
  });

  it('offers the coupon to somebody who leaves with a full cart, and lets them copy it', async () => {
    const { page } = happy;
    await lookAtProducts(page, 3);
    await addToCart(page);
    await leaveByTheTop(page);
    const offer = page.getByRole('dialog', { name: 'Your cart is still warm' });
    await offer.waitFor(patient);
    await expect.poll(() => offer.getByLabel('Coupon code').inputValue()).toBe('THANKYOU10');
    await offer.getByRole('button', { name: /copy/i }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('THANKYOU10');
    await page.keyboard.press('Escape');
    await offer.waitFor({ state: 'hidden' });
    await settle(page);
  });

  it('asks buyers how likely they are to recommend the shop, and follows up by their score', async () => {
    await buy(happy.page);
    await answerNps(happy.page, 9);
    await happy.page.getByText('What did you like best?').first().waitFor(patient);
    await happy.page.getByRole('textbox', { name: /like best/ }).fill('The smell of the first cup');
    await happy.page.getByRole('button', { name: /^(Next|Submit|Send)$/ }).click();
    await happy.page.getByText('We read every answer').waitFor(patient);
    await settle(happy.page);

    unhappy = await visitor();
    await lookAtProducts(unhappy.page, 1);
    await addToCart(unhappy.page);
    await buy(unhappy.page);
    await answerNps(unhappy.page, 3);
    await unhappy.page.getByText('What let you down?').first().waitFor(patient);
    await unhappy.page.getByText('Shipping cost or time').click();
    await unhappy.page.getByRole('button', { name: /^(Next|Submit|Send)$/ }).click();
    await unhappy.page.getByText('We read every answer').waitFor(patient);
    await settle(unhappy.page);
  });

  it('can say why the cart saver is not shown again', async () => {
    const explained = (await kikubari(unhappy.page, 'explain', 'cart-saver')) as {
      shown: boolean;
      gate: string;
      sentences: { en: string[] };
    };
    expect(explained.shown).toBe(false);
    expect(explained.gate).toBe('audience');
    expect(explained.sentences.en.join(' ').length).toBeGreaterThan(10);
  });

  it('leaves the host page without errors', () => {
    expect([...happy.problems, ...unhappy.problems]).toEqual([]);
  });

  it('shows the marketer the funnel, both scores and the timeline within five seconds', async () => {
    const marketer = await visitor();
    const { page } = marketer;
    await signIn(page);
    await page.locator('[data-test="nav-funnel"]').click();
    await expect
      .poll(() => page.locator('[data-test="funnel-step-purchase"]').innerText(), within5s)
      .toMatch(/\b2\b/);

    await page.goto(`${demo.url}/console/surveys/nps-after-purchase`);
    await expect
      .poll(() => page.locator('[data-test="nps-score"]').innerText(), patient)
      .toMatch(/^[+]?0(\.0)?/);
    await page.getByText('The smell of the first cup').first().waitFor();

    await page.locator('[data-test="nav-campaigns"]').click();
    await page.locator('[data-test="campaign-row-cart-saver"]').waitFor();

    await kikubari(happy.page, 'identify', 'customer-9');
    await settle(happy.page);
    await page.locator('[data-test="nav-visitors"]').click();
    await page
      .getByRole('link', { name: /customer-9/ })
      .first()
      .click();
    await page.locator('[data-test="timeline-event"]').first().waitFor();
    await kikubari(happy.page, 'track', 'gift_wrap_opened', { colour: 'red' });
    await page.getByText('gift_wrap_opened').first().waitFor(within5s);
    expect(marketer.problems).toEqual([]);
  });

  it('keeps acknowledged rows through a SIGKILL of the collector, once each, and yesterday’s data at the next start', async () => {
    await settle(happy.page);
    await kikubari(happy.page, 'track', 'last_words', { before: 'the kill' });
    await settle(happy.page);
    await demo.kill();
    demo = await startDemo(dataDir);
    expect(demo.password).toBeUndefined();
    const marketer = await visitor();
    await signIn(marketer.page);
    expect(await demo.stop()).toBe(0);

    const events = await readStoredEvents(dataDir);
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
    expect(events.filter((event) => event.name === 'last_words')).toHaveLength(1);
    expect(events.filter((event) => event.name === 'purchase')).toHaveLength(2);
    const answers = events.filter((event) => event.name === '$answer').map((event) => event.properties);
    expect(answers.map((answer) => answer.question).sort()).toEqual([
      'disappointed',
      'loved',
      'recommend',
      'recommend',
    ]);
    expect(
      answers
        .filter((answer) => answer.question === 'recommend')
        .map((answer) => answer.value)
        .sort(),
    ).toEqual([3, 9]);
    const exposed = events
      .filter((event) => event.name === '$exposure')
      .map((event) => event.properties.campaign);
    expect(exposed).toContain('welcome-banner');
    expect(exposed.filter((campaign) => campaign === 'cart-saver')).toHaveLength(1);
  });
});
