import { promisifyRequest } from 'idb-keyval';
import { readRow } from './row.js';
import { addDrops } from './store.js';
import type { Books, Meta, MetaKey, Store, StoredRow } from './store.js';

/** Rows read for one sending: one more than a batch takes, so that it shows whether more wait. */
const TAKE_ROWS = 101;
const META: MetaKey[] = ['who', 'session', 'consent', 'program', 'books'];

/** The name of a site's database. */
export const databaseName = (site: string) => 'kikubari-' + site;

/** Opens the site's database with its two object stores: `log` (rows as JSON strings) and `meta`. */
export async function openDatabase(site: string, uuid: () => string): Promise<Store> {
  const request = indexedDB.open(databaseName(site), 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('log', { autoIncrement: true });
    const meta = request.result.createObjectStore('meta');
    const books: Books = { stream: uuid(), settled: 0, dropped: {} };
    meta.put(books, 'books');
    // Here, so that two tabs that open at the same moment are one visitor.
    meta.put({ visitor: uuid(), attributes: {} }, 'who');
  };
  const db = await promisifyRequest(request);
  // Another tab wants to delete it: consent was withdrawn there.
  db.onversionchange = () => db.close();
  return { db, close: () => db.close(), ...reading(db), ...writing(db) };
}

function reading(db: IDBDatabase): Pick<Store, 'readMeta' | 'read'> {
  return {
    readMeta: async () => {
      const meta = db.transaction('meta').objectStore('meta');
      const entries = META.map(async (key) => [key, await promisifyRequest<unknown>(meta.get(key))] as const);
      return Object.fromEntries(await Promise.all(entries)) as never;
    },
    read: (after) => readRows(db.transaction('log').objectStore('log'), after),
  };
}

function writing(db: IDBDatabase): Pick<Store, 'append' | 'take' | 'hold' | 'settle'> {
  const both = () => {
    const transaction = db.transaction(['log', 'meta'], 'readwrite');
    return {
      log: transaction.objectStore('log'),
      meta: transaction.objectStore('meta'),
      done: promisifyRequest(transaction),
    };
  };
  const value = <T>(store: IDBObjectStore, key: string) => promisifyRequest<T>(store.get(key));
  return {
    async append(rows, values = {}, guard) {
      const { log, meta, done } = both();
      if (guard && !guard.allows(await readRows(log, guard.after))) return [];
      const stored = rows.map(async (row) => ({
        ...row,
        key: (await promisifyRequest(log.add(row.json))) as number,
      }));
      for (const key of Object.keys(values)) meta.put(values[key as keyof Meta], key);
      // Without this a page that dies before its requests answer loses what it wrote in `pagehide`.
      log.transaction.commit?.();
      // Together, so that an aborted transaction leaves no rejection that nobody hears.
      const [written] = await Promise.all([Promise.all(stored), done]);
      return written;
    },

    async take(tab, now, until, mayProbe) {
      const { log, meta, done } = both();
      const [lease, books] = await Promise.all([
        value<{ tab: string; until: number; failures?: number } | undefined>(meta, 'lease'),
        value<Books>(meta, 'books'),
      ]);
      const { failures = 0 } = lease ?? {};
      const isOthers = lease && lease.tab !== tab && !(mayProbe && failures);
      // A lease that ends implausibly late was written by a clock since put right.
      if (isOthers && lease.until > now && lease.until < now + 20 * 60_000) return lease.until - now;
      const rows = await readRows(log, books.settled, TAKE_ROWS);
      if (rows.length) meta.put({ tab, until }, 'lease');
      else meta.delete('lease');
      await done;
      return { rows, dropped: books.dropped, failures };
    },

    hold(tab, until, failures) {
      const { meta, done } = both();
      meta.put({ tab, until, failures }, 'lease');
      meta.transaction.commit?.();
      done.catch(() => undefined);
    },

    async settle(keys, drops, isLast) {
      const { log, meta, done } = both();
      const books = await value<Books>(meta, 'books');
      const range = IDBKeyRange.lowerBound(books.settled, true);
      for (const key of await promisifyRequest(log.getAllKeys(range, keys.length || 1))) {
        if (!keys.includes(key as number)) break;
        books.settled = key as number;
      }
      meta.put({ ...books, dropped: addDrops(books.dropped, drops) }, 'books');
      if (isLast) meta.delete('lease');
      await done;
    },
  };
}

async function readRows(log: IDBObjectStore, after: number, count?: number): Promise<StoredRow[]> {
  const range = IDBKeyRange.lowerBound(after, true);
  const [keys, texts] = await Promise.all([
    promisifyRequest(log.getAllKeys(range, count)),
    promisifyRequest(log.getAll(range, count)),
  ]);
  return (texts as string[]).map((text, index) => readRow(text, keys[index] as number));
}
