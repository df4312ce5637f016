import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { messageOf } from '../clearError.js';

export type SqlValues = { [name: string]: DuckDBValue };
export type SqlRow = { [column: string]: unknown };

/** One connection. Statements are constants of ours; everything from outside is a bound value (S13). */
export interface Sql {
  /** The connection of the moment: after a fatal failure it is another one. */
  connection(): DuckDBConnection;
  /** Resolves to the number of rows changed. */
  run(sql: string, values?: SqlValues): Promise<number>;
  /** Rows as objects; 64-bit integers as numbers. */
  rows<Row = SqlRow>(sql: string, values?: SqlValues): Promise<Row[]>;
  /** All of it or nothing; calls on one connection wait for each other. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
}

export interface SqlDeps {
  connection: () => DuckDBConnection;
  /** Before a statement or a transaction: opens the database again if it must be. */
  ensureOpen: () => Promise<void>;
  /** The database refuses everything from now on. */
  onFatal: () => void;
  /** +1 when something begins to use the connection, -1 when it ends. */
  onActive: (change: 1 | -1) => void;
}

/** DuckDB's own words for "only opening the file again helps". */
const FATAL = /FATAL Error|database has been invalidated|Reopen the database/i;

export function createSql({ connection, ensureOpen, onFatal, onActive }: SqlDeps): Sql {
  let last: Promise<unknown> = Promise.resolve();
  let isInTransaction = false;

  async function use<T>(work: () => Promise<T>): Promise<T> {
    // Another connection inside a transaction would not be part of it.
    if (!isInTransaction) await ensureOpen();
    onActive(1);
    try {
      return await work();
    } catch (error) {
      if (FATAL.test(messageOf(error))) onFatal();
      throw error;
    } finally {
      onActive(-1);
    }
  }

  async function inTransaction<T>(work: () => Promise<T>): Promise<T> {
    isInTransaction = true;
    try {
      await connection().run('BEGIN TRANSACTION');
      const result = await work();
      await connection().run('COMMIT');
      return result;
    } catch (error) {
      await connection()
        .run('ROLLBACK')
        .catch(() => undefined);
      throw error;
    } finally {
      isInTransaction = false;
    }
  }

  return {
    connection,
    run: (sql, values) => use(async () => (await connection().run(sql, values)).rowsChanged),
    rows: <Row>(sql: string, values?: SqlValues) =>
      use(async () => {
        const reader = await connection().runAndReadAll(sql, values);
        return reader.getRowObjectsJS().map(toNumbers) as Row[];
      }),
    transaction(work) {
      const mine = last.then(() => use(() => inTransaction(work)));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

function toNumbers(row: SqlRow): SqlRow {
  for (const column of Object.keys(row)) {
    const value = row[column];
    if (typeof value === 'bigint') row[column] = Number(value);
  }
  return row;
}
