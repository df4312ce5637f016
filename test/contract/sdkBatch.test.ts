// @vitest-environment jsdom
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkBatch } from '../../src/collector/ingest/checkBatch.js';
import type { Batch } from '../../src/core/events.js';
import { freshBrowser, openSite } from '../unit/sdk/site.js';

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  version: string;
};
const FILE = join(import.meta.dirname, 'batches', `${version}.json`);

/** What stands at a path of the wire, without the values: a field may come, none may go. */
function shapeOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => shapeOf(item, path + '[]'));
  if (value === null || typeof value !== 'object') return [`${path}: ${typeof value}`];
  return Object.entries(value).flatMap(([key, item]) => shapeOf(item, `${path}.${key}`));
}

async function record(): Promise<Batch> {
  history.replaceState(null, '', '/?utm_source=mail');
  const first = openSite();
  await first.client.identify('user-1', { plan: 'free' });
  await first.client.flush();
  // The next visit, so that the user's first batch holds a session's start.
  const site = openSite({}, { now: () => Date.now() + 31 * 60_000 });
  await site.client.identify('user-1', { plan: 'paid' });
  await site.client.set({ points: 3 });
  await site.client.track('add_to_cart', {
    currency: 'JPY',
    value: 1200,
    items: [{ item_id: 'a', price: 1200 }],
  });
  history.pushState(null, '', '/cart');
  await new Promise((resolve) => setTimeout(resolve, 20));
  await site.client.flush();
  const own = site.batches.filter(({ user }) => user);
  return { ...own[0]!, rows: own.flatMap(({ rows }) => rows) };
}

beforeEach(freshBrowser);

describe('the batch of this SDK', () => {
  it('is accepted whole by the collector and has every field of the recorded one', async () => {
    const batch = await record();
    // Recorded once for each version and kept for ever.
    if (!existsSync(FILE)) {
      mkdirSync(join(FILE, '..'), { recursive: true });
      writeFileSync(FILE, JSON.stringify(batch, null, 2) + '\n');
    }
    expect(checkBatch(batch)).toMatchObject({ ok: true, rejected: [] });
    const kept = shapeOf(JSON.parse(readFileSync(FILE, 'utf8')));
    expect([...new Set(shapeOf(batch))]).toEqual(expect.arrayContaining([...new Set(kept)]));
  });

  it('stays within the limits of the collector whatever the page hands over', async () => {
    const site = openSite();
    let deep: object = { end: 1 };
    for (let n = 0; n < 20; n++) deep = { deep };
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, n) => ['k' + n, n]));
    history.pushState(null, '', '/?' + 'q'.repeat(9000));
    await site.client.track('deep', deep);
    await site.client.track('many', { ...many, items: Array.from({ length: 500 }, () => many) });
    await site.client.track('long', { text: 'あ'.repeat(10_000), ['k'.repeat(200)]: 1 });
    await site.client.identify('u'.repeat(5000), deep);
    await site.client.set(many);
    await site.client.flush();
    expect(site.events().map(({ name }) => name)).toEqual(
      expect.arrayContaining(['deep', 'many', 'long', '$identify', '$set']),
    );
    for (const batch of site.batches) expect(checkBatch(batch)).toMatchObject({ ok: true, rejected: [] });
  });
});
