import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/sdk/database.js';
import { createEnvironment } from '../../../src/sdk/environment.js';
import { createRow } from '../../../src/sdk/row.js';
import type { Store, Taken } from '../../../src/sdk/store.js';
import { freshBrowser } from './site.js';

const env = createEnvironment();
const context = { visitor: env.uuid(), session: env.uuid(), page: env.uuid() };
const NOW = 1_800_000_000_000;
let store: Store;

beforeEach(async () => {
  freshBrowser();
  store = await openDatabase(env, 'test');
  await store.addRows([createRow(env, env.uuid(), context, [{ name: 'x', time: NOW }], false)]);
});

const rowsOf = (taken: Taken | number) => (typeof taken === 'number' ? taken : taken.rows.length);

describe('the lease', () => {
  it('is of one tab at a time, and tells the others how long it lasts', async () => {
    expect(rowsOf(await store.acquire('a', NOW, NOW + 3000, false, {}))).toBe(1);
    expect(await store.acquire('b', NOW + 1000, NOW + 4000, false, {})).toBe(2000);
    expect(rowsOf(await store.acquire('a', NOW + 1000, NOW + 4000, false, {}))).toBe(1);
  });

  it('is free for another tab at once when the last row was settled with it', async () => {
    const taken = (await store.acquire('a', NOW, NOW + 3000, false, {})) as Taken;
    const keys = taken.rows.map(({ key }) => key);
    await store.settle(keys, () => ({}), true);
    await store.addRows([createRow(env, env.uuid(), context, [{ name: 'y', time: NOW }], false)]);
    expect(rowsOf(await store.acquire('b', NOW + 1, NOW + 4000, false, {}))).toBe(1);
  });

  it('passes to another tab when it was not renewed', async () => {
    await store.acquire('a', NOW, NOW + 3000, false, {});
    expect(rowsOf(await store.acquire('b', NOW + 3001, NOW + 6000, false, {}))).toBe(1);
  });

  it('lasts on when it was renewed, and not when it was given up', async () => {
    await store.acquire('a', NOW, NOW + 3000, false, {});
    await store.addRows([], { lease: { tab: 'a', until: NOW + 5000, failures: 0 } });
    expect(await store.acquire('b', NOW + 3001, NOW + 6000, false, {})).toBe(1999);
    await store.addRows([], { lease: { tab: 'a', until: 0, failures: 0 } });
    expect(rowsOf(await store.acquire('b', NOW + 3001, NOW + 6000, false, {}))).toBe(1);
  });

  it('kept through a pause holds off everybody but a tab that may probe, who learns how often it failed', async () => {
    await store.acquire('a', NOW, NOW + 3000, false, {});
    await store.addRows([], { lease: { tab: 'a', until: NOW + 600_000, failures: 5 } });
    expect(await store.acquire('b', NOW, NOW + 3000, false, {})).toBe(600_000);
    expect(await store.acquire('b', NOW, NOW + 3000, true, {})).toMatchObject({ failures: 5 });
  });

  it('of a tab at work holds off a probing one too', async () => {
    await store.acquire('a', NOW, NOW + 3000, false, {});
    expect(await store.acquire('b', NOW, NOW + 3000, true, {})).toBe(3000);
  });

  it('remembers how often it failed while a tab tries, for whoever comes after that one', async () => {
    await store.addRows([], { lease: { tab: 'a', until: NOW - 1, failures: 5 } });
    await store.acquire('a', NOW, NOW + 4000, false, {});
    expect(await store.acquire('b', NOW, NOW + 4000, true, {})).toBe(4000);
    expect((await store.readMeta()).lease).toMatchObject({ failures: 5 });
    expect(await store.acquire('b', NOW + 4001, NOW + 8001, false, {})).toMatchObject({ failures: 5 });
  });

  it('from a clock that ran far ahead holds off nobody', async () => {
    await store.acquire('a', NOW + 86_400_000, NOW + 86_403_000, false, {});
    expect(rowsOf(await store.acquire('b', NOW, NOW + 3000, false, {}))).toBe(1);
  });

  it('is gone with the last row', async () => {
    const taken = (await store.acquire('a', NOW, NOW + 3000, false, {})) as Taken;
    await store.settle(
      taken.rows.map(({ key }) => key),
      () => ({}),
    );
    await store.acquire('a', NOW, NOW + 3000, false, {});
    expect(rowsOf(await store.acquire('b', NOW, NOW + 3000, false, {}))).toBe(0);
  });
});
