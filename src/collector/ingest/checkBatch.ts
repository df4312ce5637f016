import {
  eventId,
  LIMITS,
  type Batch,
  type LogRow,
  type Receipt,
  type TrackedEvent,
} from '../../core/events.js';
import { refusalOf } from './checkEvent.js';
import { envelopeCheck, rowCheck } from './schema.js';

/** A row as stored in the journal: good events only, each with its index in the row the device wrote. */
export interface StoredRow extends Omit<LogRow, 'events'> {
  events: { index: number; event: TrackedEvent }[];
}

/** A batch as stored in the journal. */
export interface StoredBatch extends Omit<Batch, 'rows'> {
  rows: StoredRow[];
}

export type BatchCheck =
  | { ok: false; status: 400 | 413; detail: string }
  | { ok: true; batch: StoredBatch; accepted: number; rejected: Receipt['rejected'] };

/** Splits a batch into what can be stored and what is refused; a bad event never takes its siblings with it. */
export function checkBatch(body: unknown): BatchCheck {
  const problem = envelopeCheck.Errors(body).First();
  if (problem) return { ok: false, status: 400, detail: `${problem.path || '/'}: ${problem.message}` };
  const batch = body as Batch;
  const events = batch.rows.reduce((sum, row) => sum + row.events.length, 0);
  if (events > LIMITS.events) {
    return {
      ok: false,
      status: 413,
      detail: `A batch carries at most ${LIMITS.events} events, this one ${events}.`,
    };
  }
  const rejected: Receipt['rejected'] = [];
  const rows = batch.rows.map((row) => goodPart(row, rejected)).filter((row) => row.events.length > 0);
  return { ok: true, batch: { ...batch, rows }, accepted: events - rejected.length, rejected };
}

function goodPart(row: LogRow, rejected: Receipt['rejected']): StoredRow {
  const rowProblem = rowCheck.Errors(row).First();
  const good: StoredRow['events'] = [];
  row.events.forEach((event, index) => {
    const refusal = rowProblem
      ? { code: 'invalid' as const, message: `row ${rowProblem.path}: ${rowProblem.message}` }
      : refusalOf(event);
    if (refusal) rejected.push({ id: eventId(row.id, index), ...refusal });
    else good.push({ index, event });
  });
  return { ...row, events: good };
}
