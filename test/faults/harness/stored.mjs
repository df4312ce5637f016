/** What really is in the collector's database, read after the collector has stopped. */
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

async function rowsOf(connection, sql) {
  const result = await connection.runAndReadAll(sql);
  return result.getRowsJS();
}

/** All stored events with their label (see `ledger.mjs`), in the order of the device, and the drop counters per device. */
export async function readStored(dataDir) {
  const instance = await DuckDBInstance.create(join(dataDir, 'events.duckdb'), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    const rows = await rowsOf(
      connection,
      `SELECT e.id::VARCHAR, v.id::VARCHAR, e.name, e.props, e.stream, e.key::DOUBLE, e.idx,
              epoch_ms(e.time)::DOUBLE, epoch_ms(e.received)::DOUBLE, epoch_ms(e.corrected)::DOUBLE
       FROM events e LEFT JOIN visitors v ON v.no = e.visitor ORDER BY e.stream, e.key, e.idx`,
    );
    const drops = await rowsOf(connection, 'SELECT device, reason, total::DOUBLE FROM drops');
    return {
      events: rows.map(([id, visitor, name, props, stream, key, index, time, received, corrected]) => {
        const properties = JSON.parse(props ?? '{}');
        const { r: run, i: label } = properties;
        return { id, visitor, name, properties, run, label, stream, key, index, time, received, corrected };
      }),
      drops: drops.map(([stream, reason, total]) => ({ stream, reason, total })),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** How many events there are, each id once. */
export async function countStored(dataDir) {
  const instance = await DuckDBInstance.create(join(dataDir, 'events.duckdb'), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    const [[distinct, all]] = await rowsOf(
      connection,
      'SELECT count(DISTINCT id)::DOUBLE, count(*)::DOUBLE FROM events',
    );
    if (distinct !== all) throw new Error(`${all} events with ${distinct} ids`);
    return all;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
