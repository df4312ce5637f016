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
  /** Writes what is queued; resolves when all of it is written. */
  commit(): Promise<void>;
  /** Begins all of it at once, for a page that may be going away. */
  commitNow(): void;
  /** Rows that are being written, each of them once. */
  inFlight(): NewRow[];
  /** Nothing is written any more: answers what waits. */
  halt(): void;
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
  /** Writes rows, with the visitor's own changes in the same transaction; see `Store`. */
  addRows: (rows: NewRow[], guard?: Parameters<Store['addRows']>[2]) => Promise<StoredRow[]>;
  onCommitted: (rows: StoredRow[]) => void;
  countDropped: (reason: DropReason, events: number) => void;
}

export function createLog({
  env,
  store,
  faults,
  origin,
  fullness,
  addRows,
  onCommitted,
  countDropped,
}: Deps): Log {
  const queue: Entry[] = [];
  let writing: NewRow[] = [];
  let underWay = 0;

  const answer = (entries: Entry[], reason: DropReason | 'off') => {
    for (const { resolve } of entries) resolve({ durable: false, reason });
  };
  const refuse = (entries: Entry[], reason: DropReason) => {
    countDropped(reason, entries.length);
    answer(entries, reason);
  };

  /** Rows of these entries: one, unless it would be too long for a batch; an event that is too large is refused. */
  const rowsOf = (entries: Entry[]): [row: NewRow, entries: Entry[]][] => {
    const events = entries.map(({ event }) => event);
    const row = createRow(env, origin, entries[0]!.context, events, fullness() >= 1);
    const { length } = entries;
    if (byteLength(row.json) <= MAX_ROW_BYTES) return [[row, entries]];
    if (length > 1) return [...rowsOf(entries.slice(0, length / 2)), ...rowsOf(entries.slice(length / 2))];
    refuse(entries, 'too_large');
    return [];
  };

  const outcome = ({ id: rowId, local }: NewRow, index: number): TrackResult => {
    const id = eventId(rowId, index);
    if (store.db && !local) return { id, durable: true };
    return { id, durable: false, reason: local ? 'queue_full' : 'no_storage' };
  };

  const write = faults.guard(
    async (
      entries: Entry[],
      placed: ReturnType<typeof rowsOf> = [[{} as NewRow, entries]],
      rows: NewRow[] = [],
    ) => {
      try {
        if (fullness() > MAX_FULLNESS) return refuse(entries, 'queue_full');
        placed = rowsOf(entries);
        if (!placed.length) return;
        rows = placed.map(([row]) => row);
        writing = [...writing, ...rows];
        onCommitted(await addRows(rows));
        for (const [row, entries] of placed) {
          if (row.local) countDropped('queue_full', entries.length);
          entries.forEach(({ resolve }, index) => resolve(outcome(row, index)));
        }
      } catch {
        // Whatever fails: whoever has no answer by now would wait for ever.
        for (const [, entries] of placed) refuse(entries, 'storage_failed');
      } finally {
        writing = writing.filter((row) => !rows.includes(row));
      }
    },
    undefined,
  );

  /** The oldest that may share a row: it is of one visitor on one page, and shorter than the room there may be left for it. */
  const next = () => {
    let count = 1;
    while (count < MAX_ROW_EVENTS && queue[count]?.context === queue[0]!.context) count++;
    return queue.splice(0, count);
  };
  const commit = async () => {
    underWay++;
    while (queue.length) await write(next());
    underWay--;
  };
  const commitSoon = faults.guard(async () => {
    // No timer and no function of the page's: setting one takes longer than all else here, the other may be anything.
    // eslint-disable-next-line @typescript-eslint/await-thenable -- the end of the turn, without a promise of the page's
    await 0;
    await commit();
  });

  return {
    commit,
    commitNow() {
      while (queue.length) void write(next());
    },
    inFlight: (taken = writing) => ((writing = []), taken),
    push: (event, context) =>
      new Promise((resolve) => {
        // What comes while a transaction is under way shares the next one.
        if (queue.push({ event, context, resolve }) === 1 && !underWay) commitSoon();
      }),
    async claim(event, context, after, allows) {
      await commit();
      const [row] = await addRows([createRow(env, origin, context, [event], fullness() >= 1)], {
        after,
        permits: allows,
      });
      if (row) onCommitted([row]);
      if (row?.local) countDropped('queue_full', 1);
      return !!row;
    },
    halt: () => answer(queue.splice(0), 'off'),
  };
}
