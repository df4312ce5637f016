/** Kinds of visits of somebody who has been here before, and long: the log is there already. `run` happens in the page. */

/** Writes a log of so many rows as the SDK would have. */
const SEED = `globalThis.seed = ({ rows, events = 1, nameOf = () => 'order', daysAgo = 0, meta = {} }) =>
  new Promise((resolve, reject) => {
    const day = 86_400_000;
    const visitor = '01890000-0000-7000-8000-00000000000a';
    const request = indexedDB.open('kikubari-faults', 1);
    request.onerror = reject;
    request.onupgradeneeded = () => {
      const log = request.result.createObjectStore('log', { autoIncrement: true });
      const store = request.result.createObjectStore('meta');
      const id = (at) => '01890000-0000-7000-8000-' + String(at).padStart(8, '0') + '0000';
      for (let at = 1; at <= rows; at += 1) {
        const time = Date.now() - daysAgo * day + at * 1000;
        const properties = (index) => ({ value: 2, campaign: 'past', variant: 'a', at, index });
        const list = Array.from({ length: events }, (_, index) => ({ name: nameOf(at, index), time: time - (index % 5) * day, properties: properties(index) }));
        log.add(JSON.stringify({ id: id(at), session: 's1', page: 'p1', origin: 'o1', monotonic: at, events: list, visitor }));
      }
      log.add('{not a row');
      const books = { stream: id(0), settled: meta.settled ?? rows - 1, dropped: {} };
      const all = { books, who: { visitor, attributes: {} }, ...meta.values };
      for (const key of Object.keys(all)) store.put(all[key], key);
    };
    request.onsuccess = () => { request.result.close(); resolve(); };
  });
globalThis.stored = (key) => new Promise((resolve) => {
  const request = indexedDB.open('kikubari-faults', 1);
  request.onsuccess = () => {
    const asked = request.result.transaction('meta').objectStore('meta').get(key);
    asked.onsuccess = () => { request.result.close(); resolve(asked.result); };
  };
});
globalThis.storedSoon = async (key) => {
  for (let time = 0; time < 30 && !(await stored(key)); time += 1) await host.pause(80);
};
/** Another tab's page leaves that behind; ours begins with it. */
globalThis.nextPage = async (...keys) => {
  const tab = await host.tab();
  tab.load();
  for (const key of keys) await storedSoon(key);
  tab.end();
  await host.load();
  host.ours('track', 'look', { value: 2 });
  await host.ours('track', 'order', { value: 2 });
  await host.ours('explain', 'past');
};`;

const returning = (run, more) => ({
  campaigns: /^(past|banner)$/,
  before: SEED,
  isLater: true,
  run,
  ...more,
});

export const pastVisits = {
  /** A log that is read in slices; then a checkpoint, with which the next page begins. */
  sliced: returning(async (host) => {
    const { seed, nextPage } = globalThis;
    await seed({ rows: 250 });
    await nextPage('fold');
    await host.ours('identify', 'user-1');
    await host.ours('reset');
    await host.ours('explain', 'past');
  }),
  /** A log that is pruned; then the next page asks what was pruned. */
  pruned: returning(
    async (host) => {
      const { seed, nextPage } = globalThis;
      const names = ['order', 'look', 'gone', '$exposure', '$click'];
      const nameOf = (at, index) => (index % 2 ? `own${(at * 20 + index) % 600}` : names[(at + index) % 5]);
      await seed({ rows: 40, events: 90, nameOf, daysAgo: 120 });
      await nextPage('snapshot', 'fold');
      await host.ours('show', 'past');
      // The clock is put far back: what has left its window is gone.
      host.pass(-300 * 86_400_000);
      await host.ours('explain', 'past');
    },
    { isLimited: true, answer: () => ({ status: 503, body: '' }) },
  ),
  /** A log that is pruned once more. */
  prunedAgain: returning(async (host) => {
    const { seed, storedSoon } = globalThis;
    const day = { count: 2, sum: 4, first: Date.now() - 9e9, last: Date.now() - 9e9 };
    const pruned = [{ name: 'order', until: 1, days: [day] }];
    const snapshot = {
      version: 1,
      visitor: '01890000-0000-7000-8000-00000000000a',
      through: 0,
      pinned: '[]',
      pruned,
    };
    await seed({ rows: 120, daysAgo: 100, meta: { values: { snapshot, prunings: 1 } } });
    await host.load();
    await host.ours('track', 'order', { value: 2 });
    await storedSoon('fold');
    await host.ours('explain', 'past');
  }),
  /** Others' rows, expired ones and a snapshot of somebody else. */
  others: returning(async (host) => {
    const { seed, storedSoon } = globalThis;
    const snapshot = { version: 1, visitor: 'other', through: 0, pinned: '[]', pruned: [] };
    await seed({ rows: 120, daysAgo: 100, meta: { settled: 0, values: { snapshot, prunings: 1 } } });
    await host.load();
    await host.ours('flush');
    await host.ours('track', 'order', { value: 2 });
    await storedSoon('fold');
    await host.ours('explain', 'past');
  }),
};
