import { eventId } from '../core/events.js';
import type { DropReason, TrackedEvent } from '../core/events.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import { byteLength, createRow } from './row.js';
import type { Context } from './row.js';
import type { NewRow, Store, StoredRow } from './store.js';
import type { TrackResult } from './types.js';

/** A row stays below what one batch may hold, so that a batch is always whole rows; UTF-8 bytes. */
const MAX_ROW_EVENTS = 100;
const MAX_ROW_BYTES = 58_000;
/** Beyond this nothing is kept at all, so that a turn more still ends below 2 MiB of rows. */
const MAX_FULLNESS = 1.3;

interface Entry {
  event: TrackedEvent;
  context: Context;
  resolve: (result: TrackResult) => void;
}

export interface Log {
  /** Queues an event for this turn's transaction; resolves when that is complete, never rejects. */
  push(event: TrackedEvent, context: Context): Promise<TrackResult>;
  /** Writes what is queued at once; resolves when it is written. */
  commit(): Promise<void>;
  /** The same, for those who do not wait. */
  commitNow(): void;
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
  faults: Faults;
  origin: string;
  /** How much of what may be unsent is: from 1 on, what comes is kept for the history only. */
  fullness: () => number;
  /** Meta values that belong into the same transaction. */
  meta: () => Parameters<Store['append']>[1];
  onCommitted: (rows: StoredRow[]) => void;
  drop: (reason: DropReason, events: number) => void;
}

export function createLog({ env, store, faults, origin, fullness, meta, onCommitted, drop }: Deps): Log {
  let queue: Entry[] = [];
  let writing: NewRow[] = [];
  let underWay = 0;

  const refuse = (entries: Entry[], reason: DropReason) => {
    drop(reason, entries.length);
    for (const { resolve } of entries) resolve({ durable: false, reason });
  };

  /** The rows of one turn: one, unless it would be too long for a batch; an event that is too large is refused. */
  const rowsOf = (entries: Entry[]): [row: NewRow, entries: Entry[]][] => {
    const events = entries.map(({ event }) => event);
    const row = createRow(env, origin, entries[0]!.context, events, fullness() >= 1);
    const { length } = entries;
    // No character takes more than three bytes, so most rows need not be counted.
    const isTooLong = row.json.length * 3 > MAX_ROW_BYTES && byteLength(row.json) > MAX_ROW_BYTES;
    if (!isTooLong && length <= MAX_ROW_EVENTS) return [[row, entries]];
    if (length > 1) return [...rowsOf(entries.slice(0, length / 2)), ...rowsOf(entries.slice(length / 2))];
    refuse(entries, 'too_large');
    return [];
  };

  const outcome = ({ id: rowId, local }: NewRow, index: number): TrackResult => {
    const id = eventId(rowId, index);
    if (store.db && !local) return { id, durable: true };
    return { id, durable: false, reason: local ? 'queue_full' : 'no_storage' };
  };

  const commit = async () => {
    const entries = queue;
    queue = [];
    if (!entries.length) return;
    if (fullness() > MAX_FULLNESS) return refuse(entries, 'queue_full');
    let placed: ReturnType<typeof rowsOf> = [[{} as NewRow, entries]];
    let rows: NewRow[] = [];
    underWay++;
    try {
      placed = rowsOf(entries);
      if (!placed.length) return;
      rows = placed.map(([row]) => row);
      writing = [...writing, ...rows];
      onCommitted(await store.append(rows, meta()));
    } catch {
      for (const [, entries] of placed) refuse(entries, 'storage_failed');
      return;
    } finally {
      writing = writing.filter((row) => !rows.includes(row));
      if (!--underWay) commitNow();
    }
    for (const [row, entries] of placed) {
      if (row.local) drop('queue_full', entries.length);
      entries.forEach(({ resolve }, index) => resolve(outcome(row, index)));
    }
  };

  const commitNow = faults.guard(commit);

  return {
    commit,
    commitNow,
    writing: (taken = writing) => ((writing = []), taken),
    push: (event, context) =>
      new Promise((resolve) => {
        // A row is of one visitor on one page.
        if (queue[0] && queue[0].context !== context) commitNow();
        // What comes while a transaction is under way shares the next one. No timer: setting one takes longer than all else here.
        if (queue.push({ event, context, resolve }) === 1 && !underWay) queueMicrotask(commitNow);
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
