/** Golden cases in a real store: each a visitor whose events went through ingest, journal and applier. */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportContext } from '../../../../src/collector/reports/report.js';
import { openDatabase, type Database } from '../../../../src/collector/store/database.js';
import type { PastEvent, PersonalFacts } from '../../../../src/core/decision.js';
import { uuidv7 } from '../../../../src/core/uuid.js';
import { batchOf, bytes, rowOf, seeded } from '../batches.js';
import { startCollector } from '../collector.js';

/** An event that no case asks for: also a visitor without a log is known. */
export const NEUTRAL = 'case_began';

export interface GoldenStore {
  context: ReportContext;
  close(): void;
}

/** The id of the visitor that is a case. */
export function visitorOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Who a visitor is, and what the server says of that user. */
export interface KnownUser {
  user: string;
  personal: PersonalFacts;
}

/** Sends the logs to a collector, waits until they are stored, and opens its store in this process. */
export async function storeLogs(
  logs: ReadonlyMap<string, PastEvent[]>,
  users: ReadonlyMap<string, KnownUser>,
): Promise<GoldenStore> {
  const random = seeded(11);
  const collector = await startCollector();
  for (const [visitor, log] of logs) {
    const neutral = { name: NEUTRAL, time: log[0]?.time ?? Date.now() };
    const rows = [
      rowOf([neutral], random, { key: 0, id: uuidv7(Date.now(), bytes(random)) }),
      ...log.map(({ name, properties, time, session, sequence: [key] }) =>
        rowOf([{ name, time, ...(properties && { properties }) }], random, { key, session }),
      ),
    ];
    // What the device's clock says now is right, so that corrected times are the raw ones.
    const { rejected } = await collector.send(
      batchOf(rows, visitor, { user: users.get(visitor)?.user, clock: [Date.now(), 0] }),
    );
    if (rejected.length > 0) throw new Error(`${visitor}: ${JSON.stringify(rejected)}`);
  }
  const { statusCode, body } = await collector.server.app.inject({
    method: 'PUT',
    url: '/api/sites/shop/facts?mode=replace',
    headers: { ...(await collector.signIn()), 'content-type': 'application/json' },
    payload: JSON.stringify([...users.values()].map(({ user, personal }) => ({ user, ...personal }))),
  });
  if (statusCode !== 200) throw new Error(body);
  await collector.get('overview');
  await collector.server.close();
  const database = await openDatabase(join(collector.dataDir, 'events.duckdb'), 256);
  const settings = await openDatabase(join(collector.dataDir, 'settings.duckdb'), 64);
  return {
    context: await contextOf(database, settings),
    close() {
      database.close();
      settings.close();
      rmSync(collector.folder, { recursive: true, force: true });
    },
  };
}

async function contextOf(database: Database, settings: Database): Promise<ReportContext> {
  // Thousands of questions, and each would be planned over the tables of many months.
  const events = await database.connect((sql) =>
    sql.run('CREATE TEMP TABLE events AS SELECT * FROM main.events'),
  );
  const nowMs = Date.now();
  const asOf = new Date(nowMs).toISOString();
  return { events, settings: await settings.connect(), site: 'shop', nowMs, asOf };
}
