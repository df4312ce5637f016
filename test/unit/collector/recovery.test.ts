import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { batchOf, rowOf, seeded, visitorId } from './batches.js';
import { startCollector, temporaryFolder } from './collector.js';
import { serve, type ServedCollector } from './servedCollector.js';

const random = seeded(3);
const served: ServedCollector[] = [];
let folder: string | undefined;

afterEach(async () => {
  for (const one of served.splice(0)) await one.kill();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function start(data: string): Promise<ServedCollector> {
  const collector = await serve({ data });
  served.push(collector);
  return collector;
}

describe('a collector killed right after a receipt', () => {
  it('has every acknowledged event once after the restart, also those sent again', async () => {
    folder = temporaryFolder();
    const data = join(folder, 'data');
    const first = await start(data);
    const batches = Array.from({ length: 30 }, () =>
      batchOf(
        [
          rowOf(
            Array.from({ length: 5 }, () => ({ name: 'view_item', time: Date.now() })),
            random,
          ),
        ],
        visitorId(random),
      ),
    );
    // Some are in the database already when the rest is acknowledged and the process dies.
    for (const batch of batches.slice(0, 10)) await first.post(batch);
    await first.visitors(first.password!);
    const receipts = await Promise.all(batches.slice(10).map((batch) => first.post(batch)));
    await first.kill();
    expect(receipts.every(({ body }) => body.accepted === 5)).toBe(true);

    const second = await start(data);
    expect(second.password).toBeUndefined();
    for (const batch of batches.slice(5, 15)) await second.post(batch);
    const visitors = await second.visitors(first.password!);
    expect(visitors.map(({ visitor, events }) => [visitor, events]).sort()).toEqual(
      batches.map(({ visitor }) => [visitor, 5]).sort(),
    );
    second.child.kill('SIGTERM');
    expect(await once(second.child, 'exit')).toEqual([0, null]);
    expect(readdirSync(data)).not.toContain('lock');
  });
});

describe('the journal of a running collector', () => {
  it('has its segments deleted once they are applied', async () => {
    const collector = await startCollector();
    for (let start = 0; start < 3; start++) {
      await collector.send(batchOf([rowOf([{ name: 'x', time: Date.now() }], random)], visitorId(random)));
      await collector.get('overview');
    }
    const journal = join(collector.dataDir, 'journal');
    expect(readdirSync(journal)).toHaveLength(1);
    const health = await collector.server.app.inject('/healthz');
    expect(health.json()).toMatchObject({ status: 'ok', storeOk: true, journalLagEvents: 0 });
    await collector.remove();
  });
});
