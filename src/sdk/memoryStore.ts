import { addDrops } from './store.js';
import type { Drops, Meta, Store, StoredRow } from './store.js';

/** Delivered rows kept for the history; beyond it the oldest are forgotten, or a page that is open for days fills the memory. */
const MAX_ROWS = 5000;

/** The log of a tab whose browser refuses IndexedDB: a stream of its own that dies with the page, but is delivered. */
export function createMemoryStore(stream: string, visitor: string): Store {
  const rows: StoredRow[] = [];
  const meta: Meta = { who: { visitor, attributes: {} } };
  let lastKey = 0;
  const settled = new Set<number>();
  let dropped: Drops = {};
  const read = (after: number) => rows.filter((row) => row.key > after);
  return {
    readMeta: async () => ({ ...meta, books: { stream, settled: 0, dropped } }),
    read: async (after) => read(after),
    async addRows(added, values, guard) {
      if (guard && !guard.permits(read(guard.after))) return [];
      Object.assign(meta, values);
      const stored = added.map((row) => ({ ...row, key: ++lastKey }));
      rows.push(...stored);
      return stored;
    },
    async acquire(_tab, _now, _until, _mayProbe, drops) {
      dropped = addDrops(dropped, drops);
      return { rows: rows.filter((row) => !settled.has(row.key)), dropped, failures: 0 };
    },
    async settle(keys, dropsAbove) {
      const drops = settled.has(keys.at(-1)!) ? {} : dropsAbove(0);
      for (const key of keys) settled.add(key);
      while (rows.length > MAX_ROWS && settled.delete(rows[0]!.key)) rows.shift();
      dropped = addDrops(dropped, drops);
    },
    close: () => {},
  };
}
