/** Who somebody is (D13), in a real browser and in the real collector's reports. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BACK_FORWARD_CACHE, openVisitor, type Visitor } from './browser.js';
import { delivered, HOSTS, kikubari, startWorld, track, type World } from './identityWorld.js';

const patient = { timeout: 20_000 };
const banner = (text: string) => ({
  format: 'banner',
  cards: [{ id: 'one', blocks: [{ block: 'text', text }] }],
});
const CAMPAIGNS = {
  kikubari: 1,
  campaigns: [
    {
      id: 'two-arms',
      name: 'Two arms',
      status: 'live',
      triggers: [{ on: 'event', event: 'choose' }],
      variants: [
        { id: 'a', content: banner('A') },
        { id: 'b', content: banner('B') },
      ],
    },
    {
      id: 'did-it',
      name: 'Did it',
      status: 'live',
      triggers: [{ on: 'manual' }],
      audience: { event: 'by-ada', measure: 'count', is: { gte: 1 } },
      variants: [{ id: 'only', content: banner('You did') }],
    },
  ],
};

let world: World;
const open: Visitor[] = [];
const browser = async (args: string[] = []) => {
  const one = await openVisitor({}, [...HOSTS, ...args]);
  open.push(one);
  return one;
};

beforeAll(async () => {
  world = await startWorld(CAMPAIGNS);
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
afterAll(() => world?.remove());

describe('one browser', () => {
  it('keeps users apart from anonymous through login and logout to another user, whatever is still unsent', async () => {
    const { page } = await browser();
    await page.goto(world.url('users'));
    await track(page, 'before-login');
    await kikubari(page, 'identify', 'ada');
    await track(page, 'by-ada');
    await delivered(page);
    const gate = async () => ((await kikubari(page, 'explain', 'did-it')) as { gate: string }).gate;
    await expect.poll(gate, patient).not.toBe('audience');

    await world.kill();
    await track(page, 'late-by-ada');
    await kikubari(page, 'reset');
    expect(await gate(), 'the history of the next visitor is empty').toBe('audience');
    await track(page, 'after-logout');
    await kikubari(page, 'identify', 'ben');
    await track(page, 'by-ben');
    await kikubari(page, 'identify', 'cleo');
    await track(page, 'by-cleo');
    await page.goto(world.url('users'));
    await track(page, 'by-cleo-later');
    await world.restart();
    await delivered(page);

    const ada = await world.visitorOf('before-login');
    expect(ada).toMatchObject({ user: 'ada' });
    expect(ada!.names).toEqual(expect.arrayContaining(['by-ada', 'late-by-ada']));
    const ben = await world.visitorOf('by-ben');
    expect(ben).toMatchObject({ user: 'ben', sessions: 1 });
    expect(ben!.names).toEqual(['$session_start', 'after-logout', '$identify', 'by-ben']);
    const cleo = await world.visitorOf('by-cleo');
    expect(cleo).toMatchObject({ user: 'cleo', sessions: 1 });
    expect(cleo!.names).toEqual(expect.arrayContaining(['$identify', 'by-cleo-later']));
    expect(new Set([ada, ben, cleo].map((one) => one!.visitor)).size).toBe(3);
  });

  it('is one visitor in one session in every tab, also after another user logged in in one of them', async () => {
    const { context, page: here } = await browser();
    const there = await context.newPage();
    await here.goto(world.url('tabs'));
    await there.goto(world.url('tabs'));
    await track(here, 'dan-here');
    await kikubari(here, 'identify', 'dan');
    await kikubari(here, 'identify', 'eve');
    // The other tab hears of it.
    await there.waitForTimeout(300);
    await track(there, 'eve-there');
    await kikubari(there, 'reset');
    await here.waitForTimeout(300);
    await track(here, 'nobody-here');
    await delivered(here);
    await delivered(there);
    const eve = await world.visitorOf('eve-there');
    expect(eve).toMatchObject({ user: 'eve', sessions: 1 });
    expect(eve!.names).toContain('$identify');
    expect((await world.visitorOf('dan-here'))!.visitor).not.toBe(eve!.visitor);
    const nobody = await world.visitorOf('nobody-here');
    expect(nobody).toMatchObject({ user: null, sessions: 1 });
    expect(nobody!.visitor).not.toBe(eve!.visitor);
    expect(nobody!.names, 'a session of its own, not the one of before').toContain('$session_start');
  });

  it('sees on a page one comes back to who logged out on the page after it', async () => {
    const { page } = await browser([BACK_FORWARD_CACHE]);
    const shared = { 'cookie-domain': 'example.test' };
    // Two hosts, because news of the same one makes the browser load the page again.
    await page.goto(world.url('back', shared));
    await kikubari(page, 'identify', 'fay');
    await track(page, 'by-fay');
    await page.evaluate(() => ((globalThis as { isKept?: boolean }).isKept = true));
    await page.goto(world.url('back-pay', shared));
    await kikubari(page, 'reset');
    await page.goBack({ waitUntil: 'commit' });
    expect(await page.evaluate(() => (globalThis as { isKept?: boolean }).isKept)).toBe(true);
    await track(page, 'not-by-fay');
    await delivered(page);
    const next = await world.visitorOf('not-by-fay');
    expect(next!.user).toBeNull();
    expect(next!.names, 'the view of the restored page').toContain('$page_view');
    expect((await world.visitorOf('by-fay'))!.user).toBe('fay');
  });
});

describe('a person in two arms', () => {
  it('counts in the arm of the first exposure, and the report and the console say how many there are', async () => {
    const arms = new Map<string, Visitor>();
    let devices = 0;
    for (; arms.size < 2; devices++) {
      const one = await browser();
      await one.page.goto(world.url('arms'));
      const shown = one.page.evaluate(
        () =>
          new Promise<string>((resolve) => {
            const scope = globalThis as unknown as { kikubari(...args: unknown[]): void };
            const wait = () => {
              if (!(scope.kikubari as unknown as { version?: string } | undefined)?.version)
                return void setTimeout(wait, 20);
              scope.kikubari('on', 'shown', ({ variant }: { variant: string }) => resolve(variant));
              scope.kikubari('track', 'choose');
            };
            wait();
          }),
      );
      const variant = await shown;
      if (arms.has(variant)) await delivered(one.page);
      else arms.set(variant, one);
    }
    const [[first, one], [second, two]] = [...arms] as [[string, Visitor], [string, Visitor]];
    for (const { page } of [one, two]) {
      await kikubari(page, 'identify', 'gus');
      await delivered(page);
    }
    const report = await world.campaign('two-arms');
    expect(report.inSeveralArms).toBe(1);
    expect(report.counts.exposed).toBe(devices - 1);
    const exposed = Object.fromEntries(report.arms.map((arm) => [arm.variant, arm.exposed]));
    expect(exposed).toMatchObject({ [first]: devices - 1, [second]: 0 });

    const { page } = await browser();
    await page.goto(world.console('/campaigns/two-arms'));
    await page.locator('[data-test="sign-in-email"]').fill('admin@localhost');
    await page.locator('[data-test="sign-in-password"]').fill(world.password);
    await page.locator('[data-test="sign-in-submit"]').click();
    const said = page.locator('[data-test="arms-several"]');
    await said.getByText('more than one arm').waitFor(patient);
    expect(await said.innerText()).toContain(': 1.');
    await page.locator('[data-test="lang-switch"]').click();
    await said.getByText('複数のパターンの対象になった人：1人').waitFor(patient);
  });
});
