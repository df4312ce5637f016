/** What really is in the collector's database file, read after the collector has stopped. */
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export interface StoredEvent {
  id: string;
  visitor: string;
  name: string;
  properties: Record<string, unknown>;
}

/** All events of all month tables, in order of visitor and sequence. */
export async function readStoredEvents(dataDir: string): Promise<StoredEvent[]> {
  const instance = await DuckDBInstance.create(join(dataDir, 'events.duckdb'), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    const tables = await connection.runAndReadAll(
      "select table_name from information_schema.tables where table_name like 'events\\_%' escape '\\' order by 1",
    );
    const events: StoredEvent[] = [];
    for (const [table] of tables.getRows()) {
      const rows = await connection.runAndReadAll(
        `select e.id::varchar, v.id::varchar, e.name, e.props from "${String(table)}" e join visitors v on v.no = e.visitor
         order by e.visitor, e.key, e.idx`,
      );
      for (const [id, visitor, name, props] of rows.getRows()) {
        events.push({
          id: String(id),
          visitor: String(visitor),
          name: String(name),
          properties: JSON.parse(String(props ?? '{}')) as Record<string, unknown>,
        });
      }
    }
    return events;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
