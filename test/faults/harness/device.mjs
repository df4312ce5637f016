/** A visitor's device, read through a page of its origin: what its database holds and has not yet delivered. */
import { SITE } from './collector.mjs';
import { until } from './waiting.mjs';

const TELL_GUARD_MS = 30_000;

/** Rows behind the settled cursor, drop counters, lease and visitor; undefined if there is no database. */
export function readDevice(page, { withSettled = false } = {}) {
  return page.evaluate(readDatabase, { name: `kikubari-${SITE}`, withSettled });
}

/** Waits until nothing is left to send; resolves the device. */
export async function drained(page, guardMs = 120_000) {
  return until(
    async () => {
      const device = await readDevice(page);
      return device && device.queued.length === 0 ? device : undefined;
    },
    'the queue to drain',
    guardMs,
    50,
  );
}

/** Drops go out with the next batch, so there has to be one. */
export async function tellDrops(page) {
  await page.evaluate(() => globalThis.kikubari('track', 'last'));
  await until(
    async () => {
      await page.evaluate(() => globalThis.kikubari('flush'));
      return (await readDevice(page)).queued.length === 0;
    },
    'the drops to be told',
    TELL_GUARD_MS,
    200,
  );
}

/** The first database of a browser, and of an origin, may take longer than the SDK waits for one, which is F08's affair. */
export async function warm(browser, url) {
  const page = await browser.open(url);
  await page.evaluate(touchDatabase, 'touched');
  await page.close();
}

/* Runs in the page, so it may use nothing of this file. */
async function touchDatabase(name) {
  const done = (request) => new Promise((resolve) => (request.onsuccess = request.onerror = () => resolve()));
  const request = indexedDB.open(name);
  await done(request);
  request.result.close();
  await done(indexedDB.deleteDatabase(name));
}

/* Runs in the page, so it may use nothing of this file. */
async function readDatabase({ name, withSettled }) {
  const ask = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const known = await indexedDB.databases();
  if (!known.some((one) => one.name === name)) return undefined;
  const db = await ask(indexedDB.open(name));
  try {
    if (!db.objectStoreNames.contains('log')) return undefined;
    const transaction = db.transaction(['log', 'meta']);
    const meta = transaction.objectStore('meta');
    const log = transaction.objectStore('log');
    const get = (key) => ask(meta.get(key));
    const { stream, settled, dropped } = await get('books');
    const texts = await ask(log.getAll(withSettled ? undefined : IDBKeyRange.lowerBound(settled, true)));
    const keys = await ask(log.getAllKeys(withSettled ? undefined : IDBKeyRange.lowerBound(settled, true)));
    const encoder = new globalThis.TextEncoder();
    const rows = texts.map((text, index) => {
      const { length } = String(text);
      const bytes = encoder.encode(text).length;
      try {
        return { key: keys[index], length, bytes, ...JSON.parse(text) };
      } catch {
        return { key: keys[index], length, bytes, events: [], local: true };
      }
    });
    const values = await ask(meta.getAll());
    return {
      rows,
      /** What lies beside the log: visitor, program, snapshot, checkpoint and the like. */
      metaBytes: encoder.encode(JSON.stringify(values)).length,
      queued: rows.filter((row) => !row.local && row.key > settled),
      stream,
      settled,
      dropped,
      lease: await get('lease'),
      visitor: (await get('who'))?.visitor,
      isWhole: withSettled,
    };
  } finally {
    db.close();
  }
}
