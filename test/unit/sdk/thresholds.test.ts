/** Each threshold of time and depth makes an occasion of its own, and only for who waits for it. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SimpleTrigger, Trigger } from '../../../src/core/program.js';
import { createEnvironment } from '../../../src/sdk/environment.js';
import { createFaults } from '../../../src/sdk/faults.js';
import type { PageState } from '../../../src/sdk/page.js';
import { createTriggers } from '../../../src/sdk/triggers.js';
import { helloProgram } from './helloProgram.js';
import { freshBrowser, openSite, type Site } from './site.js';

beforeEach(() => {
  history.replaceState(null, '', '/a');
  freshBrowser();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pause = (delayMs: number) => new Promise((resolve) => setTimeout(resolve, delayMs));

/** Campaigns with these triggers, in order `a`, `b`, each shown as often as it can be. */
async function open(...triggers: Trigger[]): Promise<Site> {
  const site = openSite();
  const program = helloProgram([]);
  const [campaign] = program.campaigns;
  site.program = {
    ...program,
    campaigns: triggers.map((trigger, index) => ({ ...campaign!, id: 'ab'[index]!, triggers: [trigger] })),
  };
  for (let tries = 0; tries < 200 && !(await site.client.explain('a')); tries++) await pause(10);
  return site;
}

async function exposed(site: Site) {
  await pause(300);
  await site.client.flush();
  const exposures = site.events().filter(({ name }) => name === '$exposure');
  return exposures.map(({ properties }) => properties!.campaign);
}

it('of time: the one of another campaign is none', async () => {
  const site = await open({ on: 'dwell', seconds: 0.5 }, { on: 'dwell', seconds: 0.9 });
  await pause(1200);
  expect(await exposed(site)).toEqual(['a', 'b']);
});

it('of time as a part of a combination: that of another campaign completes it no second time', async () => {
  const site = await open(
    { on: 'all', of: [{ on: 'dwell', seconds: 0.5 }] },
    { on: 'all', of: [{ on: 'dwell', seconds: 0.9 }] },
  );
  await pause(1200);
  expect(await exposed(site)).toEqual(['a', 'b']);
  const signals = site.events().filter(({ name }) => name === '$signal_dwell');
  expect(signals.map(({ properties }) => properties!.seconds)).toEqual([0.5, 0.9]);
});

/** What the page fires at these depths, in order. */
function fired(triggers: SimpleTrigger[], depths: number[]) {
  const env = createEnvironment();
  const page: PageState = {
    id: 'p',
    address: { url: 'https://shop.example/', path: '/', title: '', referrer: '' },
    since: env.now(),
    scroll: 0,
  };
  const told: (number | undefined)[] = [];
  const faults = createFaults(env.now, () => {});
  const armed = createTriggers({ env, faults, fire: ({ percent }) => void told.push(percent) });
  armed.arm(triggers, page);
  depths.forEach(armed.scrolled);
  return told;
}

it('of depth: all that one scroll passes, the lower one first, each once', () => {
  const triggers: SimpleTrigger[] = [75, 25, 50, 25].map((percent) => ({ on: 'scroll', percent }));
  expect(fired(triggers, [10, 20])).toEqual([]);
  expect(fired(triggers, [10, 60, 60, 80, 100])).toEqual([25, 50, 75]);
  expect(fired(triggers, [75])).toEqual([25, 50, 75]);
});
