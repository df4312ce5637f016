import { addDrops } from './store.js';
import type { Drops, Store, StoredRow } from './store.js';

/** The log of a tab whose browser refuses IndexedDB: a stream of its own that dies with the page, but is delivered. */
export function createMemoryStore(stream: string): Store {
  let rows: StoredRow[] = [];
  let lastKey = 0;
  let settled = new Set<number>();
  let dropped: Drops = {};
  const read = (after: number) => rows.filter((row) => row.key > after);
  return {
    isDurable: false,
    stream,
    readMeta: async () => ({}),
    read: async (after) => read(after),
    async append(added, _meta, guard) {
      if (guard && !guard.allows(read(guard.after))) return [];
      return added.map((row) => {
        rows.push({ ...row, key: ++lastKey, stream });
        return lastKey;
      });
    },
    take: async () => ({ rows: rows.filter((row) => !settled.has(row.key)), dropped }),
    release: () => {},
    async settle(keys, drops) {
      settled = new Set([...settled, ...keys]);
      dropped = addDrops(dropped, drops);
    },
    async prune(keys) {
      rows = rows.filter((row) => !keys.includes(row.key));
    },
    close: () => {},
  };
}
