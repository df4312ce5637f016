import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import { ClearError, messageOf } from '../clearError.js';
import { namingDamage } from './namingDamage.js';

export type SqlValues = { [name: string]: DuckDBValue };
export type SqlRow = { [column: string]: unknown };

/** One connection. Statements are constants of ours; everything from outside is a bound value (S13). */
export interface Sql {
  readonly connection: DuckDBConnection;
  run(sql: string, values?: SqlValues): Promise<void>;
  /** Rows as objects; 64-bit integers as numbers. */
  rows<Row = SqlRow>(sql: string, values?: SqlValues): Promise<Row[]>;
  /** All of it or nothing; calls on one connection wait for each other. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
}

export interface Database {
  connect(): Promise<Sql>;
  close(): void;
}

/** Opens a DuckDB file; a damaged one is a ClearError that names it. */
export async function openDatabase(file: string): Promise<Database> {
  try {
    const instance = await DuckDBInstance.create(file, {
      enable_external_access: 'false',
      autoload_known_extensions: 'false',
      autoinstall_known_extensions: 'false',
      threads: '2',
      memory_limit: '1GB',
    });
    return {
      connect: async () => namingDamage(file, createSql(await instance.connect())),
      close: () => instance.closeSync(),
    };
  } catch (error) {
    const reason = messageOf(error).split('\n')[0];
    throw new ClearError(
      /Could not set lock on file|being used by another process/.test(messageOf(error))
        ? `The database file ${file} is in use by another process; stop it or choose another folder with --data DIR.`
        : `The database file ${file} cannot be opened and was left untouched: ${reason} Restore it from a backup, or move it away to start with an empty one.`,
    );
  }
}

function createSql(connection: DuckDBConnection): Sql {
  let last: Promise<unknown> = Promise.resolve();
  return {
    connection,
    async run(sql, values) {
      await connection.run(sql, values);
    },
    async rows<Row>(sql: string, values?: SqlValues) {
      const reader = await connection.runAndReadAll(sql, values);
      return reader.getRowObjectsJS().map(toNumbers) as Row[];
    },
    transaction(work) {
      const mine = last.then(() => inTransaction(connection, work));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

async function inTransaction<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await connection.run('BEGIN TRANSACTION');
  try {
    const result = await work();
    await connection.run('COMMIT');
    return result;
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

function toNumbers(row: SqlRow): SqlRow {
  for (const column of Object.keys(row)) {
    const value = row[column];
    if (typeof value === 'bigint') row[column] = Number(value);
  }
  return row;
}
