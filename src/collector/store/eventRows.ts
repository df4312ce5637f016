import { createHash } from 'node:crypto';
import { AUTOMATIC } from '../../core/automatic.js';
import { eventId, type Json, type Properties, type TrackedEvent } from '../../core/events.js';
import { BATCH_FIELDS, EVENT_FIELDS, ROW_FIELDS, unknownFields } from '../ingest/fields.js';
import type { Clocks } from './clocks.js';
import type { JournalEntry } from './journalEntry.js';

/** One event as the store writes it, column by column. */
export interface EventRow {
  site: string;
  id: string;
  visitor: bigint;
  session: string;
  page: string;
  stream: string;
  key: number;
  idx: number;
  name: string;
  time: number;
  received: number;
  corrected: number;
  campaign: string | null;
  variant: string | null;
  question: string | null;
  score: number | null;
  value: number | null;
  program: number;
  zone: number;
  purposes: string;
  props: string;
  extra: string | null;
}

/** The integer that stands for a visitor or a user of a site: 64 bits of SHA-256. */
export function keyOf(kind: 'visitor' | 'user', site: string, id: string): bigint {
  return createHash('sha256').update(`${kind}\0${site}\0${id}`).digest().readBigUInt64BE(0);
}

/** All events of a journal entry as store rows. */
export function eventRowsOf(
  { receivedAt, batch }: JournalEntry,
  visitor: bigint,
  clocks: Clocks,
): EventRow[] {
  const batchExtra = unknownFields(batch, BATCH_FIELDS);
  const corrected = clocks.correctionOf(visitor, batch, receivedAt);
  return batch.rows.flatMap((row) => {
    const rowExtra = unknownFields(row, ROW_FIELDS);
    return row.events.map(({ index, event }) => ({
      site: batch.site,
      id: eventId(row.id, index),
      visitor,
      session: row.session,
      page: row.page,
      stream: row.stream,
      key: row.key,
      idx: index,
      name: event.name,
      time: Math.round(event.time),
      received: receivedAt,
      corrected: corrected(event.time, row),
      ...hotColumns(event),
      program: batch.program,
      zone: batch.zone,
      purposes: (event.purposes ?? ['measure']).join(','),
      props: wellFormedJson(event.properties ?? {}),
      extra: extraOf(batchExtra, rowExtra, unknownFields(event, EVENT_FIELDS)),
    }));
  });
}

function hotColumns({ name, properties = {} }: TrackedEvent) {
  const isAnswer = name === AUTOMATIC.answer;
  return {
    campaign: textOf(properties, 'campaign'),
    variant: textOf(properties, 'variant'),
    question: textOf(properties, 'question'),
    score: numberOf(properties, isAnswer ? 'value' : 'score'),
    value: isAnswer ? null : numberOf(properties, 'value'),
  };
}

function textOf(properties: Properties, name: string): string | null {
  const value = properties[name];
  return typeof value === 'string' ? value : null;
}

function numberOf(properties: Properties, name: string): number | null {
  const value = properties[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function extraOf(...parts: ({ [name: string]: Json } | undefined)[]): string | null {
  const found = parts.filter((part) => part !== undefined);
  return found.length > 0 ? wellFormedJson(Object.assign({}, ...found) as Json) : null;
}

/** JSON text without lone surrogates, which DuckDB's JSON functions refuse for the whole query. */
export function wellFormedJson(value: Json): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\ud')) return text;
  return text.replace(/\\(?:ud[89a-f][0-9a-f]{2}|.)/g, (escape) =>
    escape.startsWith('\\ud') ? '\ufffd' : escape,
  );
}
