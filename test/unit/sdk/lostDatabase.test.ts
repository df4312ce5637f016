import { IDBObjectStore as FDBObjectStore } from 'fake-indexeddb';
import { promisifyRequest } from 'idb-keyval';
import { beforeEach, describe, expect, it } from 'vitest';
import { databaseName, openDatabase } from '../../../src/sdk/database.js';
import { createEnvironment } from '../../../src/sdk/environment.js';
import { createRow } from '../../../src/sdk/row.js';
import { pickBatch } from '../../../src/sdk/batch.js';
import type { Store, StoredRow, Taken } from '../../../src/sdk/store.js';
import { freshBrowser, openSite } from './site.js';

const env = createEnvironment();
const context = { visitor: env.uuid(), session: env.uuid(), page: env.uuid() };
const rowOf = (name: string) => createRow(env, env.uuid(), context, [{ name, time: Date.now() }], false);
const names = (rows: StoredRow[]) => rows.flatMap(({ events }) => events.map(({ name }) => name));

const deleted = () => promisifyRequest(indexedDB.deleteDatabase(databaseName('test')));

let store: Store;
beforeEach(async () => {
  freshBrowser();
  store = await openDatabase(env, 'test', ({ target }) => (target as IDBDatabase).close());
  await store.readMeta();
});

describe('a database that dies', () => {
  it('is opened anew when its connection was closed', async () => {
    await store.addRows([rowOf('before')]);
    store.db!.close();
    expect(await store.addRows([rowOf('after')])).toHaveLength(1);
    expect(names(await store.read(0))).toEqual(['before', 'after']);
  });

  it('is tried again when a transaction was aborted, without writing a row twice', async () => {
    const { db } = store;
    const { transaction } = db!;
    db!.transaction = (...args) => {
      delete (db as Partial<IDBDatabase>).transaction;
      const made = transaction.apply(db, args as never);
      made.commit = () => made.abort();
      return made;
    };
    await store.addRows([rowOf('once')]);
    expect(names(await store.read(0))).toEqual(['once']);
  });

  it('stays deleted: whoever deleted it may have withdrawn consent', async () => {
    await deleted();
    await expect(store.addRows([rowOf('late')])).rejects.toBeTruthy();
    expect(await indexedDB.databases()).toEqual([]);
  });

  it('is not taken for ours when another page has begun a new one', async () => {
    await deleted();
    const other = await openDatabase(env, 'test');
    await expect(store.addRows([rowOf('late')])).rejects.toBeTruthy();
    expect(await other.read(0)).toEqual([]);
  });
});

describe('drop counters', () => {
  it('outlive a transaction that failed', async () => {
    const site = openSite({ site: 'counted' });
    await site.client.track('ok');
    await site.client.flush();
    await site.client.track('$bad');
    const { put } = FDBObjectStore.prototype;
    FDBObjectStore.prototype.put = () => {
      throw new DOMException('planted', 'QuotaExceededError');
    };
    await site.client.flush();
    FDBObjectStore.prototype.put = put;
    await site.client.track('again');
    await site.client.flush();
    expect(site.batches.at(-1)!.dropped).toEqual({ invalid: 1 });
  });

  it('count a row that cannot be read', () => {
    const bad = { key: 1, events: [], local: true, json: '{' } as unknown as StoredRow;
    const { skipped, expired } = pickBatch([bad], () => 0, 60_000, 100);
    expect(skipped).toEqual([bad]);
    expect(expired).toEqual({ unreadable: 1 });
  });
});

describe('the last request of a page', () => {
  it('leaves a row that is too long for it to the next page, which sends it alone', async () => {
    const events = [{ name: 'long', time: Date.now(), properties: { text: 'x'.repeat(40_000) } }];
    await store.addRows([createRow(env, env.uuid(), context, events, false)]);
    const { rows } = (await store.acquire('a', Date.now(), Date.now() + 4000, false, {})) as Taken;
    expect(pickBatch(rows, () => 0, 30_000, 100).picked).toEqual([]);
    expect(pickBatch(rows, () => 0, 60_000, 100).picked).toHaveLength(1);
  });
});
