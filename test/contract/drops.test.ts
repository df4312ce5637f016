// @vitest-environment jsdom
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Drops } from '../../src/collector/api.js';
import { openDatabase } from '../../src/collector/store/database.js';
import { countDrops } from '../../src/collector/store/dropTable.js';
import { prepareEvents } from '../../src/collector/store/eventTables.js';
import type { Batch } from '../../src/core/events.js';
import { batchOf, rowOf, seeded, visitorId } from '../unit/collector/batches.js';
import { startCollector, temporaryFolder, type TestCollector } from '../unit/collector/collector.js';
import { freshBrowser, openSite } from '../unit/sdk/site.js';

const random = seeded(41);
let collector: TestCollector;

beforeEach(async () => {
  freshBrowser();
  collector = await startCollector();
});
afterEach(() => collector.remove());

/** What the SDK really sends after it has dropped two events that are too large. */
async function recorded(): Promise<Batch> {
  const site = openSite();
  for (let n = 0; n < 2; n++) await site.client.track('big', { items: Array.from({ length: 100 }, big) });
  await site.client.track('small');
  await site.client.flush();
  return site.batches.at(-1)!;
}

const big = () => Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`k${n}`, 'x'.repeat(4000)]));

/** A report of a device of its own. */
function report(dropped: object, stream = visitorId(random)): Promise<unknown> {
  const row = rowOf([{ name: 'x', time: Date.now() }], random, { stream });
  return collector.send(batchOf([row], visitorId(random), { dropped }));
}

async function gauges(): Promise<Record<string, number>> {
  const name = 'kikubari_events_dropped_by_devices';
  const found = [...(await collector.metrics())].filter(([line]) => line.startsWith(name));
  return Object.fromEntries(found.map(([line, value]) => [line.slice(name.length), value]));
}

describe('drops that devices report', () => {
  it('are in /metrics and in the report of their site as the SDK has counted them', async () => {
    const batch = { ...(await recorded()), site: 'shop' };
    expect(batch.dropped).toEqual({ too_large: 2 });
    await collector.send(batch);
    // Sent again after a lost receipt.
    await collector.send(batch);
    expect(await collector.get<Drops>('drops')).toMatchObject({
      events: 2,
      reasons: [{ reason: 'too_large', events: 2, devices: 1 }],
    });
    expect(await gauges()).toEqual({ '{site="shop",reason="too_large"}': 2 });
  });

  it('are summed over devices, the greatest total of each, and outlive a restart', async () => {
    const [one, two] = [visitorId(random), visitorId(random)];
    await report({ expired: 3, queue_full: 10 }, one);
    await report({ expired: 5 }, two);
    expect((await collector.get<Drops>('drops')).events).toBe(18);
    // An old one that arrives late, and a new one.
    await report({ expired: 2, queue_full: 12 }, one);
    await report({ expired: 5 }, two);
    const reasons = [
      { reason: 'queue_full', events: 12, devices: 1 },
      { reason: 'expired', events: 8, devices: 2 },
    ];
    expect(await collector.get<Drops>('drops')).toMatchObject({ events: 20, reasons });
    const expected = { '{site="shop",reason="expired"}': 8, '{site="shop",reason="queue_full"}': 12 };
    expect(await gauges()).toEqual(expected);
    const { dataDir, server, folder } = collector;
    await server.close();
    collector = await startCollector({ dataDir });
    expect(await gauges()).toEqual(expected);
    rmSync(folder, { recursive: true, force: true });
  });

  it('have a bounded number of reasons, whatever a device makes up, and need a known site and a login', async () => {
    await report({ expired: 1, made_up: 3, constructor: 2 });
    await collector.get('drops');
    expect(await gauges()).toEqual({
      '{site="shop",reason="expired"}': 1,
      '{site="shop",reason="other"}': 5,
    });
    const { app } = collector.server;
    expect((await app.inject('/api/sites/shop/drops')).statusCode).toBe(401);
    const headers = await collector.signIn();
    expect((await app.inject({ url: '/api/sites/none/drops', headers })).statusCode).toBe(404);
  });

  it('of a database from before they had a site get that of their device', async () => {
    const folder = temporaryFolder();
    const database = await openDatabase(`${folder}/events.duckdb`, 64);
    const sql = await database.connect();
    await prepareEvents(sql);
    await sql.run('DROP TABLE drops');
    await sql.run('CREATE TABLE drops (device VARCHAR, reason VARCHAR, total UBIGINT)');
    await sql.run(
      "INSERT INTO drops VALUES ('log', 'expired', 4), ('log', 'invalid', 1), ('gone', 'expired', 9)",
    );
    await sql.run("INSERT INTO events_odd (site, stream) VALUES ('shop', 'log'), ('shop', 'log')");
    for (let start = 0; start < 2; start++) await prepareEvents(sql);
    const found = (await countDrops(sql)).sort((a, b) => a.events - b.events);
    expect(found).toEqual([
      { site: 'shop', reason: 'invalid', events: 1 },
      { site: 'shop', reason: 'expired', events: 4 },
    ]);
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
