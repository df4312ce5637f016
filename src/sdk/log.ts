import { eventId, LIMITS } from '../core/events.js';
import type { DropReason, TrackedEvent } from '../core/events.js';
import type { Environment } from './environment.js';
import { createRow } from './row.js';
import type { Context } from './row.js';
import type { NewRow, Store, StoredRow } from './store.js';
import type { TrackResult } from './types.js';

/** A row stays below what one batch may hold, so that a batch is always whole rows. */
const MAX_ROW_EVENTS = 100;
const MAX_ROW_LENGTH = 40_000;

interface Entry {
  event: TrackedEvent;
  context: Context;
  resolve: (result: TrackResult) => void;
}

export interface Log {
  /** Queues an event for this turn's transaction; resolves when that is complete, never rejects. */
  push(event: TrackedEvent, context: Context): Promise<TrackResult>;
  /** Writes what is queued at once. */
  commit(): Promise<void>;
  /** Rows that are being written, each of them once. */
  writing(): NewRow[];
  /** Writes one event if `allows` still agrees after seeing rows of other tabs; resolves whether it was written. */
  claim(
    event: TrackedEvent,
    context: Context,
    after: number,
    allows: (newer: StoredRow[]) => boolean,
  ): Promise<boolean>;
}

interface Deps {
  env: Environment;
  store: Store;
  origin: string;
  /** Whether too much is unsent: what comes now is kept for the history only. */
  isFull: () => boolean;
  /** Meta values that belong into the same transaction. */
  meta: () => Parameters<Store['append']>[1];
  onCommitted: (rows: StoredRow[]) => void;
  drop: (reason: DropReason, events: number) => void;
}

export function createLog({ env, store, origin, isFull, meta, onCommitted, drop }: Deps): Log {
  let queue: Entry[] = [];
  let writing: NewRow[] = [];
  let timer: number | undefined;

  const refuse = (entries: Entry[], reason: DropReason) => {
    drop(reason, entries.length);
    for (const { resolve } of entries) resolve({ durable: false, reason });
  };

  /** The rows of one turn: one, unless it would be too long for a batch; an event that is too large is refused. */
  const rowsOf = (entries: Entry[]): [row: NewRow, entries: Entry[]][] => {
    const events = entries.map(({ event }) => event);
    const row = createRow(env, origin, entries[0]!.context, events, isFull());
    const { length } = entries;
    if (row.json.length > MAX_ROW_LENGTH || length > MAX_ROW_EVENTS) {
      if (length > 1) return [...rowsOf(entries.splice(0, length / 2)), ...rowsOf(entries)];
      if (new Blob([row.json]).size > LIMITS.eventBytes) {
        refuse(entries, 'too_large');
        return [];
      }
    }
    return [[row, entries]];
  };

  const outcome = ({ id: rowId, local }: NewRow, index: number): TrackResult => {
    const id = eventId(rowId, index);
    if (store.db && !local) return { id, durable: true };
    return { id, durable: false, reason: local ? 'queue_full' : 'no_storage' };
  };

  const commit = async () => {
    env.cancel(timer);
    timer = undefined;
    const entries = queue;
    queue = [];
    if (!entries.length) return;
    const placed = rowsOf(entries);
    if (!placed.length) return;
    writing = placed.map(([row]) => row);
    try {
      onCommitted(await store.append(writing, meta()));
      writing = [];
    } catch {
      for (const [, entries] of placed) refuse(entries, 'storage_failed');
      return;
    }
    for (const [row, entries] of placed) {
      if (row.local) drop('queue_full', entries.length);
      entries.forEach(({ resolve }, index) => resolve(outcome(row, index)));
    }
  };

  return {
    commit,
    writing: (taken = writing) => ((writing = []), taken),
    push: (event, context) =>
      new Promise((resolve) => {
        // A row is of one visitor on one page.
        if (queue[0] && queue[0].context !== context) void commit();
        queue.push({ event, context, resolve });
        // Timers of hidden pages wait up to a second or for ever.
        if (document.visibilityState === 'hidden') queueMicrotask(() => void commit());
        else timer ??= env.later(() => void commit(), 0);
      }),
    async claim(event, context, after, allows) {
      await commit();
      const row = createRow(env, origin, context, [event], false);
      const stored = await store.append([row], meta(), { after, allows });
      if (stored.length) onCommitted(stored);
      return stored.length > 0;
    },
  };
}
