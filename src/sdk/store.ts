import type { DropReason, LogRow } from '../core/events.js';
import { keys } from './pristine.js';
import type { Who } from './visitor.js';

/** A row of the log with what the sender needs to know about it. */
export interface StoredRow extends Omit<LogRow, 'stream'> {
  visitor: string;
  user?: string;
  /** Refused for delivery (the queue was full) but part of the history: settled at birth. */
  local?: boolean;
  /** All of this but the key, as it is stored. */
  json: string;
}
export type NewRow = Omit<StoredRow, 'key'>;

/** Cumulative events dropped on this device, per reason. */
export type Drops = Partial<Record<DropReason, number>>;

/** How far the log has been delivered. */
export interface Books {
  /** Which log its keys count in. */
  stream: string;
  /** The key up to which every row is settled. */
  settled: number;
  dropped: Drops;
}

/** What is kept beside the log; see `personal.ts` for the facts, `visitor.ts`, `session.ts`, `remoteProgram.ts`, `pastLog.ts`, and `sender.ts` for the lease. */
export type MetaKey = 'who' | 'session' | 'consent' | 'program' | 'books' | 'lease' | 'fold' | 'facts';
export type Meta = { [key in Exclude<MetaKey, 'books' | 'who' | 'lease'>]?: unknown } & {
  who?: Who;
  lease?: Lease;
};

/** Which tab tries, or else only waits, until when, and how many tries were in vain, of whichever tab; see `sender.ts`. */
export type Lease = { tab: string; until: number; failures?: number; isTrying?: boolean } | undefined;

export interface Taken {
  /** Oldest unsettled rows. */
  rows: StoredRow[];
  dropped: Drops;
  /** Attempts that failed in a row, of whichever tab. */
  failures: number;
}

/** Where the log lives: IndexedDB, or memory when the browser refuses it. */
export interface Store {
  /** Where an appended row survives the death of the browser, as it is open now; absent if it does not. */
  readonly db?: IDBDatabase;
  readMeta(): Promise<Meta & { books: Books }>;
  /** Rows with a key above `after`, in order. On disk `how` may read others, and from meta, within the same transaction. */
  read(
    after: number,
    how?: (log: IDBObjectStore, after: number) => Promise<StoredRow[]>,
  ): Promise<StoredRow[]>;
  /**
   * Adds rows and meta values in one transaction and resolves the rows with their keys when it is complete. With `guard`, the rows above
   * `after` are shown to it within the transaction first; if it says no, nothing is added and nothing comes back. `before`: the visitor
   * there was when `who` was begun; what is said of it does not bring it back where another tab has begun another since.
   */
  addRows(
    rows: NewRow[],
    meta?: Meta,
    guard?: { after: number; permits: (newer: StoredRow[]) => boolean },
    before?: string,
  ): Promise<StoredRow[]>;
  /**
   * Acquires the sender's lease until `until`; if another tab holds it, the ms until it ends. A lease kept through a pause
   * after `failures` does not hold off a tab that may probe. Adds `drops` to the counters in any case.
   */
  acquire(tab: string, now: number, until: number, mayProbe: boolean, drops: Drops): Promise<Taken | number>;
  /**
   * Marks rows settled; the cursor moves over a settled prefix only. Adds to the counters what was dropped of rows above a key: up to that
   * one all were settled already, by another tab or by the last request of a page, and counted then. May give up the lease.
   */
  settle(keys: number[], dropsAbove: (settled: number) => Drops, isLast?: boolean): Promise<void>;
  close(): void;
}

/** Adds counters to counters. */
export function addDrops(total: Drops, more: Drops): Drops {
  const sum = { ...total };
  for (const reason of keys(more) as DropReason[])
    if (more[reason]) sum[reason] = (sum[reason] ?? 0) + more[reason];
  return sum;
}
