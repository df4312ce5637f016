import type { Batch, LogRow, TrackedEvent } from '../../core/events.js';
import type { StoredBatch, StoredRow } from '../ingest/checkBatch.js';
import { textOfUtf8 } from '../ingest/utf8.js';
import { holdsSurrogateEscapes } from './wellFormedJson.js';

/** What the journal holds: a checked batch and when it arrived (ms since 1970). */
export interface JournalEntry {
  receivedAt: number;
  batch: Omit<Batch, 'rows'> & { rows: JournalRow[] };
  /** That of the device's log, where every row was refused. */
  stream?: string | undefined;
  /** Nothing was refused: the events stand as they came. Else each stands with its index in the row the device wrote. */
  isWhole: boolean;
  /** Its text may stand for half a character. */
  hasEscapes: boolean;
}

export interface JournalRow extends Omit<LogRow, 'events'> {
  events: (TrackedEvent | StoredRow['events'][number])[];
}

/** As written: `whole` is a batch of which nothing was refused, just as it came. */
interface Written {
  receivedAt: number;
  batch?: StoredBatch;
  stream?: string;
  whole?: Batch;
}

/** Reads one record of the journal; throws at what is no JSON. */
export function readEntry(json: Buffer): JournalEntry {
  const { receivedAt, batch, stream, whole } = JSON.parse(textOfUtf8(json)) as Written;
  return {
    receivedAt,
    batch: (batch ?? whole)!,
    stream,
    isWhole: batch === undefined,
    hasEscapes: holdsSurrogateEscapes(json),
  };
}

/** The event at a place of a row. */
export function eventAt({ isWhole }: JournalEntry, { events }: JournalRow, place: number): TrackedEvent {
  const stored = events[place]!;
  return isWhole ? (stored as TrackedEvent) : (stored as StoredRow['events'][number]).event;
}

/** Its index in the row that the device wrote. */
export function indexAt({ isWhole }: JournalEntry, { events }: JournalRow, place: number): number {
  return isWhole ? place : (events[place] as StoredRow['events'][number]).index;
}

/** The record of a batch of which something was refused, as pieces of JSON; with the `stream` of its rows if none of them is left. */
export function writeEntry(receivedAt: number, batch: StoredBatch, stream?: string): Buffer[] {
  return [Buffer.from(JSON.stringify({ receivedAt, batch, stream }))];
}

/** The record of a batch of which nothing was refused: its bytes as they came, because writing JSON again costs as much as reading it. */
export function wrapWhole(receivedAt: number, body: Buffer): Buffer[] {
  return [Buffer.from(`{"receivedAt":${receivedAt},"whole":`), body, CLOSE];
}

const CLOSE = Buffer.from('}');
