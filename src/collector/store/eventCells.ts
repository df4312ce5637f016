import { AUTOMATIC } from '../../core/automatic.js';
import { eventId, type Json, type Properties } from '../../core/events.js';
import { BATCH_FIELDS, EVENT_FIELDS, ROW_FIELDS, unknownFields } from '../ingest/fields.js';
import type { Cell, ColumnType } from './appendRows.js';
import { correctedTime, type Correction } from './clock.js';
import { eventAt, indexAt, type JournalEntry } from './journalEntry.js';
import { wellFormedJson } from './wellFormedJson.js';

/**
 * The staging table's columns. A cell costs most where it is a text, null, a big integer or a time, so there are as few of
 * those as possible: texts that repeat are numbers into `texts` (0 for null), absent numbers are NaN, times are plain numbers.
 * `STAGED_VALUES` turns them back.
 */
export const STAGED_COLUMNS = [
  ['part', 'INTEGER'],
  ['site', 'INTEGER'],
  ['id', 'VARCHAR'],
  ['visitor', 'UBIGINT'],
  ['session', 'INTEGER'],
  ['page', 'INTEGER'],
  ['stream', 'INTEGER'],
  ['key', 'DOUBLE'],
  ['idx', 'INTEGER'],
  ['name', 'INTEGER'],
  ['time', 'DOUBLE'],
  ['received', 'DOUBLE'],
  ['corrected', 'DOUBLE'],
  ['campaign', 'INTEGER'],
  ['variant', 'INTEGER'],
  ['question', 'INTEGER'],
  ['score', 'DOUBLE'],
  ['value', 'DOUBLE'],
  ['program', 'DOUBLE'],
  ['zone', 'DOUBLE'],
  ['purposes', 'INTEGER'],
  ['props', 'VARCHAR'],
  ['extra', 'INTEGER'],
] as const satisfies readonly (readonly [name: string, type: ColumnType])[];

/** The values of an event's columns, in the order of `EVENT_COLUMNS`, from `staged_events s` and the list of texts in `t`. */
export const STAGED_VALUES = `t.texts[s.site], s.uuid, s.visitor, t.texts[s.session], t.texts[s.page],
  t.texts[s.stream], CAST(s.key AS UBIGINT), s.idx, t.texts[s.name],
  CAST(epoch_ms(CAST(s.time AS BIGINT)) AS TIMESTAMP_MS), CAST(epoch_ms(CAST(s.received AS BIGINT)) AS TIMESTAMP_MS),
  CAST(epoch_ms(CAST(s.corrected AS BIGINT)) AS TIMESTAMP_MS), t.texts[s.campaign], t.texts[s.variant], t.texts[s.question],
  nullif(s.score, CAST('NaN' AS DOUBLE)), nullif(s.value, CAST('NaN' AS DOUBLE)), CAST(s.program AS UBIGINT), s.zone,
  t.texts[s.purposes], s.props, t.texts[s.extra]`;

/** Where the cells of one event go. */
export type TakeCells = (rowId: string, index: number, cells: readonly Cell[]) => void;

export interface CellDeps {
  /** The number of a text, 0 for null. */
  codeOf: (text: string | null) => number;
  partOf: (rowId: string, receivedAt: number) => number;
  correction: Correction;
  visitor: bigint;
  /** The name to store an event under. */
  nameOf: (name: string) => string;
  take: TakeCells;
}

/** What a batch came to. */
export interface TakenBatch {
  events: number;
  /** Of those, with a name too many. */
  otherNames: number;
  /** Least and greatest corrected time. */
  first: number;
  last: number;
}

/** Hands on the cells of all events of a batch that is sound. */
export function takeBatch(entry: JournalEntry, deps: CellDeps): TakenBatch {
  const { batch, receivedAt } = entry;
  const { codeOf } = deps;
  const site = codeOf(batch.site);
  const batchExtra = unknownFields(batch, BATCH_FIELDS);
  const seen = { events: 0, otherNames: 0, first: Infinity, last: -Infinity };
  for (const row of batch.rows) {
    if (row.events.length === 0) continue;
    const part = deps.partOf(row.id, receivedAt);
    const offsetMs = deps.correction(row, eventAt(entry, row, row.events.length - 1).time);
    const extra = [batchExtra, unknownFields(row, ROW_FIELDS)];
    const places = [codeOf(row.session), codeOf(row.page), codeOf(row.stream)] as const;
    for (let place = 0; place < row.events.length; place++) {
      const event = eventAt(entry, row, place);
      const { properties = {} } = event;
      const isAnswer = event.name === AUTOMATIC.answer;
      const score = numberOf(properties, isAnswer ? 'value' : 'score');
      const value = isAnswer ? NaN : numberOf(properties, 'value');
      const index = indexAt(entry, row, place);
      const at = correctedTime(event.time, offsetMs, receivedAt);
      const name = deps.nameOf(event.name);
      const renamed = name === event.name ? undefined : { $name: event.name };
      seen.events += 1;
      if (renamed) seen.otherNames += 1;
      seen.first = Math.min(seen.first, at);
      seen.last = Math.max(seen.last, at);
      // prettier-ignore
      deps.take(row.id, index, [
        part, site, eventId(row.id, index), deps.visitor, places[0], places[1], places[2], row.key, index,
        codeOf(name), Math.round(event.time), receivedAt, at,
        codeOf(textOf(properties, 'campaign')), codeOf(textOf(properties, 'variant')),
        codeOf(textOf(properties, 'question')), score, value, batch.program, batch.zone,
        codeOf(event.purposes ? event.purposes.join(',') : 'measure'),
        wellFormedJson(properties, entry.hasEscapes),
        codeOf(extraOf(...extra, unknownFields(event, EVENT_FIELDS), renamed)),
      ]);
    }
  }
  return seen;
}

function textOf(properties: Properties, name: string): string | null {
  const value = properties[name];
  return typeof value === 'string' ? value : null;
}

function numberOf(properties: Properties, name: string): number {
  const value = properties[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : NaN;
}

function extraOf(...found: (Properties | undefined)[]): string | null {
  const unknown = found.filter((part) => part !== undefined);
  return unknown.length > 0 ? wellFormedJson(Object.assign({}, ...unknown) as Json, true) : null;
}
