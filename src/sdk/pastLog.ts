import { promisifyRequest } from 'idb-keyval';
import type { Checkpoint } from '../core/checkpoint.js';
import type { FoldedPast } from '../core/fold.js';
import { eventsOf } from '../core/history.js';
import type { Rules } from '../core/rules.js';
import type { StoredSnapshot } from './retention.js';
import type { Store, StoredRow } from './store.js';

/** Rows read in one task: on a slow phone some 10 ms of it. */
export const SLICE_ROWS = 100;
/** A page reads so many rows more: its own first ones may be in the checkpoint of another tab already. */
export const MARGIN_ROWS = 30;
/** A program in force, and the past as it asks it. */
export interface Judgement {
  rules: Rules;
  past: FoldedPast;
}

/** What is known of the log. */
export interface Known extends Judgement {
  /** Whose past it is. */
  visitor: string;
  prunings?: number;
  /** Time of the log's first event. */
  since?: number;
  /** See `longPast.ts`. */
  weight?: Weight;
}

/** A part of the log, and what meta has to say of it, all of one moment. */
export interface Part {
  rows: StoredRow[];
  prunings?: number;
  fold?: StoredFold;
  snapshot?: StoredSnapshot;
}

/** How much is in the log, of whichever visitor. */
export interface Weight {
  /** Events and bytes of all rows up to `lastKey`. */
  events: number;
  length: number;
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
  since?: number;
}

export type Get = <T>(key: string) => Promise<T | undefined>;

/** Within a transaction of the store's, which sees to a connection that was lost. */
export async function readPart<P extends Pick<Part, 'rows'>>(
  store: Store,
  read: (log: IDBObjectStore, get: Get) => Promise<P>,
): Promise<P> {
  let part!: P;
  await store.read(0, async (log) => {
    const meta = log.transaction.objectStore('meta');
    part = await read(log, (key) => promisifyRequest(meta.get(key)));
    return part.rows;
  });
  return part;
}

/** Takes rows in that are in the log. */
export function take({ visitor, past }: Known, rows: readonly StoredRow[]): void {
  for (const row of rows) if (row.visitor === visitor) eventsOf(row).forEach(past.add);
}
