import { eventId, LIMITS } from '../core/events.js';
import type { DropReason, TrackedEvent } from '../core/events.js';
import type { Environment } from './environment.js';
import type { NewRow, Store, StoredRow } from './store.js';
import type { TrackResult } from './types.js';

/** A row stays below what one batch may hold, so that a batch is always whole rows. */
const MAX_ROW_EVENTS = 100;
const MAX_ROW_LENGTH = 40_000;

/** Whose events these are and where they happened; events of one turn and context share a row. */
export interface Context {
  visitor: string;
  user?: string;
  session: string;
  page: string;
}

interface Entry {
  event: TrackedEvent;
  context: Context;
  length: number;
  resolve: (result: TrackResult) => void;
  /** Where the event got its place. */
  row?: NewRow;
  index?: number;
}

export interface Log {
  /** Queues an event for this turn's transaction; resolves when that is complete, never rejects. */
  push(event: TrackedEvent, context: Context): Promise<TrackResult>;
  /** Writes what is queued at once. */
  commit(): Promise<void>;
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
  let timer: number | undefined;

  const newRow = ({ context, event }: Pick<Entry, 'context' | 'event'>): NewRow => ({
    id: env.uuid(),
    ...context,
    origin,
    monotonic: env.monotonic(),
    events: [event],
  });

  /** One row per context; the entries keep the place their event got. */
  const group = (entries: Entry[]) => {
    const rows: NewRow[] = [];
    let context: Context | undefined;
    let length = 0;
    for (const entry of entries) {
      let row = rows.at(-1);
      length += entry.length;
      if (
        !row ||
        context !== entry.context ||
        row.events.length >= MAX_ROW_EVENTS ||
        length > MAX_ROW_LENGTH
      ) {
        rows.push((row = newRow(entry)));
        if (isFull()) row.local = true;
        ({ context, length } = entry);
      } else row.events.push(entry.event);
      entry.row = row;
      entry.index = row.events.length - 1;
      if (row.local) drop('queue_full', 1);
    }
    return rows;
  };

  const outcome = ({ row, index }: Entry): TrackResult => {
    const id = eventId(row!.id, index!);
    if (store.isDurable && !row!.local) return { id, durable: true };
    return { id, durable: false, reason: row!.local ? 'queue_full' : 'no_storage' };
  };

  const commit = async () => {
    env.cancel(timer);
    timer = undefined;
    const entries = queue;
    if (!entries.length) return;
    queue = [];
    const rows = group(entries);
    try {
      const keys = await store.append(rows, meta());
      onCommitted(rows.map((row, index) => ({ ...row, key: keys[index]!, stream: store.stream })));
      for (const entry of entries) entry.resolve(outcome(entry));
    } catch {
      drop('storage_failed', entries.length);
      for (const { resolve } of entries) resolve({ durable: false, reason: 'storage_failed' });
    }
  };

  return {
    commit,
    push: (event, context) =>
      new Promise((resolve) => {
        const text = JSON.stringify(event);
        if (new Blob([text]).size > LIMITS.eventBytes) {
          drop('too_large', 1);
          return resolve({ durable: false, reason: 'too_large' });
        }
        queue.push({ event, context, length: text.length, resolve });
        // Timers of hidden pages wait up to a second or for ever.
        if (document.visibilityState === 'hidden') queueMicrotask(() => void commit());
        else timer ??= env.later(() => void commit(), 0);
      }),
    async claim(event, context, after, allows) {
      await commit();
      const row = newRow({ context, event });
      const [key] = await store.append([row], meta(), { after, allows });
      if (key === undefined) return false;
      onCommitted([{ ...row, key, stream: store.stream }]);
      return true;
    },
  };
}
