import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventsOf } from '../../../src/core/history.js';
import type { Facts, History } from '../../../src/core/decision.js';
import { evaluate } from '../../../src/core/evaluate.js';
import type { TrackedEvent } from '../../../src/core/events.js';
import type { Program } from '../../../src/core/program.js';
import { openDatabase } from '../../../src/sdk/database.js';
import { createEnvironment } from '../../../src/sdk/environment.js';
import { createFaults } from '../../../src/sdk/faults.js';
import { createPast } from '../../../src/sdk/past.js';
import { prune } from '../../../src/sdk/retention.js';
import type { StoredSnapshot } from '../../../src/sdk/retention.js';
import { createRow } from '../../../src/sdk/row.js';
import type { Store } from '../../../src/sdk/store.js';
import type { Who } from '../../../src/sdk/visitor.js';
import { freshBrowser, openSite } from './site.js';

const NOW = 1_800_000_000_000;
const DAY_MS = 86_400_000;
const env = { ...createEnvironment(), now: () => NOW };
let store: Store;
let visitor: string;

beforeEach(async () => {
  freshBrowser();
  store = await openDatabase(env, 'test');
  visitor = ((await store.readMeta()).who as Who).visitor;
});
afterEach(() => vi.restoreAllMocks());

interface Written {
  isLocal?: boolean;
  by?: string;
}
const rowOf = (events: TrackedEvent[], { isLocal = false, by = visitor }: Written = {}) =>
  createRow(env, 'o', { visitor: by, session: 's', page: 'p' }, events, isLocal);
const write = (events: TrackedEvent[], written?: Written) => store.append([rowOf(events, written)]);
const view = (time: number, value = 1): TrackedEvent => ({ name: 'view', time, properties: { value } });
const exposure = (time: number): TrackedEvent => ({
  name: '$exposure',
  time,
  properties: { campaign: 'hello' },
});
/** `count` turns of ten views; every fifth turn shows something. */
function writeTurns(count: number, written?: Written) {
  const rows = Array.from({ length: count }, (_, turn) => {
    const time = NOW - (count - turn) * 60_000;
    const events = Array.from({ length: 10 }, (_, index) => view(time, index));
    return rowOf(turn % 5 ? events : [...events, exposure(time)], written);
  });
  return store.append(rows);
}
const settleAll = async () =>
  store.settle(
    (await store.read(0)).map(({ key }) => key),
    {},
  );

const snapshot = () =>
  new Promise<StoredSnapshot | undefined>((resolve) => {
    const request = store.db!.transaction('meta').objectStore('meta').get('snapshot');
    request.onsuccess = () => resolve(request.result as StoredSnapshot);
  });
/** Everything the device still knows, as a total per name. */
async function totals() {
  const [{ pinned = [], pruned = [] } = {}, rows] = [(await snapshot()) ?? {}, await store.read(0)];
  const counts: { [name: string]: number } = {};
  for (const { name } of [...pinned, ...rows.flatMap(eventsOf)]) counts[name] = (counts[name] ?? 0) + 1;
  for (const { name, days } of pruned)
    for (const { count } of days) counts[name] = (counts[name] ?? 0) + count;
  return counts;
}

describe('pruning', () => {
  it('moves what is too much into the snapshot, and every count stays what it was', async () => {
    await writeTurns(600);
    await settleAll();
    const before = await totals();
    expect(before).toEqual({ view: 6000, $exposure: 120 });
    await prune(store, NOW);
    expect(await totals()).toEqual(before);
    const rows = await store.read(0);
    expect(rows.flatMap(({ events }) => events).length).toBeLessThanOrEqual(4000);
    const { through, pinned } = (await snapshot())!;
    expect(rows[0]!.key).toBe(through + 1);
    expect(pinned.length).toBeGreaterThan(30);
  });

  it('leaves what waits for delivery and takes refused rows from behind it', async () => {
    await writeTurns(20);
    await writeTurns(500, { isLocal: true });
    await prune(store, NOW);
    const rows = await store.read(0);
    expect(rows.filter(({ local }) => !local).length).toBe(20);
    expect(rows.filter(({ local }) => local).length).toBeLessThan(400);
    expect(await totals()).toEqual({ view: 5200, $exposure: 104 });
  });

  it('leaves room for what waits for delivery within the characters of the whole log', async () => {
    const large = { ...view(NOW), properties: { text: 'x'.repeat(1000) } };
    for (let turn = 0; turn < 40; turn++) await write(Array.from({ length: 38 }, () => large));
    for (let turn = 0; turn < 30; turn++)
      await write(
        Array.from({ length: 38 }, () => large),
        { isLocal: true },
      );
    const length = async () => (await store.read(0)).reduce((sum, { json }) => sum + json.length, 0);
    expect(await length()).toBeGreaterThan(2_097_152);
    await prune(store, NOW);
    expect((await length()) + JSON.stringify(await snapshot()).length).toBeLessThan(1_800_000);
    expect((await store.read(0)).filter(({ local }) => !local).length).toBe(40);
    expect(await totals()).toEqual({ view: 70 * 38 });
  });

  it('loses nothing when the transaction is aborted', async () => {
    await writeTurns(450);
    await settleAll();
    await prune(store, NOW);
    await writeTurns(200);
    await settleAll();
    const before = [await snapshot(), await store.read(0)];
    // As a full disk does, or a browser that dies: some of it has been asked for already.
    const { delete: remove } = IDBObjectStorePrototype();
    vi.spyOn(IDBObjectStorePrototype(), 'delete').mockImplementation(function (this: IDBObjectStore, range) {
      const request = remove.call(this, range);
      this.transaction.abort();
      return request;
    });
    await expect(prune(store, NOW)).rejects.toThrow();
    vi.restoreAllMocks();
    expect([await snapshot(), await store.read(0)]).toEqual(before);
    await prune(store, NOW);
    expect(await totals()).toEqual({ view: 6500, $exposure: 130 });
  });

  it('is done once when two tabs do it at the same moment', async () => {
    await writeTurns(600);
    await settleAll();
    const other = await openDatabase(env, 'test');
    await Promise.all([prune(store, NOW), prune(other, NOW), prune(store, NOW)]);
    expect(await totals()).toEqual({ view: 6000, $exposure: 120 });
    other.close();
  });

  it('lets go of everything older than 89 days, but for what is pinned', async () => {
    await write([view(NOW - 100 * DAY_MS), exposure(NOW - 100 * DAY_MS)]);
    await write([view(NOW - DAY_MS)]);
    await settleAll();
    await prune(store, NOW);
    expect((await store.read(0)).map(({ key }) => key)).toEqual([2]);
    expect((await snapshot())!.pinned.map(({ name }) => name)).toEqual(['$exposure']);
  });

  it('keeps the goals of the campaigns whole', async () => {
    await write([view(NOW - 100 * DAY_MS), { name: 'purchase', time: NOW - 100 * DAY_MS }]);
    await settleAll();
    const program = { campaigns: [{ goal: { event: 'purchase', window: '7d' } }] } as unknown as Program;
    await prune(store, NOW, program);
    expect((await snapshot())!.pinned.map(({ name }) => name)).toEqual(['purchase']);
  });

  it('forgets the visitor before this one, but for what is still to be delivered', async () => {
    await write([view(NOW - 100 * DAY_MS)]);
    await settleAll();
    await prune(store, NOW);
    await write([view(NOW)]);
    await settleAll();
    await write([view(NOW)]);
    await store.append([], { who: { visitor: 'next', attributes: {} } });
    await write([view(NOW - 100 * DAY_MS)], { by: 'next' });
    await prune(store, NOW);
    expect((await store.read(0)).map(({ key }) => key)).toEqual([3, 4]);
    expect(await snapshot()).toMatchObject({ visitor: 'next', pruned: [] });
  });
});

function IDBObjectStorePrototype(): IDBObjectStore {
  return Object.getPrototypeOf(store.db!.transaction('log').objectStore('log')) as IDBObjectStore;
}

describe('the past of a page', () => {
  const faults = createFaults(Date.now, () => {});
  const fail = vi.spyOn(faults, 'fail');
  const open = (parts: Partial<typeof env> = {}) =>
    createPast({
      env: { ...env, ...parts },
      store,
      faults,
      visitor: { who: () => ({ visitor, attributes: {} }) } as never,
      program: () => undefined,
      weighed: () => {},
    });
  const counts = (history: History, event: string, count: number) =>
    evaluate(
      { event, is: { eq: count } },
      { segments: {}, history, facts: { visit: { session: 's' } } as Facts, now: NOW },
    );

  it('has what was pruned as well as what is in the log', async () => {
    await writeTurns(600);
    await settleAll();
    await prune(store, NOW);
    const past = open();
    await past.load();
    expect(counts(past.history(), 'view', 6000)).toBe(true);
    expect(counts(past.history(), 'view', 5999)).toBe(false);
    expect(past.history().named('$exposure').length).toBe(120);
    expect(past.history().pruned!.before('view')[0]!.days.length).toBeGreaterThan(0);
  });

  it('keeps what is folded while it reads, each event once and in its place', async () => {
    await write([{ name: 'a', time: 1 }]);
    const { read } = store;
    let answer = () => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    store.read = async (...args) => {
      const rows = await read(...args);
      await answered;
      return rows;
    };
    const past = open();
    const loading = past.load();
    const [second] = await write([{ name: 'a', time: 2 }]);
    const [third] = await write([{ name: 'a', time: 3 }]);
    past.fold([third!]);
    past.fold([second!, third!]);
    answer();
    await loading;
    expect(
      past
        .history()
        .named('a')
        .map(({ time }) => time),
    ).toEqual([1, 2, 3]);
  });

  it('is another one as soon as the visitor is', async () => {
    await write([{ name: 'a', time: 1 }]);
    const past = open();
    await past.load();
    const [row] = await write([{ name: 'a', time: 2 }], { by: 'next' });
    past.fold([row!]);
    expect(past.history().named('a').length).toBe(1);
    visitor = 'next';
    expect(
      past
        .history()
        .named('a')
        .map(({ time }) => time),
    ).toEqual([2]);
  });

  it('prunes a log that has become too long, in the background, and while the page lives', async () => {
    await writeTurns(550);
    await settleAll();
    const later = (run: () => void) => setTimeout(run, 0) as never;
    const past = open({ later });
    await past.load();
    expect(await snapshot()).toBeUndefined();
    await vi.waitUntil(async () => await snapshot(), { timeout: 5000 });
    await vi.waitUntil(() => past.history().pruned, { timeout: 5000 });
    expect(counts(past.history(), 'view', 5500)).toBe(true);
    const { through } = (await snapshot())!;
    const more = await store.append(
      Array.from({ length: 120 }, () => rowOf(Array.from({ length: 10 }, () => view(NOW)))),
    );
    await settleAll();
    for (const row of more) past.fold([row]);
    await vi.waitUntil(async () => (await snapshot())!.through > through, { timeout: 5000 });
    await vi.waitUntil(() => counts(past.history(), 'view', 6700), { timeout: 5000 });
    expect(fail).not.toHaveBeenCalled();
  });

  it('does not read all of a light one again', async () => {
    await writeTurns(5);
    await settleAll();
    const past = open({ later: () => expect.unreachable('a light log was pruned') });
    await past.load();
    expect(past.history().named('view').length).toBe(50);
  });
});

describe('a page load', () => {
  it('reads only what waits for delivery until there is something to decide', async () => {
    await writeTurns(50);
    await settleAll();
    await writeTurns(3);
    const read: number[] = [];
    const prototype = IDBObjectStorePrototype();
    const { getAll } = prototype;
    vi.spyOn(prototype, 'getAll').mockImplementation(function (this: IDBObjectStore, ...args) {
      const request = getAll.apply(this, args) as IDBRequest<unknown[]>;
      request.addEventListener('success', () => read.push(request.result.length));
      return request;
    });
    // What comes after a second is the deciding chunk.
    const { later } = env;
    const site = openSite({}, { later: (run, delayMs) => (delayMs < 1000 ? later(run, delayMs) : 0) });
    await site.client.track('x');
    expect(read).toEqual([3]);
  });
});
