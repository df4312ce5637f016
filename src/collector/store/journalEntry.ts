import type { Batch } from '../../core/events.js';
import type { StoredBatch } from '../ingest/checkBatch.js';

/** What the journal holds: a checked batch and when it arrived (ms since 1970). */
export interface JournalEntry {
  receivedAt: number;
  batch: StoredBatch;
}

/** As written: `whole` is a batch of which nothing was refused, just as it came. */
type Written = { receivedAt: number; batch: StoredBatch } | { receivedAt: number; whole: Batch };

/** Reads one record of the journal; throws at what no collector wrote. */
export function readEntry(json: Buffer): JournalEntry {
  const written = JSON.parse(json.toString()) as Written;
  if ('batch' in written) return written;
  const rows = written.whole.rows.map((row) => ({
    ...row,
    events: row.events.map((event, index) => ({ index, event })),
  }));
  return { receivedAt: written.receivedAt, batch: { ...written.whole, rows } };
}

/** The record of a batch of which something was refused. */
export function writeEntry(receivedAt: number, batch: StoredBatch): Buffer {
  return Buffer.from(JSON.stringify({ receivedAt, batch }));
}

/** The record of a batch of which nothing was refused: its bytes as they came, because writing JSON again costs as much as reading it. */
export function wrapWhole(receivedAt: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`{"receivedAt":${receivedAt},"whole":`), body, CLOSE]);
}

const CLOSE = Buffer.from('}');
