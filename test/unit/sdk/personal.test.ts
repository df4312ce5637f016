/** What only the server knows of the user, in a page: asked for with a token, kept, and dropped with the user. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Condition } from '../../../src/core/conditions.js';
import type { Program } from '../../../src/core/program.js';
import type { ClientOptions } from '../../../src/sdk/types.js';
import { claimsOf, sign } from '../collector/signing.js';
import { freshBrowser, openSite, problem, type Site } from './site.js';

beforeEach(freshBrowser);
afterEach(() => vi.unstubAllGlobals());

const programOf = (audience: Condition, on: 'page' | 'event' = 'page'): Program => ({
  schema: 1,
  site: 'test',
  version: 1,
  segments: { insiders: { list: 'vip' } },
  campaigns: [
    {
      id: 'hello',
      name: 'Hello',
      status: 'live',
      version: 1,
      triggers: on === 'page' ? [{ on }] : [{ on, event: 'go' }],
      caps: [],
      audience,
      variants: [{ id: 'a', content: { format: 'banner', cards: [] } }],
    },
  ],
});
const VIP = programOf({ segment: 'insiders' });
const token = (user: string, seconds = 3600) => sign(claimsOf(user, 'test', seconds), 'secret');

interface Page extends Site {
  /** Addresses of facts that were asked for. */
  asked: URL[];
}

/** A page whose collector answers for facts as told. */
function open(
  program: Program,
  answer: (url: URL) => Response | Promise<Response>,
  options: Partial<ClientOptions> = {},
): Page {
  const asked: URL[] = [];
  const site = openSite(options);
  site.program = program;
  site.facts = async (url) => {
    asked.push(url);
    return answer(url);
  };
  return Object.assign(site, { asked });
}

const isVip = () => Response.json({ facts: { plan: 'gold' }, lists: ['vip'] });
const pause = (delayMs: number) => new Promise((resolve) => setTimeout(resolve, delayMs));
const exposures = (site: Site) => site.events().filter(({ name }) => name === '$exposure').length;

/** Delivers until so many exposures have come, and then a moment longer for one too many. */
async function exposed(site: Page, expected: number): Promise<number> {
  for (let tries = 0; tries < 120 && exposures(site) < expected; tries++) {
    await site.client.flush();
    await pause(25);
  }
  await pause(300);
  await site.client.flush();
  return exposures(site);
}
const sentences = async (site: Site) => {
  for (let tries = 0; tries < 200 && !(await site.client.explain('hello')); tries++) await pause(25);
  return (await site.client.explain('hello'))!.sentences.en.join('\n');
};

it('decides the page again when the facts arrive, and until then says that they are not here', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const site = open(VIP, async () => held.then(isVip));
  await site.client.identify('u-1', {}, token('u-1'));
  await vi.waitFor(() => expect(site.asked).toHaveLength(1), { timeout: 5000 });
  expect(await exposed(site, 0)).toBe(0);
  expect(site.asked.map(({ pathname }) => pathname)).toEqual(['/v1/facts/test']);
  expect(await sentences(site)).toContain('no facts of this user are here');
  release();
  expect(await exposed(site, 1)).toBe(1);
});

it('asks nothing of a program that asks for nothing, without a token, and for nobody', async () => {
  const other = open(programOf({ attribute: 'plan', is: { eq: 'x' } }), isVip);
  await other.client.identify('u-1', {}, token('u-1'));
  await exposed(other, 0);
  freshBrowser();
  const untold = open(VIP, isVip);
  await untold.client.identify('u-1');
  await exposed(untold, 0);
  expect([other.asked, untold.asked, exposures(untold)]).toEqual([[], [], 0]);
});

it('asks nothing without consent to know who it is', async () => {
  const site = open(VIP, isVip, { consent: 'required' });
  await site.client.consent({ measure: true, personalise: true });
  await site.client.identify('u-1', {}, token('u-1'));
  expect([await exposed(site, 0), site.asked]).toEqual([0, []]);
});

it('keeps them for the next page, which need not ask; drops them with the user', async () => {
  const first = open(VIP, isVip);
  await first.client.identify('u-1', {}, token('u-1'));
  expect(await exposed(first, 1)).toBe(1);
  const second = open(VIP, isVip);
  expect([await exposed(second, 1), second.asked]).toEqual([1, []]);
  await second.client.reset();
  expect(await sentences(second)).toContain('nobody is identified');
  const third = open(VIP, isVip);
  await third.client.identify('u-1');
  expect([await exposed(third, 0), third.asked]).toEqual([0, []]);
});

it('does not take the token of one user for another, and says so once', async () => {
  const site = open(VIP, isVip);
  await site.client.identify('u-2', {}, token('u-1'));
  await exposed(site, 0);
  expect(site.asked).toEqual([]);
  await vi.waitFor(() => expect(site.warnings).toEqual([expect.stringContaining('of another user')]), 7000);
}, 10_000);

it.each([401, 403, 404])('does not show a token again that was answered with %i', async (status) => {
  const site = open(VIP, () => problem(status));
  await site.client.identify('u-1', {}, token('u-1'));
  await exposed(site, 0);
  await site.client.track('go');
  await exposed(site, 0);
  expect([site.asked.length, exposures(site)]).toEqual([1, 0]);
  expect(site.warnings).toEqual([expect.stringContaining(`refused (${status})`)]);
});

it.each([
  ['an error', () => new Response('', { status: 503 })],
  ['nobody', () => Promise.reject(new TypeError('failed'))],
  ['a portal', () => new Response('<html>')],
  ['a gateway', () => new Response('{"status":403}', { status: 403 })],
  ['another JSON', () => Response.json({ facts: [], lists: 'vip' })],
])(
  'tries again after a pause when %s has answered',
  async (_, answer) => {
    let isWell = false;
    const site = open(VIP, () => (isWell ? isVip() : answer()));
    await site.client.identify('u-1', {}, token('u-1'));
    await exposed(site, 0);
    expect([site.asked.length, exposures(site)]).toEqual([1, 0]);
    isWell = true;
    await vi.waitFor(() => expect(site.asked.length).toBe(2), { timeout: 4000 });
    expect(await exposed(site, 1)).toBe(1);
    expect(site.warnings).toEqual([expect.stringContaining('could not be fetched')]);
  },
  10_000,
);

it('keeps its token when the page says again who the user is', async () => {
  const site = open(VIP, isVip);
  void site.client.identify('u-1', {}, token('u-1'));
  await site.client.identify('u-1', { plan: 'gold' });
  expect(await exposed(site, 1)).toBe(1);
});

it('decides an event again that came before the facts', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const site = open(programOf({ fact: 'plan', is: { eq: 'gold' } }, 'event'), async () => held.then(isVip));
  await site.client.identify('u-1', {}, token('u-1'));
  await site.client.track('go');
  expect(await exposed(site, 0)).toBe(0);
  release();
  expect(await exposed(site, 1)).toBe(1);
});
