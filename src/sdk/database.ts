import { promisifyRequest } from 'idb-keyval';
import type { Environment } from './environment.js';
import { keys } from './pristine.js';
import { readRow } from './row.js';
import { addDrops } from './store.js';
import type { Books, Lease, Meta, MetaKey, Store, StoredRow } from './store.js';
import type { Who } from './visitor.js';

/** Rows read for one sending: one more than a batch takes, so that it shows whether more wait. */
const TAKE_ROWS = 101;
/** What every reader of meta needs; the snapshot is for who asks for the past (`past.ts`). */
const META: MetaKey[] = ['who', 'session', 'consent', 'program', 'books', 'lease'];

/** The name of a site's database. */
export const databaseName = (site: string) => 'kikubari-' + site;

/** A connection that was lost is opened anew at most this often, ms. */
const REOPEN_MS = 1000;

/**
 * Opens the site's database with its two object stores: `log` (rows as JSON strings) and `meta`. `onVersionChange` must close
 * its target: somebody wants to delete the database, or a later version of this script to change it.
 */
export async function openDatabase(
  { now, uuid }: Environment,
  site: string,
  onVersionChange?: (event: IDBVersionChangeEvent) => void,
): Promise<Store> {
  let db = await connect(site, onVersionChange, uuid);
  let reopened: Promise<void> | undefined;
  let reopenedAt = 0;
  let stream: string | undefined;
  const reopen = async () => {
    db.close();
    db = await connect(site, onVersionChange);
    await readMeta();
  };
  const methods = {
    ...writing(() => db),
    read: (after: number, how = readRows) => how(db.transaction(['log', 'meta']).objectStore('log'), after),
    async readMeta() {
      const store = db.transaction('meta').objectStore('meta');
      const meta = {} as Meta & { books: Books };
      await Promise.all(META.map(async (key) => (meta[key] = await value(store, key))));
      // Somebody has deleted our log and begun another: we are not a part of that one.
      if ((stream ??= meta.books.stream) !== meta.books.stream) {
        db.close();
        throw Error();
      }
      return meta;
    },
  };
  /** Browsers close connections, lose them and abort transactions: whatever failed is tried once more, on a new one if need be. */
  const again =
    <A extends unknown[], T>(run: (...args: A) => Promise<T>) =>
    async (...args: A) => {
      try {
        return await run(...args);
      } catch {
        if (now() - reopenedAt > REOPEN_MS) {
          reopenedAt = now();
          reopened = reopen();
        }
        await reopened;
        return run(...args);
      }
    };
  const { readMeta } = methods;
  for (const name of keys(methods) as (keyof typeof methods)[])
    methods[name] = again(methods[name] as never) as never;
  return {
    get db() {
      return db;
    },
    close: () => db.close(),
    ...methods,
  };
}

/** `uuid` only if a database that is not there may be created: one that was deleted under an open page stays deleted. */
async function connect(
  site: string,
  onVersionChange?: (event: IDBVersionChangeEvent) => void,
  uuid?: () => string,
) {
  const request = indexedDB.open(databaseName(site), 1);
  request.onupgradeneeded = () => {
    try {
      request.result.createObjectStore('log', { autoIncrement: true });
      const meta = request.result.createObjectStore('meta');
      const books: Books = { stream: uuid!(), settled: 0, dropped: {} };
      meta.put(books, 'books');
      // Here, so that two tabs that open at the same moment are one visitor.
      meta.put({ visitor: uuid!(), attributes: {} }, 'who');
    } catch {
      request.transaction!.abort();
    }
  };
  const db = await promisifyRequest(request);
  db.onversionchange = onVersionChange!;
  return db;
}

function writing(db: () => IDBDatabase): Pick<Store, 'addRows' | 'acquire' | 'settle'> {
  const both = () => {
    const transaction = db().transaction(['log', 'meta'], 'readwrite');
    const done = promisifyRequest(transaction);
    // Whoever waits for it hears of it all the same.
    done.catch(() => undefined);
    return [transaction.objectStore('log'), transaction.objectStore('meta'), done] as const;
  };
  return {
    async addRows(rows, values = {}, guard, before) {
      const [log, meta, done] = both();
      if (guard && !guard.permits(await readRows(log, guard.after))) return [];
      const requests = rows.map((row) => log.add(row.json));
      const { who, ...others } = values;
      for (const key of keys(others)) meta.put(others[key as keyof typeof others], key);
      if (who && (who.visitor !== before || (await value<Who>(meta, 'who')).visitor === before))
        meta.put(who, 'who');
      // Without this a page that dies before its requests answer loses what it wrote in `pagehide`.
      log.transaction.commit();
      await done;
      return rows.map((row, index) => ({ ...row, key: requests[index]!.result as number }));
    },

    async acquire(tab, now, until, mayProbe, drops) {
      const [log, meta, done] = both();
      const [lease, books] = await Promise.all([value<Lease>(meta, 'lease'), value<Books>(meta, 'books')]);
      books.dropped = addDrops(books.dropped, drops);
      if (keys(drops).length) meta.put(books, 'books');
      const failures = lease?.failures ?? 0;
      const isOthers = lease && lease.tab !== tab && (!mayProbe || lease.isTrying);
      // A lease that ends implausibly late was written by a clock since put right.
      const isHeld = isOthers && lease.until > now && lease.until < now + 20 * 60_000;
      const rows = isHeld ? [] : await readRows(log, books.settled, TAKE_ROWS);
      if (rows.length) meta.put({ tab, until, failures, isTrying: true }, 'lease');
      else if (!isHeld) meta.delete('lease');
      await done;
      return isHeld ? lease.until - now : { rows, dropped: books.dropped, failures };
    },

    async settle(keys, dropsAbove, isLast) {
      const [log, meta, done] = both();
      const books = await value<Books>(meta, 'books');
      const drops = keys.at(-1)! <= books.settled ? {} : dropsAbove(books.settled);
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

const value = <T>(store: IDBObjectStore, key: string) => promisifyRequest<T>(store.get(key));

/** Rows with a key above `after`, in order, read within a transaction of the caller's. */
export async function readRows(log: IDBObjectStore, after: number, count?: number): Promise<StoredRow[]> {
  const range = IDBKeyRange.lowerBound(after, true);
  const [keys, texts] = await Promise.all([
    promisifyRequest(log.getAllKeys(range, count)),
    promisifyRequest(log.getAll(range, count)),
  ]);
  return (texts as string[]).map((text, index) => readRow(text, keys[index] as number));
}
