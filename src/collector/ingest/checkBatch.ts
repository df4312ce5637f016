import {
  eventId,
  LIMITS,
  type Batch,
  type LogRow,
  type Receipt,
  type TrackedEvent,
} from '../../core/events.js';
import { refusalInside, refusalOf, type Refusal } from './checkEvent.js';
import { BATCH_FIELDS, ROW_FIELDS, UNKNOWN_BYTES, unknownFields } from './fields.js';
import { envelopeCheck, rowCheck, streamCheck } from './schema.js';

/** A row as stored in the journal: good events only, each with its index in the row the device wrote. */
export interface StoredRow extends Omit<LogRow, 'events'> {
  events: { index: number; event: TrackedEvent }[];
}

/** A batch as stored in the journal. */
export interface StoredBatch extends Omit<Batch, 'rows'> {
  rows: StoredRow[];
}

export interface BatchProblem {
  status: 400 | 413;
  detail: string;
}

/** What must hold before anything else is looked at: the envelope. Undefined if it does. */
export function envelopeProblem(body: unknown): BatchProblem | undefined {
  if (!envelopeCheck.Check(body)) {
    const problem = envelopeCheck.Errors(body).First();
    // The path holds keys of the sender's, which may be long.
    return { status: 400, detail: `${problem?.path.slice(0, 100) || '/'}: ${problem?.message}` };
  }
  const batch = body as Batch;
  const events = countEvents(batch);
  if (events > LIMITS.events) {
    return { status: 413, detail: `A batch carries at most ${LIMITS.events} events, this one ${events}.` };
  }
  const unknown = refusalOfUnknown(batch, BATCH_FIELDS);
  return unknown && { status: 400, detail: `/: ${unknown.message}` };
}

export function countEvents(batch: Batch): number {
  return batch.rows.reduce((sum, row) => sum + row.events.length, 0);
}

export interface EventsCheck {
  /** The batch without what was refused. */
  stored: StoredBatch;
  /** The stream of the batch's rows, where none of them is left to tell whose drop counters it carries. */
  stream: string | undefined;
  accepted: number;
  rejected: Receipt['rejected'];
  /** Nothing was left out: also no row that has no events to refuse, which may hold anything. */
  isWhole: boolean;
}

/**
 * Splits a batch whose envelope is good into what can be stored and what is refused; a bad event never takes its siblings with
 * it. `bytes` is the size of the batch.
 */
export function checkEvents(batch: Batch, bytes: number): EventsCheck {
  const isSmall = bytes <= LIMITS.eventBytes;
  const rejected: Receipt['rejected'] = [];
  const rows = batch.rows
    .map((row) => goodPart(row, isSmall, rejected))
    .filter((row) => row.events.length > 0);
  const stream = rows.length === 0 ? streamOf(batch) : undefined;
  return {
    stored: { ...batch, rows },
    stream,
    accepted: countEvents(batch) - rejected.length,
    rejected,
    isWhole: rejected.length === 0 && rows.length === batch.rows.length,
  };
}

/** Rows that are refused may have none, or one that nothing could be stored under. */
function streamOf({ rows }: Batch): string | undefined {
  return rows.map(({ stream }) => stream).find((stream) => streamCheck.Check(stream));
}

export type BatchCheck = ({ ok: false } & BatchProblem) | ({ ok: true } & EventsCheck);

/** Both checks of a batch at once. */
export function checkBatch(body: unknown, bytes = Infinity): BatchCheck {
  const problem = envelopeProblem(body);
  return problem ? { ok: false, ...problem } : { ok: true, ...checkEvents(body as Batch, bytes) };
}

function goodPart(row: LogRow, isSmall: boolean, rejected: Receipt['rejected']): StoredRow {
  const ofRow = refusalOfRow(row);
  const good: StoredRow['events'] = [];
  row.events.forEach((event, index) => {
    const refusal = ofRow ?? refusalOf(event, isSmall);
    if (refusal) rejected.push({ id: eventId(row.id, index), ...refusal });
    else good.push({ index, event });
  });
  return { ...row, events: good };
}

function refusalOfRow(row: LogRow): Refusal | undefined {
  if (rowCheck.Check(row)) return refusalOfUnknown(row, ROW_FIELDS);
  const problem = rowCheck.Errors(row).First();
  return { code: 'invalid', message: `row ${problem?.path}: ${problem?.message}` };
}

function refusalOfUnknown(value: object, known: ReadonlySet<string>): Refusal | undefined {
  const unknown = unknownFields(value, known);
  if (!unknown) return undefined;
  const refusal = refusalInside(unknown, 0, { properties: 0 });
  if (refusal || Buffer.byteLength(JSON.stringify(unknown)) <= UNKNOWN_BYTES) return refusal;
  return {
    code: 'too_large',
    message: `more than ${UNKNOWN_BYTES} bytes of fields this collector does not know`,
  };
}
