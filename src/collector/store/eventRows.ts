import { createHash } from 'node:crypto';
import { AUTOMATIC } from '../../core/automatic.js';
import { eventId, type Json, type Properties, type TrackedEvent } from '../../core/events.js';
import type { StoredBatch } from '../ingest/checkBatch.js';
import { correctedTime } from './correctedTime.js';

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

/** What the journal holds: a checked batch and when it arrived (ms since 1970). */
export interface JournalEntry {
  receivedAt: number;
  batch: StoredBatch;
}

/** The integer that stands for a visitor or a user of a site: 64 bits of SHA-256. */
export function keyOf(kind: 'visitor' | 'user', site: string, id: string): bigint {
  return createHash('sha256').update(`${kind}\0${site}\0${id}`).digest().readBigUInt64BE(0);
}

/** All events of a journal entry as store rows. */
export function eventRowsOf({ receivedAt, batch }: JournalEntry, visitor: bigint): EventRow[] {
  const batchExtra = unknownFields(batch, BATCH_FIELDS);
  return batch.rows.flatMap((row) => {
    const rowExtra = { ...batchExtra, ...unknownFields(row, ROW_FIELDS) };
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
      corrected: correctedTime(event.time, row, batch, receivedAt),
      ...hotColumns(event),
      program: batch.program,
      zone: batch.zone,
      purposes: (event.purposes ?? ['measure']).join(','),
      props: wellFormedJson(event.properties ?? {}),
      extra: extraOf({ ...rowExtra, ...unknownFields(event, EVENT_FIELDS) }),
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

const BATCH_FIELDS = new Set('site sdk program visitor user zone clock origin dropped rows'.split(' '));
const ROW_FIELDS = new Set('id key stream page session monotonic origin events'.split(' '));
const EVENT_FIELDS = new Set('name properties time purposes'.split(' '));

/** Fields a newer SDK may send: kept, because what is not kept now can never be asked later. */
function unknownFields(value: object, known: ReadonlySet<string>): { [name: string]: Json } {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !known.has(name)));
}

function extraOf(fields: { [name: string]: Json }): string | null {
  return Object.keys(fields).length > 0 ? wellFormedJson(fields) : null;
}

/** JSON text without lone surrogates, which DuckDB's JSON functions refuse for the whole query. */
export function wellFormedJson(value: Json): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\ud')) return text;
  return text.replace(/\\(?:ud[89a-f][0-9a-f]{2}|.)/g, (escape) =>
    escape.startsWith('\\ud') ? '\ufffd' : escape,
  );
}
