/** What becomes of a batch behind its receipt: once, counted, at its time, and never in the way of others. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { VisitorList } from '../../../src/collector/api.js';
import { encodeFrame, newRecord, segmentHeader } from '../../../src/collector/journal/frame.js';
import type { LogEntry } from '../../../src/collector/log.js';
import { openDatabase } from '../../../src/collector/store/database.js';
import { uuidv7 } from '../../../src/core/uuid.js';
import { batchOf, bytes, rowOf, seeded, visitorId } from './batches.js';
import { startCollector, temporaryFolder, type TestCollector } from './collector.js';

const DAY_MS = 86_400_000;
const random = seeded(15);
let collector: TestCollector | undefined;
const folders: string[] = [];

afterEach(async () => {
  vi.useRealTimers();
  await collector?.remove();
  collector = undefined;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** What the collector's clock shows; the session of the console stays valid because it is only asked at the real time. */
async function at<T>(ms: number, work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ['Date'], now: ms });
  try {
    return await work();
  } finally {
    vi.useRealTimers();
  }
}

async function eventsOf(visitor: string): Promise<number> {
  return (
    (await collector!.get<VisitorList>(`visitors?q=${visitor}`)).visitors.find(
      (one) => one.visitor === visitor,
    )?.events ?? 0
  );
}

/** Rows of the database, which only the closed collector's owner may open. */
async function rowsOf(sql: string): Promise<{ [column: string]: unknown }[]> {
  await collector!.server.close();
  const database = await openDatabase(join(collector!.dataDir, 'events.duckdb'), 64);
  const rows = await (await database.connect()).rows(sql);
  database.close();
  return rows;
}

const rowAt = (ms: number, name = 'x') =>
  rowOf([{ name, time: ms }], random, { id: uuidv7(ms, bytes(random)) });

describe('an event sent again', () => {
  it('is one row and counted, at once, a day and 31 days later, within and across groups', async () => {
    collector = await startCollector();
    const start = Date.now() - 40 * DAY_MS;
    const batch = batchOf([rowAt(start), rowAt(start + 1)], visitorId(random));
    await at(start, () => Promise.all(Array.from({ length: 100 }, () => collector!.send(batch))));
    expect(await eventsOf(batch.visitor)).toBe(2);
    for (const days of [0, 1, 30, 31]) {
      const receipt = await at(start + days * DAY_MS, () => collector!.send(batch));
      expect(receipt).toMatchObject({ accepted: 2, rejected: [] });
      expect(await eventsOf(batch.visitor)).toBe(2);
    }
    const metrics = await collector.metrics();
    expect(metrics.get('kikubari_events_applied_total')).toBe(208);
    expect(metrics.get('kikubari_events_duplicate_total')).toBe(206);
  });

  it('is one row although its id was ahead of its time first, and when our own clock was set back', async () => {
    collector = await startCollector();
    const now = Date.now();
    // A device five days ahead: odd today, of this month when it comes again in four days. And the other way round.
    const early = batchOf([rowAt(now + 5 * DAY_MS)], visitorId(random));
    for (const days of [0, 4, 0]) {
      await at(now + days * DAY_MS, () => collector!.send(early));
      expect(await eventsOf(early.visitor)).toBe(1);
    }
    const late = batchOf([rowAt(now)], visitorId(random));
    for (const days of [0, -10]) {
      await at(now + days * DAY_MS, () => collector!.send(late));
      expect(await eventsOf(late.visitor)).toBe(1);
    }
  });
});

describe('drop counters', () => {
  it('are kept as the maximum per device and reason, whatever order they come in', async () => {
    collector = await startCollector();
    // Two devices; on each the visitor changes from report to report.
    const [one, two] = ['log one', 'log two'];
    const report = (stream: string, dropped: object, visitor = visitorId(random)) =>
      collector!.send(batchOf([{ ...rowAt(Date.now()), stream }], visitor, { dropped }));
    await report(one, { queue_full: 3, expired: 1 });
    await report(one, { queue_full: 7 });
    await collector.get('overview');
    await report(one, { queue_full: 5, expired: 1 });
    await report(one, { queue_full: 7 });
    await report(two, { queue_full: 2 });
    await collector.get('overview');
    await report(two, { queue_full: 4 });
    const found = await rowsOf('SELECT reason, total FROM drops ORDER BY total');
    expect(found).toEqual([
      { reason: 'expired', total: 1 },
      { reason: 'queue_full', total: 4 },
      { reason: 'queue_full', total: 7 },
    ]);
  });

  it('are those of the same device where every row of a batch is refused', async () => {
    collector = await startCollector();
    const [visitor, dropped] = [visitorId(random), { queue_full: 3 }];
    const send = (row: object) => collector!.send({ ...batchOf([], visitor, { dropped }), rows: [row] });
    const good = { ...rowAt(Date.now()), stream: 'log one' };
    await send(good);
    const poison = { ...rowAt(Date.now(), ''), stream: 'log one' };
    expect(await send(poison)).toMatchObject({ accepted: 0, rejected: [{ code: 'invalid' }] });
    // Also where it is the row itself that cannot be taken.
    expect(await send({ ...good, key: -1 })).toMatchObject({ accepted: 0 });
    const reasons = [{ reason: 'queue_full', events: 3, devices: 1 }];
    expect(await collector.get('drops')).toMatchObject({ events: 3, reasons });
    const name = 'kikubari_events_dropped_by_devices{site="shop",reason="queue_full"}';
    expect((await collector.metrics()).get(name)).toBe(3);
    // Only where no row has a stream is it the visitor's.
    for (const stream of [7, '', 'x'.repeat(129)]) await send({ ...good, stream });
    expect(await rowsOf('SELECT device, total FROM drops ORDER BY device = $$log one$$ DESC')).toEqual([
      { device: 'log one', total: 3 },
      { device: visitor, total: 3 },
    ]);
  });
});

describe('the time of an event', () => {
  it('is kept raw, and corrected in a column of its own', async () => {
    collector = await startCollector();
    const skewMs = 10 * 365 * DAY_MS;
    const device = Date.now() + skewMs;
    const visitor = visitorId(random);
    const before = Date.now();
    await collector.send(
      batchOf([rowAt(device - 60_000)], visitor, { clock: [device, 60_000], origin: 'origin-1' }),
    );
    const [row] = await rowsOf('SELECT epoch_ms(time) AS time, epoch_ms(corrected) AS corrected FROM events');
    expect(row!['time']).toBe(device - 60_000);
    const corrected = Number(row!['corrected']) + 60_000;
    expect(corrected).toBeGreaterThanOrEqual(before);
    expect(corrected).toBeLessThanOrEqual(Date.now());
  });
});

describe('a batch that cannot be stored', () => {
  it('is kept aside, said and counted, and those around it are stored', async () => {
    const folder = temporaryFolder();
    folders.push(folder);
    const dataDir = join(folder, 'data');
    const good = [1, 2].map(() => batchOf([rowAt(Date.now())], visitorId(random)));
    const record = (whole: unknown) =>
      newRecord([Buffer.from(JSON.stringify({ receivedAt: Date.now(), whole }))], 1);
    const poison = [
      newRecord([Buffer.from('{"secret_payload":')], 1),
      record({ ...good[0], rows: 7 }),
      record({ ...good[0], visitor: visitorId(random), dropped: null }),
    ];
    mkdirSync(join(dataDir, 'journal'), { recursive: true });
    // As a collector with a fault of its own would have written it.
    writeFileSync(
      join(dataDir, 'journal', '0000000001.journal'),
      Buffer.concat([
        segmentHeader({ segment: 0, offset: 0 }),
        encodeFrame([record(good[0]), ...poison.slice(0, 2)]),
        encodeFrame([poison[2]!, record(good[1])]),
      ]),
    );
    const log: LogEntry[] = [];
    collector = await startCollector({ dataDir, log: (entry) => log.push(entry) });
    for (const { visitor } of good) expect(await eventsOf(visitor)).toBe(1);
    expect((await collector.metrics()).get('kikubari_events_set_aside_total')).toBe(3);
    const aside = readFileSync(join(dataDir, 'set-aside.ndjson'), 'utf8');
    expect(aside).toBe(poison.map(({ pieces }) => `${pieces.join('')}\n`).join(''));
    expect(JSON.stringify(log)).not.toMatch(/secret_payload/);
    expect(log.filter(({ message }) => message.includes('set-aside.ndjson'))).toHaveLength(3);
    await collector.send(batchOf([rowAt(Date.now())], good[0]!.visitor));
    expect(await eventsOf(good[0]!.visitor)).toBe(2);
  });
});

describe('a journal file damaged while the collector runs', () => {
  it('stops the store, which says which file, and loses nothing when the file is put right', async () => {
    const log: LogEntry[] = [];
    collector = await startCollector({
      limits: { segmentBytes: 1 },
      log: (entry) => log.push(entry),
    });
    const journal = join(collector.dataDir, 'journal');
    await collector.send(batchOf([rowAt(Date.now())], visitorId(random)));
    await collector.get('overview');
    const lost = batchOf([rowAt(Date.now(), 'first'), rowAt(Date.now(), 'second')], visitorId(random));
    await collector.send(lost);
    const file = join(journal, readdirSync(journal).at(-1)!);
    const good = readFileSync(file);
    writeFileSync(file, Buffer.concat([good.subarray(0, 40), Buffer.from('!'), good.subarray(41)]));
    const after = batchOf([rowAt(Date.now())], visitorId(random));
    await collector.send(after);
    await expect(collector.get('overview')).rejects.toThrow(/500/);
    expect(log.map(({ reason }) => String(reason)).join()).toContain(`${file} is damaged at byte 20`);
    writeFileSync(file, good);
    expect(await eventsOf(lost.visitor)).toBe(2);
    expect(await eventsOf(after.visitor)).toBe(1);
  });

  it('may end in what was never finished, if another file follows', async () => {
    collector = await startCollector({ limits: { segmentBytes: 1 } });
    const journal = join(collector.dataDir, 'journal');
    const first = batchOf([rowAt(Date.now())], visitorId(random));
    await collector.send(first);
    appendFileSync(join(journal, readdirSync(journal).at(-1)!), 'KBF\nhalf a frame');
    const second = batchOf([rowAt(Date.now())], visitorId(random));
    await collector.send(second);
    expect([await eventsOf(first.visitor), await eventsOf(second.visitor)]).toEqual([1, 1]);
  });
});
