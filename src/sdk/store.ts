import type { DropReason, LogRow } from '../core/events.js';

/** A row of the log with what the sender needs to know about it. */
export interface StoredRow extends LogRow {
  visitor: string;
  user?: string;
  /** Refused for delivery (the queue was full) but part of the history: settled at birth. */
  local?: boolean;
}
export type NewRow = Omit<StoredRow, 'key' | 'stream'>;

/** Cumulative events dropped on this device, per reason. */
export type Drops = Partial<Record<DropReason, number>>;

/** What is kept beside the log; see `visitor.ts`, `session.ts`, `remoteProgram.ts`. `settled`: the key up to which every row is. */
export type MetaKey = 'who' | 'session' | 'consent' | 'program' | 'settled';

export interface Taken {
  /** Oldest unsettled rows. */
  rows: StoredRow[];
  dropped: Drops;
}

/** Where the log lives: IndexedDB, or memory when the browser refuses it. */
export interface Store {
  /** Whether an appended row survives the death of the browser. */
  isDurable: boolean;
  stream: string;
  readMeta(): Promise<{ [key in MetaKey]?: unknown }>;
  /** Rows with a key above `after`, in order. */
  read(after: number): Promise<StoredRow[]>;
  /**
   * Adds rows and meta values in one transaction and resolves their keys when it is complete. With `guard`, the rows above
   * `after` are shown to it within the transaction first; if it says no, nothing is added and the keys are empty.
   */
  append(
    rows: NewRow[],
    meta?: { [key in MetaKey]?: unknown },
    guard?: { after: number; allows: (newer: StoredRow[]) => boolean },
  ): Promise<number[]>;
  /** Takes the sender's lease until `until`; if another tab holds it, the ms until it ends. */
  take(tab: string, now: number, until: number): Promise<Taken | number>;
  /** Gives the lease up, for a page that may be going away and holds it: no read, so nothing to wait for. */
  release(): void;
  /** Marks rows settled; the cursor moves over a settled prefix only. Adds `drops` to the counters. */
  settle(keys: number[], drops: Drops): Promise<void>;
  /** Deletes settled rows the history no longer needs. */
  prune(keys: number[]): Promise<void>;
  close(): void;
}

/** Adds counters to counters. */
export function addDrops(total: Drops, more: Drops): Drops {
  const sum = { ...total };
  for (const reason of Object.keys(more) as DropReason[])
    if (more[reason]) sum[reason] = (sum[reason] ?? 0) + more[reason];
  return sum;
}
