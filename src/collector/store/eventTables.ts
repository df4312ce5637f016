import { uuidTimeMs } from '../../core/uuid.js';
import { UUID } from '../ingest/shapes.js';
import { prepareDrops } from './dropTable.js';
import type { Sql } from './sql.js';

export const DAY_MS = 86_400_000;
const FIRST_MS = Date.UTC(2020, 0, 1);
const END_MS = Date.UTC(2100, 0, 1);
/** For ids whose time cannot be believed. */
export const ODD_TABLE = 'events_odd';
const uuid = new RegExp(UUID);
const TABLE_NAME = /^events_(?:20\d\d_(?:0[1-9]|1[0-2])|odd)$/;

/** Columns of every event table, in order. No keys, no indexes (see ADR on DuckDB and collector.md 1). */
export const EVENT_COLUMNS = [
  ['site', 'VARCHAR'],
  ['id', 'UUID'],
  ['visitor', 'UBIGINT'],
  ['session', 'VARCHAR'],
  ['page', 'VARCHAR'],
  ['stream', 'VARCHAR'],
  ['key', 'UBIGINT'],
  ['idx', 'INTEGER'],
  ['name', 'VARCHAR'],
  ['time', 'TIMESTAMP_MS'],
  ['received', 'TIMESTAMP_MS'],
  ['corrected', 'TIMESTAMP_MS'],
  ['campaign', 'VARCHAR'],
  ['variant', 'VARCHAR'],
  ['question', 'VARCHAR'],
  ['score', 'DOUBLE'],
  ['value', 'DOUBLE'],
  ['program', 'UBIGINT'],
  ['zone', 'DOUBLE'],
  ['purposes', 'VARCHAR'],
  ['props', 'VARCHAR'],
  ['extra', 'VARCHAR'],
] as const;

export const COLUMN_NAMES = EVENT_COLUMNS.map(([name]) => `"${name}"`).join(', ');
export const COLUMN_DEFINITIONS = EVENT_COLUMNS.map(([name, type]) => `"${name}" ${type}`).join(', ');

/** The month table of an event's id, `events_odd` for ids whose time is before 2020 or more than two days ahead. */
export function eventTableOf(id: string, nowMs: number): string {
  const month = uuidTimeMs(id) <= nowMs + 2 * DAY_MS ? monthTableOf(id) : undefined;
  return month ?? ODD_TABLE;
}

/** The month table of an id whatever the time is now; undefined outside this century's years from 2020. */
export function monthTableOf(id: string): string | undefined {
  const ms = uuidTimeMs(id);
  if (!(ms >= FIRST_MS && ms < END_MS)) return undefined;
  return `events_${new Date(ms).toISOString().slice(0, 7).replace('-', '_')}`;
}

/** Throws unless it is one of our table names: the only identifiers that are ever put into SQL. */
export function eventTableSql(name: string): string {
  if (!TABLE_NAME.test(name)) throw new Error('not an event table');
  return name;
}

/** A UUID as an SQL literal: id ranges must be literals for DuckDB to skip row groups by them. */
export function uuidSql(id: string): string {
  if (!uuid.test(id)) throw new Error('not a UUID');
  return `'${id}'::UUID`;
}

/** Makes what is missing: the bookkeeping tables, the staging tables of this connection and the view over all months. */
export async function prepareEvents(sql: Sql): Promise<Set<string>> {
  await sql.run(`CREATE TABLE IF NOT EXISTS ${ODD_TABLE} (${COLUMN_DEFINITIONS})`);
  await sql.run(`CREATE TABLE IF NOT EXISTS visitors
    (no UBIGINT, site VARCHAR, id UUID, "user" VARCHAR, person UBIGINT, first TIMESTAMP_MS, last TIMESTAMP_MS)`);
  await sql.run(
    'CREATE TABLE IF NOT EXISTS applied (segment UBIGINT, "offset" UBIGINT, received TIMESTAMP_MS)',
  );
  await sql.run('INSERT INTO applied SELECT 0, 0, NULL WHERE NOT EXISTS (SELECT 1 FROM applied)');
  const found = await sql.rows<{ name: string }>(
    "SELECT table_name AS name FROM duckdb_tables() WHERE table_name LIKE 'events\\_%' ESCAPE '\\' AND NOT temporary",
  );
  const tables = new Set(found.map(({ name }) => eventTableSql(name)));
  await viewOf(sql, tables);
  await prepareDrops(sql);
  return tables;
}

/** Adds a month's table; inside the caller's transaction. */
export async function addEventTable(sql: Sql, name: string, tables: ReadonlySet<string>): Promise<void> {
  await sql.run(`CREATE TABLE IF NOT EXISTS ${eventTableSql(name)} (${COLUMN_DEFINITIONS})`);
  await viewOf(sql, new Set([...tables, name]));
}

async function viewOf(sql: Sql, tables: ReadonlySet<string>): Promise<void> {
  const selectsSql = [...tables].sort().map((name) => `SELECT ${COLUMN_NAMES} FROM ${eventTableSql(name)}`);
  await sql.run(`CREATE OR REPLACE VIEW events AS ${selectsSql.join(' UNION ALL ')}`);
}
