/** `cookieDomain` (D13) over the hosts of one site, in a real browser and in the real collector's reports. */
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openVisitor, type Visitor } from './browser.js';
import { delivered, HOSTS, kikubari, startWorld, track, type World } from './identityWorld.js';

const NAME = 'kikubari-shop';
const DOMAIN = { 'cookie-domain': 'example.test' };
const CONSENT = { ...DOMAIN, consent: 'required' };
const GRANT = { measure: true, personalise: true, survey: true, identify: true };
const REFUSE = { measure: false, personalise: false, survey: false, identify: false };
const MAX_DAYS = 400;

let world: World;
let visitor: Visitor;
let page: Page;

const cookies = async () =>
  (await visitor.context.cookies()).filter(({ name }) => name.startsWith('kikubari'));
const id = async () => (await cookies()).map(({ value }) => value).join();
const warnings = (of: Page) => {
  const texts: string[] = [];
  of.on('console', (message) => message.type() === 'warning' && texts.push(message.text()));
  return texts;
};
const visit = async (host: string, event: string, options: { [name: string]: string } = DOMAIN) => {
  await page.goto(world.url(host, options));
  await track(page, event);
};

beforeAll(async () => {
  world = await startWorld({ kikubari: 1, campaigns: [] });
});
const openBrowser = async () => {
  visitor = await openVisitor({}, HOSTS);
  page = visitor.page;
};
afterEach(() => visitor?.close());
afterAll(() => world?.remove());

describe('cookieDomain', () => {
  it('makes one visitor of all hosts, by a cookie that holds the random id and nothing else', async () => {
    await openBrowser();
    await visit('shop', 'on-shop');
    await delivered(page);
    await visit('pay', 'on-pay');
    await delivered(page);
    const one = await world.visitorOf('on-shop');
    expect(one!.names).toContain('on-pay');
    const [cookie, ...others] = await cookies();
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({
      name: NAME,
      value: one!.visitor,
      domain: '.example.test',
      path: '/',
      sameSite: 'Lax',
      secure: false,
    });
    const days = (cookie!.expires - Date.now() / 1000) / 86_400;
    expect(days).toBeGreaterThan(MAX_DAYS - 1);
    expect(days).toBeLessThanOrEqual(MAX_DAYS);
  });

  it('sets none without the option, and fetches its chunk only with it', async () => {
    await openBrowser();
    const files: string[] = [];
    page.on('request', (request) => files.push(new URL(request.url()).pathname));
    await visit('plain', 'no-option', {});
    await page.waitForTimeout(3500);
    expect(await cookies()).toEqual([]);
    expect(files.filter((path) => path.includes('cookie'))).toEqual([]);
    await visit('plain', 'with-option');
    expect(files.filter((path) => path.includes('cookie'))).toHaveLength(1);
  });

  it('lets the other hosts follow a logout and another user on their next page', async () => {
    await openBrowser();
    await visit('follow-shop', 'before-logout');
    const before = await id();
    await visit('follow-pay', 'pay-before');
    await kikubari(page, 'reset');
    const after = await id();
    expect(after).toMatch(/^[\da-f-]{36}$/);
    expect(after).not.toBe(before);
    await delivered(page);
    await visit('follow-shop', 'shop-after');
    await kikubari(page, 'identify', 'hal');
    await kikubari(page, 'identify', 'ida');
    await track(page, 'by-ida');
    await delivered(page);
    await visit('follow-pay', 'pay-after');
    await delivered(page);
    expect((await world.visitorOf('before-logout'))!.visitor).toBe(before);
    expect((await world.visitorOf('pay-before'))!.visitor).toBe(before);
    expect((await world.visitorOf('shop-after'))!.visitor).toBe(after);
    const ida = await world.visitorOf('by-ida');
    expect(ida).toMatchObject({ user: 'ida', visitor: await id() });
    expect(ida!.names).toContain('pay-after');
  });

  it('follows when somebody returns to a page that stayed open', async () => {
    await openBrowser();
    await visit('stayed', 'before-return');
    const tab = await visitor.context.newPage();
    await tab.goto(world.url('elsewhere', DOMAIN));
    await kikubari(tab, 'reset');
    await delivered(tab);
    const fresh = await id();
    // What the page still says of the visitor before does not bring that one back.
    await kikubari(page, 'set', { unread: 3 });
    expect(await id()).toBe(fresh);
    // As the browser says it; a headless one shows all its tabs.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.waitForTimeout(300);
    await track(page, 'after-return');
    await delivered(page);
    const one = await world.visitorOf('after-return');
    expect(one!.visitor).toBe(await id());
    expect(one!.names.indexOf('$session_start')).toBeGreaterThanOrEqual(0);
    expect(one!.names).not.toContain('before-return');
  });

  it('gives a host with a past of its own the visitor of the others, and delivers what is unsent as the old one', async () => {
    await openBrowser();
    await world.kill();
    await visit('old', 'long-ago', {});
    await visit('new', 'on-new');
    await visit('old', 'since-then');
    await world.restart();
    await delivered(page);
    await page.goto(world.url('new', DOMAIN));
    await delivered(page);
    const shared = await world.visitorOf('on-new');
    expect(shared!.visitor).toBe(await id());
    expect(shared!.names).toContain('since-then');
    expect(shared!.names).not.toContain('long-ago');
    const old = await world.visitorOf('long-ago');
    expect(old!.names).not.toContain('since-then');
  });

  it('renews the cookie when the collector asks for another identity', async () => {
    await openBrowser();
    await visit('erased', 'to-be-erased');
    await delivered(page);
    const before = await id();
    await page.route('**/v1/batch', async (route) => {
      const response = await route.fetch();
      const receipt = (await response.json()) as object;
      await route.fulfill({ response, json: { ...receipt, commands: [{ name: 'reset-identity' }] } });
      await page.unroute('**/v1/batch');
    });
    await track(page, 'asks');
    await kikubari(page, 'flush');
    await expect.poll(id, { timeout: 10_000 }).not.toBe(before);
    await visit('erased-too', 'after-erasure');
    await delivered(page);
    expect((await world.visitorOf('after-erasure'))!.visitor).toBe(await id());
  });
});

describe('consent', () => {
  it('sets no cookie before a grant and deletes it within a second of the withdrawal', async () => {
    await openBrowser();
    await page.goto(world.url('asked', CONSENT));
    void kikubari(page, 'track', 'waiting');
    await page.waitForTimeout(1000);
    expect(await cookies()).toEqual([]);
    await kikubari(page, 'consent', GRANT);
    await expect.poll(cookies, { timeout: 5000 }).toHaveLength(1);
    const start = Date.now();
    await kikubari(page, 'consent', REFUSE);
    expect(await cookies()).toEqual([]);
    expect(Date.now() - start).toBeLessThan(1000);
    await page.waitForTimeout(1000);
    expect(await cookies()).toEqual([]);
  });

  it('deletes it although the chunk that wrote it does not come', async () => {
    await openBrowser();
    await visit('lost', 'wrote-it');
    expect(await cookies()).toHaveLength(1);
    await page.route('**/kikubari-*.js', (route) => route.abort());
    await page.goto(world.url('lost', { ...DOMAIN, again: '1' }));
    await kikubari(page, 'consent', REFUSE);
    expect(await cookies()).toEqual([]);
  });

  it('starts over with another visitor where it is granted again', async () => {
    await openBrowser();
    await page.goto(world.url('again', CONSENT));
    await kikubari(page, 'consent', GRANT);
    await track(page, 'first-grant');
    const before = await id();
    await kikubari(page, 'consent', REFUSE);
    await kikubari(page, 'consent', GRANT);
    await track(page, 'second-grant');
    expect(await id()).toMatch(/^[\da-f-]{36}$/);
    expect(await id()).not.toBe(before);
  });
});

describe('a cookie that cannot be used', () => {
  it.each(['<script>alert(1)</script>', '../../etc/passwd', '00000000-0000-0000-0000-00000000000', ''])(
    'ignores a value that is not an id: %j',
    async (value) => {
      await openBrowser();
      await visitor.context.addCookies([{ name: NAME, value, domain: '.example.test', path: '/' }]);
      await visit('hostile', 'not-fooled');
      expect(await id()).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    },
  );

  it.each([
    ['other.test', 'is no parent of this page'],
    ['ample.test', 'is no parent of this page'],
    ['test', 'a public suffix'],
  ])('says once what to do about cookieDomain %j and goes on', async (domain, advice) => {
    await openBrowser();
    const said = warnings(page);
    await visit('wrong', `in-spite-of-${domain.length}`, { 'cookie-domain': domain });
    await kikubari(page, 'reset');
    await track(page, 'goes-on');
    await delivered(page);
    expect(await cookies()).toEqual([]);
    expect(said.filter((text) => text.includes('cookieDomain'))).toEqual([
      expect.stringContaining(advice) as string,
    ]);
  });

  it.each(['fails', 'hangs'])('goes on without when its chunk %s', async (how) => {
    await openBrowser();
    await page.route('**/kikubari-cookie-*.js', (route) => (how === 'fails' ? route.abort() : undefined));
    await visit(`chunk-${how}`, `chunk-${how}`);
    expect(await cookies()).toEqual([]);
    await page.unroute('**/kikubari-cookie-*.js');
    await visit(`chunk-${how}`, `chunk-came-${how}`);
    await delivered(page);
    const one = await world.visitorOf(`chunk-${how}`);
    expect(one!.names).toContain(`chunk-came-${how}`);
    expect(await id()).toBe(one!.visitor);
  });
});
