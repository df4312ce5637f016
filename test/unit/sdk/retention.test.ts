import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventsOf } from '../../../src/core/history.js';
import type { Condition } from '../../../src/core/conditions.js';
import { decide } from '../../../src/core/decide.js';
import type { PastEvent } from '../../../src/core/decision.js';
import type { TrackedEvent } from '../../../src/core/events.js';
import type { Program } from '../../../src/core/program.js';
import { openDatabase } from '../../../src/sdk/database.js';
import { createEnvironment } from '../../../src/sdk/environment.js';
import { createFaults } from '../../../src/sdk/faults.js';
import { createPast } from '../../../src/sdk/past.js';
import type { Past } from '../../../src/sdk/past.js';
import type { StoredFold } from '../../../src/sdk/pastLog.js';
import { prune } from '../../../src/sdk/retention.js';
import type { StoredSnapshot } from '../../../src/sdk/retention.js';
import { createRow } from '../../../src/sdk/row.js';
import type { Store } from '../../../src/sdk/store.js';
import type { Who } from '../../../src/sdk/visitor.js';
import { expandFacts, expandOccasion, expandProgram } from '../../cases/expand.js';
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
const write = (events: TrackedEvent[], written?: Written) => store.addRows([rowOf(events, written)]);
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
  return store.addRows(rows);
}
const settleAll = async () =>
  store.settle(
    (await store.read(0)).map(({ key }) => key),
    () => ({}),
  );

const stored = <T>(key: string) =>
  new Promise<T | undefined>((resolve) => {
    const request = store.db!.transaction('meta').objectStore('meta').get(key);
    request.onsuccess = () => resolve(request.result as T);
  });
const snapshot = async () => {
  const found = await stored<StoredSnapshot>('snapshot');
  return found && { ...found, pinned: JSON.parse(found.pinned) as PastEvent[] };
};
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
    await store.addRows([], { who: { visitor: 'next', attributes: {} } });
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
  const opened: Past[] = [];
  // What is for later is not done, unless a test asks for it: it would go on in the next one.
  const open = (parts: Partial<typeof env> = {}) => {
    const past = createPast({
      env: { ...env, later: () => 0, ...parts },
      store,
      faults,
      visitor: { who: () => ({ visitor, attributes: {} }) } as never,
      weighed: () => {},
    });
    opened.push(past);
    return past;
  };
  afterEach(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    // One thing after the other: when this is done, all is.
    for (const past of opened.splice(0))
      if (past.current()) await past.use({ program: past.current()!.rules.program, text: '' });
  });
  const atOnce = (run: () => void) => setTimeout(run, 0) as never;
  /** One campaign each that counts events of these names. */
  const asking = (...conditions: Condition[]) => {
    const program = expandProgram({
      campaigns: conditions.map((audience, index) => ({ id: `c${index}`, audience, priority: -index })),
    });
    return { program, text: JSON.stringify(program) };
  };
  const counting = (event: string, count: number): Condition => ({ event, is: { eq: count } });
  const facts = expandFacts({ visit: { session: 's' } });
  /** Which of the conditions that it asks hold. */
  const answers = (past: Past, now = NOW) => {
    const { rules, past: folded } = past.current()!;
    const { verdicts } = decide(rules, folded, facts, expandOccasion({ now }));
    return verdicts.map(({ gate }) => gate !== 'audience');
  };
  const load = async (conditions: Condition[], parts?: Partial<typeof env>) => {
    const past = open(parts);
    await past.use(asking(...conditions));
    return past;
  };
  /** How many rows each reading answers; by `db` alone, if it is given: pasts of earlier tests may still be at work. */
  const rowsRead = (db?: IDBDatabase) => {
    const read: number[] = [];
    const { getAll } = IDBObjectStorePrototype();
    vi.spyOn(IDBObjectStorePrototype(), 'getAll').mockImplementation(function (
      this: IDBObjectStore,
      ...args
    ) {
      const request = getAll.apply(this, args) as IDBRequest<unknown[]>;
      if (!db || this.transaction.db === db)
        request.addEventListener('success', () => read.push(request.result.length));
      return request;
    });
    return read;
  };

  it('has what was pruned as well as what is in the log', async () => {
    await writeTurns(600);
    await settleAll();
    await prune(store, NOW);
    const past = await load([counting('view', 6000), counting('view', 5999), counting('$exposure', 120)]);
    expect(answers(past)).toEqual([true, false, true]);
    expect(past.current()!.past.pruned!.before('view')[0]!.days.length).toBeGreaterThan(0);
  });

  it('keeps what is folded while it reads, each event once and in its place', async () => {
    await write([{ name: 'a', time: 1, properties: { n: 1 } }]);
    const { read } = store;
    let answer = () => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    store.read = async (...args) => {
      const rows = await read(...args);
      await answered;
      return rows;
    };
    const past = open();
    const loading = past.use(
      asking(counting('a', 3), { event: 'a', measure: 'last', of: 'n', is: { eq: 3 } }),
    );
    const [second] = await write([{ name: 'a', time: 2, properties: { n: 2 } }]);
    const [third] = await write([{ name: 'a', time: 3, properties: { n: 3 } }]);
    past.fold([third!]);
    past.fold([second!, third!]);
    answer();
    await loading;
    expect(answers(past)).toEqual([true, true]);
  });

  it('is another one as soon as the visitor is', async () => {
    await write([{ name: 'a', time: 1 }]);
    await write([{ name: 'a', time: 1 }], { by: 'next' });
    const past = await load([counting('a', 1), counting('a', 2)]);
    const [row] = await write([{ name: 'a', time: 2 }], { by: 'next' });
    past.fold([row!]);
    expect(answers(past)).toEqual([true, false]);
    visitor = 'next';
    await past.refresh();
    expect(answers(past)).toEqual([false, true]);
  });

  it('prunes a log that has become too long, in the background, and while the page lives', async () => {
    await writeTurns(550);
    await settleAll();
    const past = await load([counting('view', 5500), counting('view', 6700)], { later: atOnce });
    expect(await snapshot()).toBeUndefined();
    await vi.waitUntil(async () => await snapshot(), { timeout: 5000 });
    await vi.waitUntil(() => past.current()!.past.pruned, { timeout: 5000 });
    expect(answers(past)).toEqual([true, false]);
    const { through } = (await snapshot())!;
    const more = await store.addRows(
      Array.from({ length: 120 }, () => rowOf(Array.from({ length: 10 }, () => view(NOW)))),
    );
    await settleAll();
    for (const row of more) past.fold([row]);
    await vi.waitUntil(async () => (await snapshot())!.through > through, { timeout: 5000 });
    await vi.waitUntil(() => answers(past)[1], { timeout: 5000 });
    expect(fail).not.toHaveBeenCalled();
  }, 20_000);

  it('reads a long log in slices, and after that only what came since', async () => {
    await writeTurns(250);
    await settleAll();
    const conditions = [counting('view', 2500), counting('view', 2510)];
    const read = rowsRead(store.db);
    const first = await load(conditions, { later: atOnce });
    expect(answers(first)).toEqual([true, false]);
    expect(Math.max(...read)).toBeLessThanOrEqual(100);
    await vi.waitUntil(() => stored('fold'), { timeout: 5000 });
    await writeTurns(1);
    read.length = 0;
    const second = await load(conditions);
    expect(answers(second)).toEqual([false, true]);
    expect(read.reduce((sum, rows) => sum + rows)).toBeLessThan(50);
    expect(fail).not.toHaveBeenCalled();
  });

  it.each([
    ['another program', (fold: StoredFold) => ({ ...fold, states: {} })],
    ['another form', (fold: StoredFold) => ({ ...fold, format: 0 })],
    ['another visitor', (fold: StoredFold) => ({ ...fold, visitor: 'nobody' })],
    ['a log since pruned', (fold: StoredFold) => ({ ...fold, prunings: 7 })],
    ['damage', () => 'fold' as never],
    ['more damage', (fold: StoredFold) => ({ ...fold, weight: undefined, known: null }) as never],
  ])('reads all of the log again if the checkpoint is of %s', async (_, change) => {
    await writeTurns(150);
    await load([counting('view', 1500)], { later: atOnce });
    const fold = await vi.waitUntil(() => stored<StoredFold>('fold'), { timeout: 5000 });
    await store.addRows([], { fold: change(fold) });
    expect(answers(await load([counting('view', 1500)]))).toEqual([true]);
    expect(fail).not.toHaveBeenCalled();
  });

  it('goes on from its checkpoint when a new program asks nothing new of the past', async () => {
    await writeTurns(150);
    const past = await load([counting('view', 1500)], { later: atOnce });
    await vi.waitUntil(() => stored('fold'), { timeout: 5000 });
    const read = rowsRead();
    await past.use(asking({ not: counting('view', 1500) }, counting('view', 1500)));
    expect(answers(past)).toEqual([false, true]);
    expect(read).toEqual([]);
    await past.use(asking(counting('$exposure', 30)));
    expect(answers(past)).toEqual([true]);
    expect(read.length).toBeGreaterThan(1);
  });

  it('reads the log again when the clock is put far back', async () => {
    await writeTurns(150);
    let now = NOW + 40 * DAY_MS;
    const within = [{ event: 'view', within: '30d', is: { eq: 1500 } }];
    const past = await load(within, { later: atOnce, now: () => now });
    const fold = await vi.waitUntil(() => stored<StoredFold>('fold'), { timeout: 5000 });
    expect(answers(past, now)).toEqual([false]);
    expect(fold.until).toBeGreaterThan(NOW);
    now = NOW;
    await past.refresh();
    expect(answers(past, now)).toEqual([true]);
  });

  it('counts only once what two tabs prune and fold at the same time', async () => {
    await writeTurns(550);
    await settleAll();
    const conditions = [counting('view', 5500), counting('$exposure', 110)];
    const tabs = await Promise.all([
      load(conditions, { later: atOnce }),
      load(conditions, { later: atOnce }),
    ]);
    await vi.waitUntil(() => tabs.every((past) => past.current()!.past.pruned), { timeout: 8000 });
    await vi.waitUntil(() => stored('fold'), { timeout: 5000 });
    for (const past of [...tabs, await load(conditions)]) expect(answers(past)).toEqual([true, true]);
    expect(fail).not.toHaveBeenCalled();
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
