import type { Clocks } from './clocks.js';
import { eventRowsOf, keyOf, type EventRow } from './eventRows.js';
import { readEntry, type JournalEntry } from './journalEntry.js';

/** One batch as the store takes it. */
export interface BatchRows {
  visitor: bigint;
  entry: JournalEntry;
  rows: EventRow[];
  drops: DropTotal[];
}

/** Events the device dropped since it exists, for one reason. */
export interface DropTotal {
  visitor: bigint;
  reason: string;
  total: number;
}

/** A record that cannot become rows, whatever is tried: it must not stop those behind it. */
export interface Unreadable {
  json: Buffer;
  /** The error's name: its message may quote the payload. */
  reason: string;
}

/** Turns records of the journal into rows; what fails is given back beside them. */
export function rowsOfRecords(
  records: readonly Buffer[],
  clocks: Clocks,
): { batches: BatchRows[]; unreadable: Unreadable[] } {
  const batches: BatchRows[] = [];
  const unreadable: Unreadable[] = [];
  for (const json of records) {
    try {
      const entry = readEntry(json);
      const visitor = keyOf('visitor', entry.batch.site, entry.batch.visitor);
      const drops = dropsOf(entry, visitor);
      batches.push({ visitor, entry, drops, rows: eventRowsOf(entry, visitor, clocks) });
    } catch (error) {
      unreadable.push({ json, reason: error instanceof Error ? error.name : 'unknown' });
    }
  }
  return { batches, unreadable };
}

function dropsOf({ batch }: JournalEntry, visitor: bigint): DropTotal[] {
  return Object.entries(batch.dropped)
    .filter(([, total]) => Number.isSafeInteger(total) && total > 0)
    .map(([reason, total]) => ({ visitor, reason, total }));
}

/** Each event once; of those with one id the first. */
export function distinctRows(batches: readonly BatchRows[]): EventRow[] {
  const byId = new Map<string, EventRow>();
  for (const { rows } of batches) for (const row of rows) if (!byId.has(row.id)) byId.set(row.id, row);
  return [...byId.values()];
}
