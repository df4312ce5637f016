/** What only the server knows of a user, end to end: imported, signed for, fetched by a page, decided by, gone with the user. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewFactSecret } from '../../src/collector/api.js';
import { claimsOf, sign } from '../unit/collector/signing.js';
import { openVisitor, type Visitor } from './browser.js';
import { HOSTS, kikubari, startWorld, type World } from './identityWorld.js';

const patient = { timeout: 15_000 };
const campaignOf = (id: string, audience: object) => ({
  id,
  name: id,
  status: 'live',
  triggers: [{ on: 'page' }],
  caps: [],
  audience,
  variants: [
    {
      id: 'a',
      content: {
        format: 'banner',
        position: 'top',
        cards: [{ id: 'c', blocks: [{ block: 'heading', text: `Hello ${id}` }] }],
      },
    },
  ],
});
const CAMPAIGNS = {
  kikubari: 1,
  campaigns: [
    campaignOf('members', { list: 'vip' }),
    campaignOf('spenders', { fact: 'ltv', is: { gte: 50_000 } }),
  ],
};

let world: World;
let secret: string;
const open: Visitor[] = [];

beforeAll(async () => {
  world = await startWorld(CAMPAIGNS);
  await world.put('facts', [
    { user: 'member', facts: { ltv: 10 }, lists: ['vip'] },
    { user: 'spender', facts: { ltv: 60_000 } },
    { user: 'plain', facts: { ltv: 10 }, lists: ['staff'] },
  ]);
  ({ secret } = await world.post<NewFactSecret>('facts/secrets'));
}, 60_000);
afterAll(async () => {
  for (const one of open) await one.close();
  await world.remove();
});

async function visit(): Promise<Page> {
  const visitor = await openVisitor({}, HOSTS);
  open.push(visitor);
  await visitor.page.goto(world.url('shop'));
  return visitor.page;
}
const tokenOf = (user: string, seconds?: number) => sign(claimsOf(user, 'shop', seconds), secret);
const identify = (page: Page, user: string, token?: string) => kikubari(page, 'identify', user, {}, token);
const heading = (page: Page, id: string) => page.getByRole('heading', { name: `Hello ${id}` });
/** Once the page has decided with what it knows. */
const reasons = async (page: Page, campaign: string) => {
  const explain = async () =>
    (await kikubari(page, 'explain', campaign)) as { sentences: { en: string[] } } | null;
  await expect.poll(explain, patient).not.toBeNull();
  return (await explain())!.sentences.en.join('\n');
};
const saysOf = (page: Page, campaign: string) => expect.poll(() => reasons(page, campaign), patient);
/** Long enough for a message that should not come. */
const noMessage = async (page: Page) => {
  await page.waitForTimeout(1500);
  for (const id of ['members', 'spenders']) expect(await heading(page, id).count()).toBe(0);
};

describe('facts of the user', () => {
  it('show a campaign for members of a list to a member, on the next page too, and not after the logout', async () => {
    const page = await visit();
    await saysOf(page, 'members').toContain('nobody is identified');
    await identify(page, 'member', tokenOf('member'));
    await heading(page, 'members').waitFor(patient);
    let asked = 0;
    page.on('request', (request) => void (asked += Number(request.url().includes('/v1/facts/'))));
    await page.reload();
    await heading(page, 'members').waitFor(patient);
    expect(asked).toBe(0);
    await kikubari(page, 'reset');
    await page.reload();
    await saysOf(page, 'members').toContain('nobody is identified');
    await noMessage(page);
  });

  it('show it to no other user, and another one by what is imported of that user', async () => {
    const page = await visit();
    await identify(page, 'plain', tokenOf('plain'));
    await saysOf(page, 'members').toContain('found false');
    await noMessage(page);
    await identify(page, 'spender', tokenOf('spender'));
    await saysOf(page, 'spenders').toContain('found 60000');
    await page.reload();
    await heading(page, 'spenders').waitFor(patient);
    expect(await heading(page, 'members').count()).toBe(0);
  });

  it.each([
    ['forged', () => sign(claimsOf('member'), 'guessed'), [403]],
    ['expired', () => tokenOf('member', -60), [403]],
    ['of another user', () => tokenOf('plain'), []],
    ['no token', () => 'member', []],
  ])('stay unknown with a token that is %s', async (_, token, answers) => {
    const page = await visit();
    const asked: number[] = [];
    page.on(
      'response',
      (response) => void (response.url().includes('/v1/facts/') && asked.push(response.status())),
    );
    await identify(page, 'member', token());
    await saysOf(page, 'members').toContain('no facts of this user are here');
    await noMessage(page);
    expect(asked).toEqual(answers);
  });

  it('are waited for by nobody while the collector is down, and arrive when it is back', async () => {
    const page = await visit();
    await saysOf(page, 'members').toContain('nobody is identified');
    await world.kill();
    await identify(page, 'member', tokenOf('member'));
    await saysOf(page, 'members').toContain('no facts of this user are here');
    await noMessage(page);
    await world.restart();
    await heading(page, 'members').waitFor({ timeout: 60_000 });
  }, 120_000);
});
