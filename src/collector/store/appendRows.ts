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

/** Takes rows for a temporary table. */
export interface RowAppender {
  add(row: readonly Cell[]): void;
  /** All rows are in the table. */
  close(): void;
}

/** Appends rows to a temporary table of this connection, many times faster than INSERT statements. */
export async function createRowAppender(
  sql: Sql,
  table: string,
  types: readonly ColumnType[],
): Promise<RowAppender> {
  const appender = await sql.connection().createAppender(table, 'main', 'temp');
  const columns: Cell[][] = types.map(() => []);
  // One for all: fresh memory for each would cost more than what is written into it.
  const chunk = DuckDBDataChunk.create(types.map((type) => TYPES[type]));

  function flush(): void {
    const count = columns[0]!.length;
    if (count === 0) return;
    chunk.reset();
    chunk.rowCount = count;
    for (const [column, type] of types.entries()) {
      chunk.setColumnValues(column, toDuck(columns[column]!, type));
      columns[column]!.length = 0;
    }
    appender.appendDataChunk(chunk);
  }

  return {
    add(row) {
      for (let column = 0; column < columns.length; column++) columns[column]!.push(row[column]!);
      if (columns[0]!.length === CHUNK_ROWS) flush();
    },
    close() {
      flush();
      appender.flushSync();
      appender.closeSync();
    },
  };
}

export async function appendRows(
  sql: Sql,
  table: string,
  types: readonly ColumnType[],
  rows: Iterable<readonly Cell[]>,
): Promise<void> {
  const appender = await createRowAppender(sql, table, types);
  for (const row of rows) appender.add(row);
  appender.close();
}

function toDuck(cells: readonly Cell[], type: ColumnType): readonly DuckDBValue[] {
  if (type === 'UUID') return cells.map((cell) => uuidOf(String(cell)));
  if (type === 'TIMESTAMP_MS')
    return cells.map((cell) => new DuckDBTimestampMillisecondsValue(BigInt(cell ?? 0)));
  if (type === 'UBIGINT') return cells.map((cell) => (typeof cell === 'bigint' ? cell : BigInt(cell ?? 0)));
  return cells;
}

function uuidOf(text: string): DuckDBUUIDValue {
  return DuckDBUUIDValue.fromUint128(BigInt(`0x${text.replaceAll('-', '')}`));
}
