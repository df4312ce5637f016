import { uuidTimeMs } from '../../core/uuid.js';
import type { JournalPosition } from '../journal/segments.js';
import { appendRows } from './appendRows.js';
import type { Sql } from './database.js';
import { eventRowsOf, keyOf, type EventRow, type JournalEntry } from './eventRows.js';
import {
  addEventTable,
  COLUMN_DEFINITIONS,
  COLUMN_NAMES,
  EVENT_COLUMNS,
  eventTableSql,
  eventTableOf,
  uuidSql,
} from './eventTables.js';
import { applyDrops, applyVisitors } from './applyVisitors.js';

const DAY_MS = 86_400_000;
/** More id days than this in one table are searched as one range. */
const MAX_PARTS_PER_TABLE = 31;

/** Events of one table whose ids lie close together: one range to look for duplicates in. */
interface Part {
  table: string;
  rows: EventRow[];
}

/** The staging tables live with the connection, not in the file. */
export async function prepareStaging(sql: Sql): Promise<void> {
  await sql.run(`CREATE TEMP TABLE staged_events (part INTEGER, ${COLUMN_DEFINITIONS})`);
  await sql.run(`CREATE TEMP TABLE staged_visitors
    (no UBIGINT, site VARCHAR, id UUID, "user" VARCHAR, person UBIGINT, first TIMESTAMP_MS, last TIMESTAMP_MS)`);
  await sql.run('CREATE TEMP TABLE staged_drops (visitor UBIGINT, reason VARCHAR, total UBIGINT)');
}

/**
 * Writes a group of journal entries and the place they end at, in one transaction: all of it or nothing, and
 * harmless to repeat, because an id that is stored is never stored again.
 */
export async function applyGroup(
  sql: Sql,
  tables: Set<string>,
  entries: readonly JournalEntry[],
  next: JournalPosition,
): Promise<void> {
  const parts = splitParts(distinctRows(entries));
  const added: string[] = [];
  await sql.transaction(async () => {
    for (const { table } of parts) {
      if (tables.has(table) || added.includes(table)) continue;
      await addEventTable(sql, table, new Set([...tables, ...added]));
      added.push(table);
    }
    await sql.run('DELETE FROM staged_events');
    await stage(sql, parts);
    for (const [index, part] of parts.entries()) await insertNew(sql, index, part);
    await applyVisitors(sql, entries);
    await applyDrops(sql, entries);
    await sql.run(
      'UPDATE applied SET segment = CAST($segment AS UBIGINT), "offset" = CAST($offset AS UBIGINT)',
      {
        segment: next.segment,
        offset: next.offset,
      },
    );
  });
  for (const table of added) tables.add(table);
}

function distinctRows(entries: readonly JournalEntry[]): EventRow[] {
  const byId = new Map<string, EventRow>();
  for (const entry of entries) {
    const visitor = keyOf('visitor', entry.batch.site, entry.batch.visitor);
    for (const row of eventRowsOf(entry, visitor)) if (!byId.has(row.id)) byId.set(row.id, row);
  }
  return [...byId.values()];
}

function splitParts(rows: readonly EventRow[]): Part[] {
  const tables = groupBy(rows, (row) => eventTableOf(row.id, row.received));
  return [...tables].flatMap(([table, ofTable]) => {
    const days = groupBy(ofTable, (row) => Math.floor(uuidTimeMs(row.id) / DAY_MS));
    if (days.size > MAX_PARTS_PER_TABLE) return [{ table, rows: ofTable }];
    return [...days.values()].map((ofDay) => ({ table, rows: ofDay }));
  });
}

function groupBy<Key, Value>(values: readonly Value[], keyOfValue: (value: Value) => Key): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const key = keyOfValue(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

async function stage(sql: Sql, parts: readonly Part[]): Promise<void> {
  const types = ['INTEGER', ...EVENT_COLUMNS.map(([, type]) => type)] as const;
  const rows = parts.flatMap(({ rows: ofPart }, part) =>
    ofPart.map((row) => [part, ...EVENT_COLUMNS.map(([name]) => row[name])]),
  );
  await appendRows(sql, 'staged_events', types, rows);
}

async function insertNew(sql: Sql, index: number, { table, rows }: Part): Promise<void> {
  const ids = rows.map((row) => row.id).sort();
  const rangeSql = `${uuidSql(ids[0]!)} AND ${uuidSql(ids.at(-1)!)}`;
  await sql.run(
    `INSERT INTO ${eventTableSql(table)} (${COLUMN_NAMES})
     SELECT ${COLUMN_NAMES} FROM staged_events s
     ANTI JOIN (SELECT id AS stored FROM ${eventTableSql(table)} WHERE id BETWEEN ${rangeSql}) e ON e.stored = s.id
     WHERE s.part = $part ORDER BY s.id`,
    { part: index },
  );
}
