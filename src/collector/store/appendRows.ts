import {
  DOUBLE,
  DuckDBDataChunk,
  DuckDBTimestampMillisecondsValue,
  DuckDBUUIDValue,
  INTEGER,
  TIMESTAMP_MS,
  UBIGINT,
  UUID,
  VARCHAR,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Sql } from './sql.js';

/** Rows of one DuckDB vector. */
const CHUNK_ROWS = 2048;

const TYPES = { VARCHAR, UUID, UBIGINT, INTEGER, DOUBLE, TIMESTAMP_MS } satisfies {
  [name: string]: DuckDBType;
};

export type ColumnType = keyof typeof TYPES;

/** A value for a column: UUIDs as text, times in ms since 1970. */
export type Cell = string | number | bigint | null;

/** Appends rows to a temporary table of this connection, many times faster than INSERT statements. */
export async function appendRows(
  sql: Sql,
  table: string,
  types: readonly ColumnType[],
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  const duckTypes = types.map((type) => TYPES[type]);
  const appender = await sql.connection().createAppender(table, 'main', 'temp');
  for (let at = 0; at < rows.length; at += CHUNK_ROWS) {
    const slice = rows.slice(at, at + CHUNK_ROWS);
    const chunk = DuckDBDataChunk.create(duckTypes, slice.length);
    chunk.setRows(slice.map((row) => row.map((cell, column) => toDuck(cell, types[column]!))));
    appender.appendDataChunk(chunk);
  }
  appender.flushSync();
  appender.closeSync();
}

function toDuck(cell: Cell, type: ColumnType): DuckDBValue {
  if (cell === null) return null;
  if (type === 'UUID') return DuckDBUUIDValue.fromUint128(BigInt(`0x${String(cell).replaceAll('-', '')}`));
  if (type === 'TIMESTAMP_MS') return new DuckDBTimestampMillisecondsValue(BigInt(cell));
  return type === 'UBIGINT' ? BigInt(cell) : cell;
}
