/** The console in a real browser against the real collector: its CSP, its switches, its keyboard and both languages. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CampaignExplanation, CampaignReport } from '../../src/collector/api.js';
import { batchOf, rowOf } from '../unit/collector/batches.js';
import { openVisitor, type Visitor } from './browser.js';
import { startDemo, type Demo } from './demoProcess.js';

const patient = { timeout: 15_000 };
const SCREENS = [
  ['', 'overview-visitors'],
  ['/campaigns', 'campaign-row-cart-saver'],
  ['/campaigns/cart-saver', 'count-shown'],
  ['/funnel', 'funnel-step-purchase'],
  ['/surveys', 'survey-row-nps-after-purchase'],
  ['/surveys/nps-after-purchase', 'nps-interval'],
  ['/visitors', 'visitor-row'],
] as const;

let demo: Demo;
let dataDir: string;
let marketer: Visitor;
let page: Page;

const hook = (name: string) => page.locator(`[data-test="${name}"]`);
const open = async (path: string, sign: string) => {
  await page.goto(`${demo.url}/console/demo-shop${path}`);
  await hook(sign).first().waitFor(patient);
};

/** What the collector's API says to who is signed in. */
async function asked<T>(method: string, path: string, data?: object): Promise<T> {
  const { csrf } = (await (await page.request.get(`${demo.url}/api/session`)).json()) as { csrf: string };
  const headers = { 'x-kikubari-csrf': csrf };
  const response = await page.request.fetch(`${demo.url}/api/sites/demo-shop/${path}`, {
    ...{ method, headers },
    ...(data && { data }),
  });
  expect(response.status(), await response.text()).toBe(200);
  return (await response.json()) as T;
}

async function signIn(password: string): Promise<void> {
  await hook('sign-in-email').fill('admin@localhost');
  await hook('sign-in-password').fill(password);
  await hook('sign-in-submit').click();
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kikubari-console-'));
  demo = await startDemo(dataDir, ['--traffic', '2']);
  await vi.waitUntil(() => demo.output().includes('visits replayed'), { timeout: 60_000 });
  marketer = await openVisitor();
  page = marketer.page;
});

afterAll(async () => {
  await marketer?.close();
  await demo?.kill();
  await rm(dataDir, { recursive: true, force: true });
});

describe('the console', () => {
  it('refuses a wrong password in words and continues at the address one came for', async () => {
    await page.goto(`${demo.url}/console/campaigns`);
    await hook('sign-in-email').waitFor(patient);
    expect(marketer.problems, 'a signed-out browser asks for nothing that must fail').toEqual([]);
    await signIn('not the password');
    await hook('sign-in-error').getByText('do not match').waitFor(patient);
    marketer.problems.length = 0;
    await signIn(demo.password ?? '');
    await hook('campaign-row-cart-saver').waitFor(patient);
    expect(new URL(page.url()).pathname).toBe('/console/demo-shop/campaigns');
  });

  it('shows every screen under its CSP without a violation, in both languages', async () => {
    for (const language of ['ja', 'en']) {
      if ((await page.locator('html').getAttribute('lang')) !== language) await hook('lang-switch').click();
      for (const [path, sign] of SCREENS) {
        await open(path, sign);
        expect(await page.locator('html').getAttribute('lang')).toBe(language);
      }
    }
    expect(marketer.problems).toEqual([]);
    expect(await page.locator('style').count(), 'no style element was written').toBe(0);
  });

  it('writes a score with its interval and its n', async () => {
    await open('/surveys/nps-after-purchase', 'nps-interval');
    expect(await hook('nps-interval').innerText()).toMatch(/^\(95 % CI -?\d+\.\d – -?\d+\.\d\), n = \d+$/);
  });

  it('pauses a campaign at the collector, and for the next reader', async () => {
    await open('/campaigns', 'status-switch-cart-saver');
    const program = async () => (await fetch(`${demo.url}/v1/program/demo-shop`)).text();
    expect(await program()).toContain('"cart-saver"');
    await hook('status-switch-cart-saver').click();
    await page.getByText('is paused').waitFor(patient);
    await expect.poll(program).not.toContain('"cart-saver"');
    await page.reload();
    await hook('status-switch-cart-saver').waitFor(patient);
    expect(await hook('status-switch-cart-saver').getAttribute('aria-checked')).toBe('false');
    await hook('status-switch-cart-saver').press('Space');
    await expect.poll(program).toContain('"cart-saver"');
  });

  it('takes a refused change back and says why', async () => {
    const refusal = {
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: 'It was ended.',
      requestId: 'r-409',
    };
    await page.route('**/status', (route) =>
      route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(refusal) }),
    );
    await hook('status-switch-welcome-banner').click();
    await page.getByText('It was ended. (Request r-409)').waitFor(patient);
    expect(await hook('status-switch-welcome-banner').getAttribute('aria-checked')).toBe('true');
    await page.unroute('**/status');
    marketer.problems.length = 0;
  });

  it('says why a visitor is shown a campaign or not, as the collector does, in both languages', async () => {
    await open('/visitors', 'visitor-row');
    await hook('visitor-row').first().locator('a').click();
    await hook('why-campaign').selectOption('cart-saver');
    await hook('why-answer').waitFor(patient);
    expect(new URL(page.url()).searchParams.get('why')).toBe('cart-saver');
    const visitor = new URL(page.url()).pathname.split('/').at(-1);
    const told = await asked<CampaignExplanation>('POST', 'explain', { campaign: 'cart-saver', visitor });
    const reasons = () => hook('why-answer').locator('li').allInnerTexts();
    expect(told.sentences.en.length).toBeGreaterThan(1);
    expect(await reasons()).toEqual(told.sentences.en.slice(1));
    expect(await hook('why-answer').getAttribute('data-shown')).toBe(String(told.shown));
    await hook('lang-switch').click();
    await expect.poll(reasons).toEqual(told.sentences.ja.slice(1));
    // The address holds the choice, for a colleague.
    await page.reload();
    await hook('why-answer').waitFor(patient);
    await hook('lang-switch').click();
  });

  it('says that a campaign was stopped, by what, and lets it go on with a higher limit', async () => {
    const id = 'nps-after-purchase';
    const { counts, campaign, version } = await asked<CampaignReport>('GET', `campaigns/${id}`);
    const answered = counts.answered + 1;
    await asked('PUT', `campaigns/${id}/stop`, { stop: { responses: answered } });
    const answer = {
      ...{ campaign: id, version, variant: campaign.variants[0]!.id, submission: 'one more' },
      ...{ card: 'score', question: 'nps', kind: 'nps', value: 9, wording: 'How likely?' },
    };
    const row = rowOf([{ name: '$answer', time: Date.now(), properties: answer }], Math.random);
    const batch = batchOf([row], crypto.randomUUID(), { site: 'demo-shop' });
    expect(
      (await fetch(`${demo.url}/v1/batch`, { method: 'POST', body: JSON.stringify(batch) })).status,
    ).toBe(200);
    await open(`/campaigns/${id}`, 'stopped');
    await hook('stopped').getByText(`${answered} persons answered (limit ${answered})`).waitFor(patient);
    await hook('stop-limit').fill(String(answered + 5));
    await hook('stop-resume').click();
    await hook('stopped').waitFor({ state: 'detached', ...patient });
    expect(await (await fetch(`${demo.url}/v1/program/demo-shop`)).text()).toContain(`"${id}"`);
    expect((await asked<CampaignReport>('GET', `campaigns/${id}`)).campaign.stop).toEqual({
      responses: answered + 5,
    });
  });

  it('moves the focus to the heading of the screen one goes to', async () => {
    await hook('nav-funnel').click();
    await hook('funnel-step-purchase').waitFor(patient);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Funnel');
  });

  it('keeps a visitor’s words as text', async () => {
    const hostile = '<img src=x onerror="document.title=1">';
    await page.route('**/visitors?*', async (route) => {
      const response = await route.fetch();
      const list = (await response.json()) as { visitors: { user: string | null }[] };
      list.visitors.forEach((visitor) => (visitor.user = hostile));
      await route.fulfill({ response, json: list });
    });
    await open('/visitors', 'visitor-row');
    await page.getByText(hostile).first().waitFor(patient);
    expect(await page.locator('main img').count()).toBe(0);
    await page.unroute('**/visitors?*');
  });

  it.each(['light', 'dark'] as const)('has no fault axe can find, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const found: string[] = [];
    for (const [path, sign] of SCREENS) {
      await open(path, sign);
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> };
        };
        return (await axe.run()).violations;
      });
      found.push(
        ...violations.flatMap(({ id, nodes }) =>
          nodes.map((node) => `${path} ${id} ${node.target.join(' ')}`),
        ),
      );
    }
    expect(found).toEqual([]);
  });

  it('ends the session with the sign-out', async () => {
    await hook('sign-out').click();
    await hook('sign-in-email').waitFor(patient);
    expect((await page.request.get(`${demo.url}/api/session`)).status()).toBe(401);
  });
});
