import type { JournalPosition } from '../journal/segments.js';
import { applyDrops } from './applyDrops.js';
import type { DropCount } from './dropTable.js';
import { applyVisitors } from './applyVisitors.js';
import { THREADS } from './database.js';
import { STAGED_VALUES } from './eventCells.js';
import type { Part } from './eventParts.js';
import { addEventTable, COLUMN_NAMES, eventTableSql, ODD_TABLE, uuidSql } from './eventTables.js';
import type { Unreadable } from './records.js';
import type { Sql } from './sql.js';
import { stageGroup, type StageDeps, type StagedGroup } from './stageGroup.js';

export interface GroupDeps extends StageDeps {
  sql: Sql;
  /** The event tables that exist; those a group adds are added here. */
  tables: Set<string>;
  /** Keeps records that cannot be stored, before the journal's position moves past them. */
  setAside: (unreadable: readonly Unreadable[]) => Promise<void>;
}

/**
 * Writes records of the journal and the place they end at, in one transaction: all of it or nothing, and harmless to repeat,
 * because an id that is stored is never stored again. Resolves to what was staged, the number of events that were new, and
 * what devices report to have dropped since.
 */
export async function applyGroup(
  { sql, tables, setAside, ...deps }: GroupDeps,
  records: readonly Buffer[],
  next: JournalPosition,
): Promise<StagedGroup & { stored: number; drops: DropCount[] }> {
  const added: string[] = [];
  const write = async () => {
    const staged = await stageGroup(sql, records, { ...deps, tables });
    for (const { table } of staged.parts) {
      if (tables.has(table) || added.includes(table)) continue;
      await addEventTable(sql, table, new Set([...tables, ...added]));
      added.push(table);
    }
    let stored = 0;
    for (const part of staged.parts) stored += await insertNew(sql, part);
    await deps.names.write(sql);
    await applyVisitors(sql, staged.batches);
    const drops = await applyDrops(sql, staged.batches);
    await moveOn(sql, next);
    // Twice in that file, if the rest fails and is tried again, is better than nowhere.
    await setAside(staged.unreadable);
    return { ...staged, stored, drops };
  };
  let isStored = false;
  try {
    const result = await onOneThread(sql, () => sql.transaction(write));
    isStored = true;
    for (const table of added) tables.add(table);
    return result;
  } finally {
    deps.names.settle(isStored);
  }
}

async function moveOn(sql: Sql, { segment, offset }: JournalPosition): Promise<void> {
  await sql.run(
    'UPDATE applied SET segment = CAST($segment AS UBIGINT), "offset" = CAST($offset AS UBIGINT)',
    { segment, offset },
  );
}

/** A group is too small to share: two threads cost a tenth more processor time and are no sooner done. Reports get both. */
async function onOneThread<T>(sql: Sql, work: () => Promise<T>): Promise<T> {
  await sql.run('SET threads = 1');
  try {
    return await work();
  } finally {
    await sql.run(`SET threads = ${THREADS}`);
  }
}

/** Stores what is stored nowhere yet. */
async function insertNew(sql: Sql, { numbers, table, also, firstRow, lastRow }: Part): Promise<number> {
  const rangeSql = `${uuidSql(firstRow)} AND ${uuidSql(`${lastRow.slice(0, -4)}ffff`)}`;
  // An id ahead of its time is odd when it comes first and has a month when it comes again days later, and the other way
  // round if it was our clock that was set. So each is looked for in both places.
  const places = new Set([table, ODD_TABLE, ...(also ? [also] : [])]);
  const selectsSql = [...places].map(
    (place) => `SELECT id AS stored FROM ${eventTableSql(place)} WHERE id BETWEEN ${rangeSql}`,
  );
  return sql.run(
    `INSERT INTO ${eventTableSql(table)} (${COLUMN_NAMES})
     SELECT ${STAGED_VALUES}
     FROM (SELECT *, CAST(id AS UUID) AS uuid FROM staged_events
       WHERE part IN (SELECT unnest(from_json($parts, '["INTEGER"]')))) s
     CROSS JOIN (SELECT list("text" ORDER BY code) AS texts FROM staged_texts) t
     ANTI JOIN (${selectsSql.join(' UNION ALL ')}) e ON e.stored = s.uuid`,
    { parts: JSON.stringify(numbers) },
  );
}
