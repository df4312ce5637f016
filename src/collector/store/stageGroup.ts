import { appendRows, createRowAppender } from './appendRows.js';
import type { Clocks } from './clocks.js';
import { STAGED_COLUMNS, takeBatch, type TakeCells } from './eventCells.js';
import type { EventNames } from './eventNames.js';
import { createEventParts, type Part } from './eventParts.js';
import { readRecord, seenBatch, type SeenBatch, type Unreadable } from './records.js';
import { keyOf } from './keys.js';
import type { Sql } from './sql.js';
import { createTexts } from './texts.js';

const STAGED_DEFINITIONS = STAGED_COLUMNS.map(([name, type]) => `"${name}" ${type}`).join(', ');

/** The staging tables live with the connection, not in the file. */
export async function prepareStaging(sql: Sql): Promise<void> {
  await sql.run(`CREATE TEMP TABLE staged_events (${STAGED_DEFINITIONS})`);
  await sql.run('CREATE TEMP TABLE staged_texts (code INTEGER, "text" VARCHAR)');
  await sql.run(`CREATE TEMP TABLE staged_visitors
    (no UBIGINT, site VARCHAR, id UUID, "user" VARCHAR, person UBIGINT, first TIMESTAMP_MS, last TIMESTAMP_MS)`);
  await sql.run('CREATE TEMP TABLE staged_names (site VARCHAR, name VARCHAR)');
  await sql.run(
    'CREATE TEMP TABLE staged_drops (site VARCHAR, device VARCHAR, reason VARCHAR, total UBIGINT)',
  );
}

/** A group of which the events are staged, each once. */
export interface StagedGroup {
  parts: Part[];
  batches: SeenBatch[];
  unreadable: Unreadable[];
  /** In the batches, those sent twice counted twice. */
  events: number;
  /** Of those, with a name too many. */
  otherNames: number;
}

export interface StageDeps {
  clocks: Clocks;
  names: EventNames;
  /** The event tables that exist. */
  tables: ReadonlySet<string>;
}

/** Fills the staging tables from records of the journal; inside the caller's transaction. */
export async function stageGroup(
  sql: Sql,
  records: readonly Buffer[],
  { clocks, names, tables }: StageDeps,
): Promise<StagedGroup> {
  const [texts, parts] = [createTexts(), createEventParts(tables)];
  const [batches, unreadable]: [SeenBatch[], Unreadable[]] = [[], []];
  const isNew = createNewness();
  const counted = { events: 0, otherNames: 0 };
  await sql.run('DELETE FROM staged_events');
  await sql.run('DELETE FROM staged_texts');
  const types = STAGED_COLUMNS.map(([, type]) => type);
  const appender = await createRowAppender(sql, 'staged_events', types);
  const take: TakeCells = (rowId, index, cells) => {
    if (isNew(rowId, index)) appender.add(cells);
  };
  for (const json of records) {
    const entry = readRecord(json);
    if ('reason' in entry) {
      unreadable.push(entry);
      continue;
    }
    const { batch, receivedAt } = entry;
    const visitor = keyOf('visitor', batch.site, batch.visitor);
    const correction = clocks.correctionOf(visitor, batch, receivedAt);
    const { codeOf } = texts;
    const nameOf = names.of(batch.site);
    const seen = takeBatch(entry, { codeOf, partOf: parts.numberOf, correction, visitor, nameOf, take });
    counted.events += seen.events;
    counted.otherNames += seen.otherNames;
    batches.push(seenBatch(entry, visitor, seen));
  }
  appender.close();
  await appendRows(
    sql,
    'staged_texts',
    ['INTEGER', 'VARCHAR'],
    texts.all.map((text, index) => [index + 1, text]),
  );
  return { parts: parts.list(), batches, unreadable, ...counted };
}

/** True for each event of a group at its first time. */
function createNewness(): (rowId: string, index: number) => boolean {
  const taken = new Map<string, number[]>();
  return (rowId, index) => {
    const indexes = taken.get(rowId);
    if (!indexes) taken.set(rowId, [index]);
    else if (indexes.includes(index)) return false;
    else indexes.push(index);
    return true;
  };
}
