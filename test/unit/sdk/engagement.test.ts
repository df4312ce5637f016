import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Campaign, Program } from '../../../src/core/program.js';
import { freshBrowser, openSite, type Site } from './site.js';

beforeEach(freshBrowser);
afterEach(() => vi.unstubAllGlobals());

const campaign = (fields: Partial<Campaign>): Program['campaigns'][number] => ({
  id: 'hello',
  name: 'Hello',
  status: 'live',
  version: 1,
  triggers: [{ on: 'event', event: 'go' }],
  caps: [{ count: 1, per: 'ever' }],
  variants: [
    {
      id: 'a',
      content: { format: 'banner', cards: [{ id: 'c', blocks: [{ block: 'heading', text: 'Hello' }] }] },
    },
  ],
  ...fields,
});
const programOf = (...campaigns: Program['campaigns']): Program => ({
  schema: 1,
  site: 'test',
  version: 1,
  segments: {},
  campaigns,
});

const pause = (delayMs: number) => new Promise((resolve) => setTimeout(resolve, delayMs));

/** The exposures that arrive: as many as are expected, however slow the machine, and then a moment for one too many. */
async function exposures(sites: Site[], expected: number) {
  const read = () => sites.flatMap((site) => site.events().filter(({ name }) => name === '$exposure'));
  for (let tries = 0; tries < 200 && read().length < expected; tries++) {
    await pause(25);
    for (const site of sites) await site.client.flush();
  }
  await pause(200);
  for (const site of sites) await site.client.flush();
  return read();
}

/** Waits until there is a program to decide with. */
async function decides({ client }: Site) {
  for (let tries = 0; tries < 200 && !(await client.explain('hello')); tries++) await pause(25);
}

describe('engagement', () => {
  it('writes the exposure of a campaign whose event happened, before a program had arrived', async () => {
    const site = openSite();
    site.program = programOf(campaign({}));
    await site.client.track('go');
    expect(await exposures([site], 1)).toMatchObject([
      {
        properties: { campaign: 'hello', version: 1, variant: 'a', trigger: 'event' },
        purposes: ['personalise'],
      },
    ]);
  });

  it('does not spend a cap of one twice, though two tabs decide at the same moment', async () => {
    // Nobody tells the tabs of each other: only the transaction of the claim can.
    vi.stubGlobal('BroadcastChannel', undefined);
    const tabs = [openSite(), openSite()];
    for (const tab of tabs) tab.program = programOf(campaign({}));
    await Promise.all(tabs.map((tab) => tab.client.track('ready')));
    await Promise.all(tabs.map(decides));
    await Promise.all(tabs.map((tab) => tab.client.track('go')));
    expect(await exposures(tabs, 1)).toHaveLength(1);
  });

  it('turns a campaign it does not understand off, and only that one', async () => {
    const site = openSite();
    const odd = campaign({ id: 'odd', priority: 9, audience: { moon: 'full' } as never });
    const broken = { id: 'broken' } as never;
    site.program = programOf(odd, broken, campaign({}));
    await site.client.track('go');
    expect((await exposures([site], 1)).map(({ properties }) => properties!.campaign)).toEqual(['hello']);
  });

  it('shows who is in control of one campaign what comes without it, and notes what the site counts by', async () => {
    const site = openSite();
    const first = campaign({
      id: 'first',
      priority: 9,
      control: 1,
      group: 'g',
      tags: ['sale'],
      attention: 2,
    });
    site.program = programOf(first, campaign({}));
    await site.client.track('go');
    const seen = await exposures([site], 2);
    expect(seen.map(({ properties }) => properties)).toMatchObject([
      { campaign: 'first', variant: 'control', group: 'g', tags: ['sale'], attention: 2 },
      { campaign: 'hello', variant: 'a' },
    ]);
    expect(Object.keys(seen[1]!.properties!)).toEqual(['campaign', 'version', 'variant', 'trigger']);
  });

  it('shows nothing to who is held out, and counts each campaign that was due', async () => {
    const site = openSite();
    site.program = { ...programOf(campaign({ id: 'first' }), campaign({})), limits: { holdOut: 1 } };
    await site.client.track('go');
    const seen = await exposures([site], 2);
    expect(seen.map(({ properties }) => [properties!.campaign, properties!.variant])).toEqual([
      ['first', 'holdout'],
      ['hello', 'holdout'],
    ]);
    expect(site.events().filter(({ name }) => name === '$impression')).toEqual([]);
  });

  it('decides with the program of the last visit when the collector cannot be reached', async () => {
    const first = openSite();
    first.program = programOf(campaign({ caps: [] }));
    await first.client.track('x');
    await decides(first);
    const second = openSite({}, { fetch: () => Promise.reject(new TypeError('offline')) });
    await second.client.track('go');
    await decides(second);
    await pause(200);
    expect(await second.client.explain('hello')).toMatchObject({ campaign: 'hello', gate: null });
    expect(second.warnings.filter((text) => text.includes('cannot reach'))).toHaveLength(1);
    const third = openSite({}, { now: () => Date.now() + 16 * 60_000 });
    await third.client.flush();
    expect(third.events().map(({ name }) => name)).toContain('$exposure');
  });

  it('explains in words which gate is closed', async () => {
    const site = openSite();
    site.program = programOf(campaign({ audience: { page: 'path', is: { eq: '/elsewhere' } } }));
    await site.client.track('x');
    await decides(site);
    const explanation = await site.client.explain('hello');
    expect(explanation).toMatchObject({ shown: false, gate: 'audience' });
    expect(explanation!.sentences.ja.join('')).toContain('表示されません');
    expect(await site.client.show('nobody')).toEqual({ gate: 'status' });
  });

  it('says once that a site key is unknown', async () => {
    const site = openSite();
    await site.client.track('x');
    await pause(100);
    expect(site.warnings).toEqual([expect.stringContaining('unknown site key "test"')]);
  });
});

describe('a site without a campaign', () => {
  it('measures how the stay was, for the leave event', async () => {
    const site = openSite(
      {},
      // What comes three seconds after the start comes at once.
      { later: (run, delayMs) => setTimeout(run, delayMs > 2000 && delayMs <= 3000 ? 0 : delayMs) as never },
    );
    site.program = programOf();
    await site.client.track('here');
    const leave = () => site.events().find(({ name }) => name === '$page_leave');
    for (let tries = 0; tries < 200 && !leave(); tries++) {
      await pause(25);
      for (let clicks = 0; clicks < 3; clicks++) window.dispatchEvent(new MouseEvent('click'));
      if (tries < 10) continue;
      history.pushState({}, '', '/left');
      await site.client.flush();
    }
    expect(leave()!.properties).toMatchObject({ idle: 0, exit: false, back: 0, scroll: expect.any(Number) });
    expect(leave()!.properties!.rage).toBeGreaterThan(0);
  });
});
