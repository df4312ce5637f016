/** F09: IndexedDB dies in the middle of a visit, or holds what nobody can read. */
import { SITE } from './harness/collector.mjs';
import { drained } from './harness/device.mjs';
import { until } from './harness/waiting.mjs';

const BEFORE = 30;
const AFTER = 30;
/** How long the SDK may take to find its database again. */
const REOPEN_GUARD_MS = 10_000;

/** Keeps what was opened, so that the ways below can reach it. */
const CAPTURE = `
  globalThis.databases = [];
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...args) {
    const request = open.apply(this, args);
    request.addEventListener('success', () => globalThis.databases.push(request.result));
    return request;
  };`;

/** Each `strike` runs in the page with the helpers below, between two lots of calls; `isLasting`: the database cannot be had again. */
const WAYS = {
  closed: { strike: "closeAll('close')", isConnection: true },
  versionchange: { strike: "closeAll('versionchange')", isConnection: true },
  aborted: { strike: 'spoilNext((transaction) => (transaction.commit = () => transaction.abort()))' },
  lost: { strike: 'loseConnections()', isConnection: true },
  newer: { before: makeNewer, isLasting: true },
  unreadable: { strike: 'writeGarbage()' },
};

const HELPERS = `
  const closeAll = (type) => { for (const db of databases) { if (type === 'close') db.close(); db.dispatchEvent(new Event(type)); } return databases.length; };
  const spoilNext = (spoil) => {
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...args) {
      const made = transaction.apply(this, args);
      if (args[1] === 'readwrite') { IDBDatabase.prototype.transaction = transaction; spoil(made); }
      return made;
    };
  };
  const loseConnections = () => {
    const lost = new Set(databases);
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...args) {
      if (lost.has(this)) throw new DOMException('Connection to Indexed Database server lost. Refresh the page to try again', 'UnknownError');
      return transaction.apply(this, args);
    };
    return lost.size;
  };
  const writeGarbage = () => databases[0].transaction('log', 'readwrite').objectStore('log').add('{"events": [');`;

export const row = {
  id: 'F09',
  fault: 'IndexedDB dies in the middle of a visit',
  world: { mayDrop: ['unreadable'] },
  runs: { quick: 1, full: 5 },
  async run({ world, run, problems }) {
    const names = Object.keys(WAYS);
    for (const [index, name] of names.entries()) {
      await visit(world, { name, number: run * names.length + index, problems });
    }
    const browser = await world.sharedBrowser();
    problems.push(...browser.problems.splice(0).map((error) => `uncaught: ${error}`));
    return names.length;
  },
};

async function visit(world, { name, number, problems }) {
  const { before, strike, isLasting, isConnection } = WAYS[name];
  const browser = await world.sharedBrowser();
  const book = world.ledger.begin(number, { calls: 100_000, isExact: true });
  const origin = `run${number}`;
  if (before) {
    const page = await browser.open(world.site.url('/blank.html', origin));
    await page.evaluate(before, `kikubari-${SITE}`);
    await page.close();
  }
  const page = await browser.open(world.site.url('/page.html', origin), { init: CAPTURE });
  await world.track(page, book, { count: BEFORE });
  // What nobody can read counts as one event that was called and is reported lost.
  if (name === 'unreadable') book.called.add('garbage');
  const hits = strike && (await page.evaluate(`{ ${HELPERS} ${strike}; }`));
  if (isConnection && !hits) problems.push(`${name}: there was no connection to strike`);
  await world.track(page, book, { from: BEFORE, count: AFTER });
  let label = BEFORE + AFTER;
  const isBack = async () => {
    await world.track(page, book, { from: label, count: 1, pauseMs: 200 });
    return book.acked.has(label++) || isLasting;
  };
  await until(isBack, 'a durable promise', REOPEN_GUARD_MS).catch(() =>
    problems.push(`${name}: not durable again within ${REOPEN_GUARD_MS} ms`),
  );
  await page.evaluate(() => globalThis.kikubari('flush'));
  if (isLasting) return page.close();
  await page.close();
  const next = await browser.open(world.site.url('/page.html', origin));
  await drained(next);
  await world.note(next, { withSettled: true });
  await next.close();
}

/** The database as a later version of the SDK would leave it. */
function makeNewer(name) {
  return new Promise((resolve) => {
    const request = indexedDB.open(name, 7);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('log', { autoIncrement: true });
      request.result.createObjectStore('meta');
    };
    request.onsuccess = () => resolve(request.result.close());
  });
}
