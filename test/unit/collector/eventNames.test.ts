/** Names that somebody makes up: stored, counted, and never more of them than the site may have. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Overview } from '../../../src/collector/api.js';
import { openDatabase } from '../../../src/collector/store/database.js';
import { loadEventNames } from '../../../src/collector/store/eventNames.js';
import { prepareEvents } from '../../../src/collector/store/eventTables.js';
import { prepareStaging } from '../../../src/collector/store/stageGroup.js';
import { batchOf, rowOf, seeded, visitorId } from './batches.js';
import { startCollector, temporaryFolder, type TestCollector } from './collector.js';

const random = seeded(17);
const visitor = visitorId(random);
let collector: TestCollector | undefined;
let folder: string | undefined;

afterEach(async () => {
  await collector?.remove();
  collector = undefined;
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function openEvents(file: string) {
  const database = await openDatabase(file, 64);
  return { database, sql: await database.connect(prepareStaging) };
}

/** Sends events of these names in batches of their own. */
async function sendNames(...names: string[]): Promise<void> {
  for (const name of names) {
    const row = rowOf([{ name, time: Date.now(), properties: { own: name } }], random);
    expect(await collector!.send(batchOf([row], visitor))).toMatchObject({ accepted: 1, rejected: [] });
  }
}

async function storedNames(): Promise<unknown[]> {
  await collector!.server.close();
  const { database, sql } = await openEvents(join(collector!.dataDir, 'events.duckdb'));
  const rows = await sql.rows(
    `SELECT props->>'own' AS own, name, extra FROM events WHERE props->>'own' <> '' ORDER BY time, own`,
  );
  database.close();
  return rows.map((row) => Object.values(row));
}

describe('event names beyond what a site may have', () => {
  it('are stored as $other with their own kept, and those known before stay, after a restart too', async () => {
    folder = temporaryFolder();
    const options = { dataDir: join(folder, 'data'), limits: { namesPerSite: 2 } };
    collector = await startCollector(options);
    await sendNames('a', 'b', 'c', '$page_view', 'a');
    await collector.get<Overview>('overview');
    expect((await collector.metrics()).get('kikubari_events_other_name_total')).toBe(1);
    await collector.server.close();
    collector = await startCollector(options);
    await sendNames('d', 'b');
    expect(await storedNames()).toEqual([
      ['a', 'a', null],
      ['b', 'b', null],
      ['c', '$other', '{"$name":"c"}'],
      ['$page_view', '$page_view', null],
      ['a', 'a', null],
      ['d', '$other', '{"$name":"d"}'],
      ['b', 'b', null],
    ]);
  });
});

describe('loadEventNames', () => {
  it('forgets names whose transaction failed', async () => {
    folder = temporaryFolder();
    const { database, sql } = await openEvents(join(folder, 'events.duckdb'));
    await prepareEvents(sql);
    const names = await loadEventNames(sql, 1);
    expect(names.of('shop')('lost')).toBe('lost');
    names.settle(false);
    expect(names.of('shop')('kept')).toBe('kept');
    await names.write(sql);
    names.settle(true);
    expect(names.of('shop')('lost')).toBe('$other');
    expect(names.of('another site')('lost')).toBe('lost');
    database.close();
  });

  it('knows the names a store from before has used most', async () => {
    folder = temporaryFolder();
    const { database, sql } = await openEvents(join(folder, 'events.duckdb'));
    await prepareEvents(sql);
    await sql.run(
      `INSERT INTO events_odd (site, name) SELECT 'shop', unnest(['once', 'often', 'often', 'third', 'often', 'third'])`,
    );
    const nameOf = (await loadEventNames(sql, 2)).of('shop');
    expect(['often', 'third', 'once'].map(nameOf)).toEqual(['often', 'third', '$other']);
    database.close();
  });
});
