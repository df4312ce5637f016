// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';
import { eventId, type Batch } from '../../../src/core/events.js';
import { accept, freshBrowser, openSite } from './site.js';

beforeEach(() => {
  freshBrowser();
  // They hear of each other by what they read alone.
  vi.stubGlobal('BroadcastChannel', undefined);
});

it('does not bring the user of before back by what another tab says of that one after the logout', async () => {
  const one = openSite();
  await one.client.identify('alice', { plan: 'gold' });
  const other = openSite();
  await other.client.track('open');
  await one.client.reset();
  await other.client.set({ unread: 3 });
  // Somebody comes back to the tab in which the logout was.
  document.dispatchEvent(new Event('visibilitychange'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await one.client.track('after');
  await one.client.flush();
  const { visitor, user } = one.batches.find(({ rows }) => namesOf(rows).includes('after'))!;
  expect(user).toBeUndefined();
  const page = openSite();
  await page.client.track('next page');
  await page.client.flush();
  const next = page.batches.find(({ rows }) => namesOf(rows).includes('next page'))!;
  expect([next.visitor, next.user]).toEqual([visitor, undefined]);
});

it('keeps what is said of a visitor who is still there, whichever tab says it', async () => {
  const one = openSite();
  await one.client.identify('alice');
  const other = openSite();
  await other.client.set({ unread: 3 });
  await one.client.identify('bob');
  const page = openSite();
  await page.client.track('next page');
  await page.client.flush();
  expect(page.batches.at(-1)!.user).toBe('bob');
});

it('counts an event that was refused in the requests of two tabs once', async () => {
  let now = 1_800_000_000_000;
  const env = { now: () => now };
  const one = openSite({}, env);
  await one.client.track('poison');
  const answers: (() => void)[] = [];
  const refusePoison = (batch: Batch) =>
    new Promise<Response>((resolve) => {
      const events = batch.rows.flatMap(({ id, events }) =>
        events.map(({ name }, index) => ({
          name,
          id: eventId(id, index),
        })),
      );
      const rejected = events
        .filter(({ name }) => name === 'poison')
        .map(({ id }) => ({ id, code: 'too_deep' }));
      const receipt = { accepted: events.length - rejected.length, rejected, program: 0, commands: [] };
      answers.push(() => resolve(Response.json(receipt)));
    });
  one.reply = refusePoison;
  void one.client.flush();
  await vi.waitUntil(() => answers.length === 1);
  // Longer than the lease lasts.
  now += 5000;
  const other = openSite({}, env);
  other.reply = refusePoison;
  await other.client.track('more');
  void other.client.flush();
  await vi.waitUntil(() => answers.length === 2);
  for (const answer of answers) {
    answer();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  other.reply = accept;
  await other.client.track('last');
  await other.client.flush();
  expect(other.batches.at(-1)!.dropped).toEqual({ rejected: 1 });
});

const namesOf = (rows: Batch['rows']) => rows.flatMap(({ events }) => events.map(({ name }) => name));
