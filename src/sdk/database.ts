import { get, getMany, promisifyRequest } from 'idb-keyval';
import type { UseStore } from 'idb-keyval';
import { addDrops } from './store.js';
import type { Drops, MetaKey, Store, StoredRow } from './store.js';

/** Rows read for one sending; a batch takes fewer. */
const TAKE_ROWS = 100;
const META: MetaKey[] = ['who', 'session', 'consent', 'program', 'settled'];

/** The name of a site's database. */
export const databaseName = (site: string) => 'kikubari-' + site;

/** Opens the site's database with its two object stores: `log` (rows as JSON strings) and `meta`. */
export async function openDatabase(site: string, uuid: () => string): Promise<Store> {
  const request = indexedDB.open(databaseName(site), 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('log', { autoIncrement: true });
    const meta = request.result.createObjectStore('meta');
    meta.put(uuid(), 'stream');
    // Here, so that two tabs that open at the same moment are one visitor.
    meta.put({ visitor: uuid(), attributes: {} }, 'who');
  };
  const db = await promisifyRequest(request);
  // Another tab wants to delete it: consent was withdrawn there.
  db.onversionchange = () => db.close();
  const meta: UseStore = async (mode, run) => run(db.transaction('meta', mode).objectStore('meta'));
  const stream = (await get<string>('stream', meta))!;
  return {
    isDurable: true,
    stream,
    close: () => db.close(),
    ...reading(db, meta, stream),
    ...writing(db, stream),
  };
}

function reading(db: IDBDatabase, meta: UseStore, stream: string) {
  return {
    readMeta: async () => {
      const values = await getMany(META, meta);
      return Object.fromEntries(META.map((key, index) => [key, values[index]]));
    },
    read: (after: number) => readRows(db.transaction('log').objectStore('log'), stream, after),
  };
}

function writing(
  db: IDBDatabase,
  stream: string,
): Omit<Store, 'isDurable' | 'stream' | 'close' | keyof ReturnType<typeof reading>> {
  const both = () => {
    const transaction = db.transaction(['log', 'meta'], 'readwrite');
    return {
      log: transaction.objectStore('log'),
      meta: transaction.objectStore('meta'),
      done: promisifyRequest(transaction),
    };
  };
  const value = <T>(store: IDBObjectStore, key: string) => promisifyRequest<T | undefined>(store.get(key));
  return {
    async append(rows, values = {}, guard) {
      const { log, meta, done } = both();
      if (guard && !guard.allows(await readRows(log, stream, guard.after))) return [];
      const keys = rows.map((row) => promisifyRequest(log.add(JSON.stringify(row))));
      for (const key of Object.keys(values)) meta.put(values[key as MetaKey], key);
      // Without this a page that dies before its requests answer loses what it wrote in `pagehide`.
      log.transaction.commit?.();
      await done;
      return (await Promise.all(keys)) as number[];
    },

    async take(tab, now, until) {
      const { log, meta, done } = both();
      const [lease, settled, dropped] = await Promise.all([
        value<{ tab: string; until: number }>(meta, 'lease'),
        value<number>(meta, 'settled'),
        value<Drops>(meta, 'dropped'),
      ]);
      // A lease that ends implausibly late was written by a clock since put right.
      if (lease && lease.tab !== tab && lease.until > now && lease.until < now + 20 * 60_000)
        return lease.until - now;
      const rows = await readRows(log, stream, settled ?? 0, TAKE_ROWS);
      if (rows.length) meta.put({ tab, until }, 'lease');
      else meta.delete('lease');
      await done;
      return { rows, dropped: dropped ?? {} };
    },

    release() {
      const { meta, done } = both();
      meta.delete('lease');
      meta.transaction.commit?.();
      done.catch(() => undefined);
    },

    async settle(keys, drops) {
      const { log, meta, done } = both();
      let cursor = (await value<number>(meta, 'settled')) ?? 0;
      const above = await promisifyRequest(
        log.getAllKeys(IDBKeyRange.lowerBound(cursor, true), keys.length || 1),
      );
      for (const key of above) {
        if (!keys.includes(key as number)) break;
        cursor = key as number;
      }
      meta.put(cursor, 'settled');
      meta.put(addDrops((await value<Drops>(meta, 'dropped')) ?? {}, drops), 'dropped');
      await done;
    },

    async prune(keys) {
      const { log, done } = both();
      for (const key of keys) log.delete(key);
      await done;
    },
  };
}

async function readRows(
  log: IDBObjectStore,
  stream: string,
  after: number,
  count?: number,
): Promise<StoredRow[]> {
  const range = IDBKeyRange.lowerBound(after, true);
  const [keys, texts] = await Promise.all([
    promisifyRequest(log.getAllKeys(range, count)),
    promisifyRequest(log.getAll(range, count)),
  ]);
  return (texts as string[]).map((text, index) => ({
    ...parseRow(text),
    key: keys[index] as number,
    stream,
  }));
}

/** A row that cannot be read counts as an empty one: it is settled and forgotten. */
function parseRow(text: string): StoredRow {
  try {
    return JSON.parse(text) as StoredRow;
  } catch {
    return { events: [], local: true } as unknown as StoredRow;
  }
}
