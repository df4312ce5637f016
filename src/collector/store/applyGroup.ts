import { uuidTimeMs } from '../../core/uuid.js';
import type { JournalPosition } from '../journal/segments.js';
import { appendRows } from './appendRows.js';
import { applyDrops } from './applyDrops.js';
import { applyVisitors } from './applyVisitors.js';
import type { EventRow } from './eventRows.js';
import {
  addEventTable,
  COLUMN_DEFINITIONS,
  COLUMN_NAMES,
  EVENT_COLUMNS,
  eventTableSql,
  eventTableOf,
  monthTableOf,
  ODD_TABLE,
  uuidSql,
} from './eventTables.js';
import { distinctRows, type BatchRows } from './groupRows.js';
import type { Sql } from './sql.js';

const DAY_MS = 86_400_000;
/** More id days than this in one table are searched as one range. */
const MAX_PARTS_PER_TABLE = 31;

/** Events of one table whose ids lie close together: one range to look for duplicates in. */
interface Part {
  table: string;
  /** The month's table, if the ids of `events_odd` may be stored there too. */
  also: string | undefined;
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
 * Writes a group of batches and the place of the journal they end at, in one transaction: all of it or nothing, and harmless
 * to repeat, because an id that is stored is never stored again. Resolves to the number of events that were new.
 */
export async function applyGroup(
  sql: Sql,
  tables: Set<string>,
  batches: readonly BatchRows[],
  next: JournalPosition,
): Promise<number> {
  const added: string[] = [];
  const stored = await sql.transaction(async () => {
    const rows = distinctRows(batches);
    for (const table of new Set(rows.map((row) => eventTableOf(row.id, row.received)))) {
      if (tables.has(table)) continue;
      await addEventTable(sql, table, new Set([...tables, ...added]));
      added.push(table);
    }
    const parts = splitParts(rows, new Set([...tables, ...added]));
    await stage(sql, parts);
    let count = 0;
    for (const [index, part] of parts.entries()) count += await insertNew(sql, index, part);
    await applyVisitors(sql, batches);
    await applyDrops(sql, batches);
    await sql.run(
      'UPDATE applied SET segment = CAST($segment AS UBIGINT), "offset" = CAST($offset AS UBIGINT)',
      {
        segment: next.segment,
        offset: next.offset,
      },
    );
    return count;
  });
  for (const table of added) tables.add(table);
  return stored;
}

function splitParts(rows: readonly EventRow[], tables: ReadonlySet<string>): Part[] {
  const groups = groupBy(rows, (row) => {
    const table = eventTableOf(row.id, row.received);
    const month = monthTableOf(row.id);
    const also = table === ODD_TABLE && month !== undefined && tables.has(month) ? month : '';
    return `${table} ${also}`;
  });
  return [...groups].flatMap(([key, ofTable]) => {
    const [table = '', also] = key.split(' ');
    const part = { table, also: also === '' ? undefined : also };
    const days = groupBy(ofTable, (row) => Math.floor(uuidTimeMs(row.id) / DAY_MS));
    if (days.size > MAX_PARTS_PER_TABLE) return [{ ...part, rows: ofTable }];
    return [...days.values()].map((ofDay) => ({ ...part, rows: ofDay }));
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
  await sql.run('DELETE FROM staged_events');
  await appendRows(sql, 'staged_events', types, rows);
}

/** Stores what is stored nowhere yet. */
async function insertNew(sql: Sql, index: number, { table, also, rows }: Part): Promise<number> {
  const ids = rows.map((row) => row.id).sort();
  const rangeSql = `${uuidSql(ids[0]!)} AND ${uuidSql(ids.at(-1)!)}`;
  // An id ahead of its time is odd when it comes first and has a month when it comes again days later, and the other way
  // round if it was our clock that was set. So each is looked for in both places.
  const places = new Set([table, ODD_TABLE, ...(also ? [also] : [])]);
  const selectsSql = [...places].map(
    (place) => `SELECT id AS stored FROM ${eventTableSql(place)} WHERE id BETWEEN ${rangeSql}`,
  );
  return sql.run(
    `INSERT INTO ${eventTableSql(table)} (${COLUMN_NAMES})
     SELECT ${COLUMN_NAMES} FROM staged_events s
     ANTI JOIN (${selectsSql.join(' UNION ALL ')}) e ON e.stored = s.id
     WHERE s.part = $part ORDER BY s.id`,
    { part: index },
  );
}
