import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Program, Trigger } from '../../../src/core/program.js';
import { createEnvironment } from '../../../src/sdk/environment.js';
import { helloProgram as program } from './helloProgram.js';
import { accept, freshBrowser, openSite, type Site } from './site.js';

beforeEach(freshBrowser);
afterEach(() => vi.unstubAllGlobals());

const pause = (delayMs: number) => new Promise((resolve) => setTimeout(resolve, delayMs));

/** A page that can be left: nothing of it runs any more then. */
function openPage(of: Program): Site & { leave: () => void } {
  let hasLeft = false;
  const { later } = createEnvironment();
  const site = openSite({}, { later: (run, delayMs) => later(() => (hasLeft ? undefined : run()), delayMs) });
  site.program = of;
  return Object.assign(site, { leave: () => void (hasLeft = true) });
}

async function read(sites: Site[], name: string) {
  for (const { client } of sites) await client.flush();
  return sites.flatMap((site) => site.events().filter((event) => event.name === name));
}

/** The exposures that arrive: as many as are expected, however slow the machine, and then a moment for one too many. */
async function exposures(sites: Site[], expected: number) {
  for (let tries = 0; tries < 200 && (await read(sites, '$exposure')).length < expected; tries++)
    await pause(25);
  await pause(300);
  return read(sites, '$exposure');
}

/** Waits until there is a program to decide with. */
async function decides({ client }: Site) {
  for (let tries = 0; tries < 200 && !(await client.explain('hello')); tries++) await pause(25);
}

const event = (name: string) => ({ on: 'event' as const, event: name });

it('exposes once all has happened, and notes the signal it waited for', async () => {
  const site = openPage(program([{ on: 'all', of: [{ on: 'dwell', seconds: 0.2 }, event('go')] }]));
  await decides(site);
  await site.client.track('go');
  const [exposure, ...others] = await exposures([site], 1);
  expect(exposure!.properties).toMatchObject({ campaign: 'hello', trigger: 'event' });
  expect(others).toEqual([]);
  const [signal] = await read([site], '$signal_dwell');
  expect(signal!.properties!.path).toBe('/');
  expect(signal!.properties!.seconds).toBeGreaterThanOrEqual(0.2);
});

it('notes no signal that no combination waits for', async () => {
  const parts: Trigger[] = [
    { on: 'dwell', seconds: 0.1 },
    { on: 'all', of: [{ on: 'dwell', seconds: 60 }, event('go')] },
    { on: 'all', of: [{ on: 'dwell', seconds: 0.1, page: { startsWith: '/cart' } }, event('go')] },
  ];
  const site = openPage(program(parts));
  await site.client.track('go');
  // By the first of them.
  expect(await exposures([site], 1)).toHaveLength(1);
  expect(await read([site], '$signal_dwell')).toEqual([]);
});

it('goes on on the next page, in order only', async () => {
  const of = program([{ on: 'then', of: [event('a'), event('b')], within: '1h' }]);
  const first = openPage(of);
  await decides(first);
  await first.client.track('b');
  await first.client.track('a');
  expect(await exposures([first], 0)).toEqual([]);
  first.leave();
  const second = openPage(of);
  await decides(second);
  await second.client.track('b');
  expect(await exposures([second], 1)).toHaveLength(1);
});

it('waits on the next page for what is left of a delay, though the page before knew nothing of it', async () => {
  const of = program([{ on: 'all', of: [event('go')], delay: '1s' }], {}, 2);
  const first = openPage({ ...of, version: 1, campaigns: [] });
  await first.client.track('go');
  const since = Date.now();
  first.leave();
  const second = openPage(of);
  await decides(second);
  expect(await second.client.explain('hello')).toMatchObject({ shown: false, gate: 'trigger' });
  const [exposure] = await exposures([second], 1);
  expect(exposure!.properties!.trigger).toBe('delay');
  expect(exposure!.time - since).toBeGreaterThan(900);
  expect(exposure!.time - since).toBeLessThan(4000);
  // It is over, once for all pages that come.
  second.leave();
  const third = openPage(of);
  await decides(third);
  expect(await exposures([third], 0)).toEqual([]);
});

it('exposes once for a delay that two tabs wait for', async () => {
  const of = program([{ on: 'all', of: [event('go')], delay: '1s' }]);
  const one = openPage(of);
  await decides(one);
  await one.client.track('go');
  const other = openPage(of);
  await decides(other);
  expect(await exposures([one, other], 1)).toHaveLength(1);
});

it('drops a delay whose campaign is paused meanwhile', async () => {
  const of = program([{ on: 'all', of: [event('go')], delay: '1.5s' }]);
  const site = openPage(of);
  await decides(site);
  await site.client.track('go');
  site.program = { ...of, version: 2, campaigns: [] };
  site.reply = async (batch) =>
    Response.json({ ...((await (await accept(batch)).json()) as object), program: 2 });
  await site.client.track('x');
  await site.client.flush();
  await pause(1800);
  expect(await exposures([site], 0)).toEqual([]);
  expect(await read([site], '$signal_delay')).toEqual([]);
  expect(await site.client.explain('hello')).toMatchObject({ gate: 'status' });
});

it('asks the conditions when the delay is over, and says in an explanation what it waits for', async () => {
  const of = program([{ on: 'all', of: [event('go')], delay: '1s' }], {
    audience: { event: 'purchase', is: { eq: 0 } },
  });
  const site = openPage(of);
  await decides(site);
  const before = await site.client.explain('hello');
  expect(before!.sentences.en).toContain('✗ The delay of 1 second has not begun.');
  await site.client.track('go');
  const waiting = await site.client.explain('hello');
  expect(waiting!.sentences.en.join()).toMatch(
    /✓ the event go: has happened.*✗ The delay of 1 second lasts until/,
  );
  await site.client.track('purchase');
  expect(await exposures([site], 0)).toEqual([]);
  await pause(1000);
  expect(await exposures([site], 0)).toEqual([]);
  expect(await read([site], '$signal_delay')).toHaveLength(1);
});

it('turns a combination it does not understand off, and only that campaign', async () => {
  const odd = { on: 'all', of: [null, { on: 'sneeze' }, event('go')], unless: 'x' } as unknown as Trigger;
  const of = program([{ on: 'all', of: [{ on: 'dwell', seconds: 0.1 }] }]);
  const strange = { ...of.campaigns[0]!, id: 'odd', triggers: [odd], priority: 9 };
  const site = openPage({ ...of, campaigns: [strange, ...of.campaigns] });
  await site.client.track('go');
  expect((await exposures([site], 1)).map(({ properties }) => properties!.campaign)).toEqual(['hello']);
  const explained = await site.client.explain('odd');
  expect(explained!.sentences.en.join()).toContain('does not understand part of it (triggers:');
});
