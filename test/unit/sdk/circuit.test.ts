import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDatabase } from '../../../src/sdk/database.js';
import { createEnvironment } from '../../../src/sdk/environment.js';
import { createFaults } from '../../../src/sdk/faults.js';
import { createPrograms } from '../../../src/sdk/remoteProgram.js';
import { freshBrowser, openSite } from './site.js';

const env = createEnvironment();
const MINUTE = 60_000;

beforeEach(freshBrowser);
afterEach(() => vi.restoreAllMocks());

/** Another page tried in vain so many times and keeps the lease until its next try; then one comes that names where it comes from. */
async function arrive(failures: number, referrer: string) {
  const store = await openDatabase(env, 'test');
  await store.addRows([], { lease: { tab: 'gone', until: Date.now() + 15 * MINUTE, failures } });
  store.close();
  vi.spyOn(document, 'referrer', 'get').mockReturnValue(referrer);
  const site = openSite();
  await site.client.track('x');
  await site.client.flush();
  return site;
}

it('tries once where somebody comes from elsewhere, and does not ask for the program before there is an answer', async () => {
  const site = await arrive(5, 'https://search.example/');
  // The receipt names no other version, so there is nothing to ask for.
  expect(site.requests).toEqual(['/v1/batch']);
  expect(site.batches[0]!.rows.flatMap(({ events }) => events).at(-1)!.name).toBe('x');
});

it('sends nothing from a page that another page of the site led to, also when it goes', async () => {
  const site = await arrive(5, `${location.origin}/before`);
  dispatchEvent(new Event('pagehide'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(site.requests).toEqual([]);
  expect(await site.client.flush()).toBe(false);
});

it('sends nothing from such a page that is left before it has looked whether somebody tries', async () => {
  const store = await openDatabase(env, 'test');
  await store.addRows([], { lease: { tab: 'gone', until: Date.now() + 15 * MINUTE, failures: 7 } });
  store.close();
  vi.spyOn(document, 'referrer', 'get').mockReturnValue(`${location.origin}/before`);
  const site = openSite();
  await site.client.track('x');
  dispatchEvent(new Event('pagehide'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(site.requests).toEqual([]);
});

const leaseNow = async () => {
  const store = await openDatabase(env, 'test');
  const { lease } = await store.readMeta();
  store.close();
  return lease as { until: number; failures: number };
};

it('opens where the network is silent and pages are left before their requests are given up', async () => {
  for (let pages = 1; pages <= 5; pages++) {
    const site = openSite();
    site.reply = () => new Promise(() => undefined);
    await site.client.track('x');
    void site.client.flush();
    await vi.waitFor(() => expect(site.batches).toHaveLength(1));
    dispatchEvent(new Event('pagehide'));
    await vi.waitFor(async () => expect((await leaseNow()).failures).toBe(pages));
    vi.spyOn(document, 'referrer', 'get').mockReturnValue(`${location.origin}/before`);
  }
  // And stays so: whoever leaves while trying again does not end the pause.
  expect((await leaseNow()).until).toBeGreaterThan(Date.now() + 14 * MINUTE);
});

it('tries again when the network comes back', async () => {
  const site = await arrive(5, `${location.origin}/before`);
  dispatchEvent(new Event('online'));
  await vi.waitFor(() => expect(site.requests).toEqual(['/v1/batch']), 5000);
});

it('takes a pause after fewer tries for that of a tab that may be dead', async () => {
  const site = await arrive(4, `${location.origin}/before`);
  expect(site.requests).toContain('/v1/batch');
});

it.each([
  [undefined, ['/v1/program/test']],
  [{ tab: 'gone', until: 0, failures: 5 }, []],
])(
  'asks for the program where a batch was answered before the deciding chunk came: %j',
  async (lease, paths) => {
    const asked: string[] = [];
    createPrograms({
      env: {
        ...env,
        fetch: async (url) => {
          asked.push(new URL(url as string).pathname);
          return new Response('{}', { status: 404 });
        },
      },
      options: { site: 'test', endpoint: 'https://collector.example' },
      signal: new AbortController().signal,
      faults: createFaults(env.now, () => {}),
      warn: () => {},
      wake: () => {},
      lease: { tab: 'gone', until: 0, failures: 5 },
      store: { readMeta: async () => ({ lease, books: { stream: '', settled: 0, dropped: {} } }) },
      onProgram: () => {},
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toEqual(paths);
  },
);
