import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { ClearError, messageOf } from '../clearError.js';
import { namingDamage } from './namingDamage.js';
import { createSql, type Sql } from './sql.js';

export interface Database {
  /** `prepare` runs on the connection and on each that replaces it: it makes what lives with a connection. */
  connect(prepare?: (sql: Sql) => Promise<unknown>): Promise<Sql>;
  close(): void;
}

/** Of the engine itself: a report must leave something of the machine to ingest. */
export const THREADS = 2;

/** What stays when a connection is replaced. */
interface Link {
  connection: DuckDBConnection;
  prepare: () => Promise<unknown>;
}

/**
 * Opens a DuckDB file; a damaged one is a ClearError that names it. After a fatal failure, such as a disk that was full during
 * a checkpoint, DuckDB refuses everything until the file is opened again: the next use does that.
 */
export async function openDatabase(file: string, memoryMiB: number): Promise<Database> {
  let instance: DuckDBInstance | undefined = await openInstance(file, memoryMiB);
  const links: Link[] = [];
  let isBroken = false;
  let active = 0;
  let opening: Promise<void> | undefined;

  function close(): void {
    if (!instance) return;
    for (const { connection } of links) connection.closeSync();
    instance.closeSync();
    instance = undefined;
  }

  /** A second instance beside the first would lose commits, so the first is closed before. */
  async function reopen(): Promise<void> {
    while (active > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    close();
    const fresh = (instance = await openInstance(file, memoryMiB));
    for (const link of links) link.connection = await fresh.connect();
    isBroken = false;
    for (const { prepare } of links) await prepare();
  }

  async function ensureOpen(): Promise<void> {
    if (isBroken) await (opening ??= reopen().finally(() => (opening = undefined)));
  }

  return {
    async connect(prepare = async () => {}) {
      const link: Link = { connection: await instance!.connect(), prepare: () => prepare(sql) };
      const sql = namingDamage(
        file,
        createSql({
          connection: () => link.connection,
          ensureOpen,
          onFatal: () => void (isBroken = true),
          onActive: (change) => void (active += change),
        }),
      );
      links.push(link);
      await prepare(sql);
      return sql;
    },
    close,
  };
}

async function openInstance(file: string, memoryMiB: number): Promise<DuckDBInstance> {
  try {
    return await DuckDBInstance.create(file, {
      enable_external_access: 'false',
      autoload_known_extensions: 'false',
      autoinstall_known_extensions: 'false',
      threads: String(THREADS),
      memory_limit: `${memoryMiB}MiB`,
      // Each checkpoint writes the last, unfinished row group of every table anew; at the usual 16 MiB that doubled what an event costs.
      checkpoint_threshold: '64MiB',
    });
  } catch (error) {
    const reason = messageOf(error).split('\n')[0];
    throw new ClearError(
      /Could not set lock on file|being used by another process/.test(messageOf(error))
        ? `The database file ${file} is in use by another process; stop it or choose another folder with --data DIR.`
        : `The database file ${file} cannot be opened and was left untouched: ${reason} Restore it from a backup, or move it away to start with an empty one.`,
    );
  }
}
