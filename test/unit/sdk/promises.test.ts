/** What the promise of `track()` rests on, each in the way it was once broken. */
import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { freshBrowser, openSite } from './site.js';
beforeEach(freshBrowser);
afterEach(() => void vi.restoreAllMocks());
const wait = (ms: number) => new Promise((r) => setTimeout(r, ms));
const race = (p: Promise<unknown>) => Promise.race([p, wait(800).then(() => 'HUNG')]);
const blocked = () => Promise.reject(new TypeError('blocked'));
const full = () => {
  throw new DOMException('full', 'QuotaExceededError');
};
async function books() {
  const request = indexedDB.open('kikubari-test');
  const db: IDBDatabase = await new Promise((r) => (request.onsuccess = () => r(request.result)));
  const get = db.transaction('meta').objectStore('meta').get('books');
  await new Promise((r) => (get.onsuccess = r));
  db.close();
  return get.result as { dropped: { [reason: string]: number } };
}
async function write(key: string, value: unknown) {
  const request = indexedDB.open('kikubari-test');
  const db: IDBDatabase = await new Promise((r) => (request.onsuccess = () => r(request.result)));
  const transaction = db.transaction('meta', 'readwrite');
  transaction.objectStore('meta').put(value, key);
  await new Promise((r) => (transaction.oncomplete = r));
  db.close();
}
it('goes on after one queueMicrotask that threw', async () => {
  const { client } = openSite();
  await client.track('first');
  const real = globalThis.queueMicrotask;
  globalThis.queueMicrotask = () => {
    throw new Error('host');
  };
  await race(client.track('a'));
  globalThis.queueMicrotask = real;
  expect(await race(client.track('b'))).toMatchObject({ durable: true });
});
it('keeps drop counters when the page goes', async () => {
  const site = openSite();
  await site.client.track('first');
  await site.client.flush();
  for (let i = 0; i < 7; i++) await site.client.track('$bad');
  window.dispatchEvent(new Event('pagehide'));
  await wait(100);
  expect((await books()).dropped).toEqual({ invalid: 7 });
});
it.each(['identify', 'reset'])('%s holds although its write failed', async (how) => {
  const site = openSite();
  await site.client.identify('u1');
  await site.client.flush();
  const { add, put } = IDBObjectStore.prototype;
  Object.assign(IDBObjectStore.prototype, { add: full, put: full });
  await (how === 'reset' ? site.client.reset() : site.client.identify('u2'));
  Object.assign(IDBObjectStore.prototype, { add, put });
  await wait(1100);
  document.dispatchEvent(new Event('visibilitychange'));
  await wait(100);
  await site.client.track('later');
  await site.client.flush();
  expect(site.batches.at(-1)!.user).toBe(how === 'reset' ? undefined : 'u2');
});
it('one turn cannot pass the cap of 5,000 unsent events', async () => {
  const site = openSite();
  site.reply = blocked;
  await site.client.track('first');
  const all = await Promise.all(Array.from({ length: 20_000 }, (_, i) => site.client.track('e', { i })));
  expect(all.filter(({ durable }) => durable).length).toBeLessThanOrEqual(5000);
}, 60_000);
it('five tabs share the cap of 5,000 unsent events', async () => {
  const sites = Array.from({ length: 5 }, () => openSite());
  for (const site of sites) site.reply = blocked;
  await Promise.all(sites.map(({ client }) => client.track('first')));
  let durable = 0;
  for (let round = 0; round < 60; round++)
    for (const { client } of sites)
      durable += (await Promise.all(Array.from({ length: 50 }, (_, i) => client.track('e', { i })))).filter(
        (one) => one.durable,
      ).length;
  expect(durable).toBeLessThanOrEqual(5000 + 5 * 50);
}, 120_000);
it('what was acknowledged seconds ago does not expire when a wrong clock is put right', async () => {
  let off = -60 * 86_400_000;
  const site = openSite({}, { now: () => Date.now() + off });
  expect(await site.client.track('early')).toMatchObject({ durable: true });
  off = 0;
  await site.client.flush();
  expect(site.events().map(({ name }) => name)).toContain('early');
});
it('answers every call when the SDK turns itself off', async () => {
  const { client } = openSite(
    {},
    {
      warn: () => {
        throw new Error('w');
      },
    },
  );
  await client.track('first');
  void client.track('w1');
  for (let i = 0; i < 6; i++) await Promise.resolve();
  const second = race(client.track('w2'));
  for (let i = 0; i < 7; i++) void client.track('$bad' + i);
  expect(await second).not.toBe('HUNG');
});
it('counts a rejected event once when the page is hidden during the request', async () => {
  const site = openSite();
  await site.client.track('first');
  await site.client.flush();
  const late: (() => void)[] = [];
  site.reply = (batch) =>
    new Promise((resolve) =>
      late.push(() =>
        resolve(
          Response.json({
            accepted: 0,
            rejected: [{ id: batch.rows[0]!.id, code: 'invalid' }],
            program: 0,
            commands: [],
          }),
        ),
      ),
    );
  await site.client.track('poison');
  const flushing = site.client.flush();
  await wait(50);
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  document.dispatchEvent(new Event('visibilitychange'));
  await wait(50);
  for (const answer of late) answer();
  await flushing;
  await wait(100);
  expect((await books()).dropped).toEqual({ rejected: 1 });
});
it("M a 400 that is not the collector's does not empty the queue", async () => {
  const site = openSite();
  site.reply = () => new Response('<html>400 Bad Request</html>', { status: 400 });
  for (let i = 0; i < 100; i++) await site.client.track('e', { i });
  await site.client.flush();
  expect((await books()).dropped).toEqual({});
});

it('a login in another tab, after a reset here, is not undone by this one', async () => {
  const [here, there] = [openSite(), openSite()];
  await here.client.identify('u1');
  await here.client.reset();
  const seen = () => document.dispatchEvent(new Event('visibilitychange'));
  seen();
  await wait(300);
  await there.client.identify('u3');
  seen();
  await wait(300);
  await here.client.track('later');
  await here.client.flush();
  await there.client.flush();
  const sent = [...here.batches, ...there.batches].filter((batch) =>
    batch.rows.some(({ events }) => events.some(({ name }) => name === 'later')),
  );
  expect(sent.map(({ user }) => user)).toEqual(['u3']);
});

it('goes on with a stored program that is damaged, however often other tabs make it look', async () => {
  const before = openSite();
  await before.client.track('first');
  await write('program', '{"schema": 1, "vers');
  const site = openSite();
  await site.client.track('second');
  const others = new BroadcastChannel('kikubari-test');
  for (let row = 0; row < 8; row++) {
    others.postMessage(0);
    await wait(60);
  }
  others.close();
  expect(await site.client.track('still')).toMatchObject({ durable: true });
});
