/** A program of which a part is of another type than it should be: the SDK stays on, and shows what else there is. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Program, Trigger } from '../../../src/core/program.js';
import { helloProgram } from './helloProgram.js';
import { freshBrowser, openSite, type Site } from './site.js';

beforeEach(freshBrowser);
afterEach(() => vi.unstubAllGlobals());

/** It has neither a text nor a number, and throws where one is asked of it. */
const MUTE = JSON.parse('{"toString": null}') as never;
/** More own errors than the SDK bears before it switches itself off. */
const OFTEN = 8;
const go: Trigger = { on: 'event', event: 'go' };
const [sound] = helloProgram([go, { on: 'dwell', seconds: 0.2 }]).campaigns;

const pause = (delayMs: number) => new Promise((resolve) => setTimeout(resolve, delayMs));

async function exposed(site: Site, expected: number): Promise<unknown[]> {
  const read = () => site.events().filter(({ name }) => name === '$exposure');
  for (let tries = 0; tries < 100 && read().length < expected; tries++) {
    await pause(25);
    await site.client.flush();
  }
  return read().map(({ properties }) => properties!.campaign);
}

async function goOften(site: Site) {
  for (let times = 0; times < OFTEN; times++) {
    await site.client.track('go');
    await pause(10);
  }
  await pause(100);
}

const ODD: [what: string, odd: object, more?: object][] = [
  ['priority', { priority: MUTE }],
  ['control', { control: MUTE }],
  ['weight', { control: 0, variants: [{ ...sound!.variants[0], weight: MUTE }] }],
  ['id of a variant', { control: 0, variants: [{ ...sound!.variants[0], id: MUTE }] }],
  ['format', { variants: [{ id: 'a', content: { format: MUTE, cards: [] } }] }],
  ['slot', { variants: [{ id: 'a', content: { format: 'inline', slot: MUTE, cards: [] } }] }],
  ['tags', { tags: 'sale' }],
  ['rollout', { rollout: MUTE }],
  ['schedule', { schedule: null }],
  ['dwell', { triggers: [go, { on: 'dwell', seconds: MUTE }], schedule: [] }],
  ['scroll', { triggers: [go, { on: 'scroll', percent: MUTE }], schedule: [] }],
  ['visible', { triggers: [go, { on: 'visible', selector: MUTE }], schedule: [] }],
  [
    'idle',
    {
      triggers: [
        { on: 'idle', seconds: MUTE },
        { on: 'idle', seconds: 60 },
      ],
    },
  ],
  [
    'hesitation',
    {
      triggers: [
        { on: 'hesitation', seconds: MUTE },
        { on: 'idle', seconds: 60 },
      ],
    },
  ],
  ['a key of a trigger', { triggers: [{ ...go, unless: 'x' }] }],
  ['an event', { triggers: [{ on: 'event', event: MUTE }] }],
  ['a part', { triggers: [{ on: 'all', of: [{ on: 'dwell', seconds: MUTE }] }] }],
  ['parts', { triggers: [{ on: 'all', of: MUTE }] }],
];

it.each(ODD)('of whose campaigns one is odd (%s)', async (_, odd) => {
  const site = openSite();
  const campaign = { ...sound!, id: 'odd', priority: 1, ...odd } as Program['campaigns'][number];
  site.program = { ...helloProgram([]), campaigns: [campaign, sound!] };
  await site.client.track('go');
  const first = await exposed(site, 2);
  await goOften(site);
  expect(first).toContain('hello');
  expect(await exposed(site, 1 + OFTEN)).not.toContain('odd');
  expect((await exposed(site, 1 + OFTEN)).length).toBeGreaterThanOrEqual(1 + OFTEN);
  expect(await site.client.explain('odd')).toMatchObject({ shown: false });
  expect(await site.client.track('go')).toMatchObject({ durable: true });
});

it('whose hold-out is odd: nothing is shown, and the log goes on', async () => {
  const site = openSite();
  site.program = { ...helloProgram([go]), limits: { holdOut: MUTE } };
  for (let tries = 0; tries < 200 && !(await site.client.explain('hello')); tries++) await pause(25);
  await goOften(site);
  expect(await site.client.explain('hello')).toMatchObject({ shown: false, gate: 'status' });
  expect(await exposed(site, 0)).toEqual([]);
  expect(await site.client.track('go')).toMatchObject({ durable: true });
});
