import { promisifyRequest } from 'idb-keyval';
import type { Checkpoint } from '../core/fold.js';
import { readRows } from './database.js';
import type { StoredSnapshot } from './retention.js';
import type { Store, StoredRow } from './store.js';

/** Rows read in one task: on a slow phone some 10 ms of it. */
export const SLICE_ROWS = 100;
/** A page reads so many rows more: its own first ones may be in the checkpoint of another tab already. */
const MARGIN_ROWS = 30;

/** How much is in the log, of whichever visitor. */
export interface Weight {
  /** Events and characters of all rows. */
  events: number;
  length: number;
  /** Time of the first event, 0 if there is none. */
  since: number;
  /** Key of the last row that counts. */
  lastKey: number;
  /** When it is to be pruned. */
  maxEvents: number;
  maxLength: number;
}

/** A checkpoint as it lies in meta. */
export interface StoredFold extends Checkpoint {
  /** Whose past it is. */
  visitor: string;
  /** How often the log had been pruned; after once more what is in here is not what is in the log. */
  prunings?: number;
  weight: Weight;
}

/** A part of the log, and what meta has to say of it, all of one moment. */
export interface Part {
  rows: StoredRow[];
  prunings?: number;
  fold?: StoredFold;
  snapshot?: StoredSnapshot;
}

/** The rows after the checkpoint of this visitor; without one that counts, the first ones. */
export async function readStart(store: Store, visitor: string): Promise<Part> {
  const part = await readPart(store, async (log, get) => {
    const [prunings, stored, snapshot] = await Promise.all([
      get<number>('prunings'),
      get<StoredFold>('fold'),
      get<StoredSnapshot>('snapshot'),
    ]);
    const isWhole = stored?.visitor === visitor && stored.prunings === prunings && !!stored.weight;
    const fold = isWhole ? stored : undefined;
    const rows = fold ? readRows(log, Math.max(0, fold.through - MARGIN_ROWS)) : readRows(log, 0, SLICE_ROWS);
    return {
      rows: await rows,
      prunings,
      fold,
      snapshot: snapshot?.visitor === visitor ? snapshot : undefined,
    };
  });
  return part ?? { rows: await store.read(0) };
}

/** Rows after `after`, `count` of them at most. Only where the log is on disk. */
export const readSlice = (store: Store, after: number, count?: number): Promise<Part | undefined> =>
  readPart(store, async (log, get) => {
    const [prunings, rows] = await Promise.all([get<number>('prunings'), readRows(log, after, count)]);
    return { prunings, rows };
  });

type Get = <T>(key: string) => Promise<T | undefined>;

/** Within a transaction of the store's, which sees to a connection that was lost; beyond the last row it reads nothing itself. */
async function readPart(
  store: Store,
  read: (log: IDBObjectStore, get: Get) => Promise<Part>,
): Promise<Part | undefined> {
  let part: Promise<Part> | undefined;
  await store.read(Infinity, (meta) => {
    part = read(meta.transaction.objectStore('log'), (key) => promisifyRequest(meta.get(key)));
    // If it fails so does the transaction, and is tried again.
    part.catch(() => undefined);
  });
  return part;
}
