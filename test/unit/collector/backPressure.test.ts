/** What a collector says when it is asked for more than it can do, and that it comes back by itself. */
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { readBatchBody } from '../../../src/collector/ingest/body.js';
import { createMemoryBudget } from '../../../src/collector/ingest/memoryBudget.js';
import { createRateLimit } from '../../../src/collector/ingest/rateLimit.js';
import { createLag } from '../../../src/collector/lag.js';
import { batchOf, rowOf, seeded, visitorId } from './batches.js';
import { startCollector, type TestCollector } from './collector.js';

const random = seeded(14);
let collector: TestCollector | undefined;
afterEach(async () => {
  await collector?.remove();
  collector = undefined;
});

const events = (count: number, text = '') =>
  batchOf(
    [
      rowOf(
        Array.from({ length: count }, () => ({ name: 'x', time: Date.now(), properties: { text } })),
        random,
      ),
    ],
    visitorId(random),
  );

function post(batch: unknown, headers: Record<string, string> = {}) {
  return collector!.server.app.inject({
    method: 'POST',
    url: '/v1/batch',
    headers: { 'content-type': 'text/plain', origin: 'https://shop.example', ...headers },
    payload: typeof batch === 'string' ? batch : JSON.stringify(batch),
  });
}

/** Waits for what must come; the test's own time limit is the guard. */
async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('a rate limit', () => {
  it('spends a burst, then lets pass what its rate gives, and tells how long to wait', () => {
    const limit = createRateLimit(10, 20);
    for (let n = 0; n < 20; n++) expect(limit.take('a', 1, 0)).toBe(0);
    expect(limit.take('a', 1, 0)).toBe(1);
    expect(limit.take('b', 1, 0)).toBe(0);
    let passed = 0;
    for (let ms = 0; ms <= 10_000; ms += 10) if (limit.take('a', 1, ms) === 0) passed += 1;
    expect(passed).toBeGreaterThanOrEqual(99);
    expect(passed).toBeLessThanOrEqual(101);
    limit.take('c', 1000, 0);
    expect(limit.take('c', 1, 0)).toBe(99);
    // A clock set back gives nothing and takes nothing.
    expect(limit.take('c', 1, -1e9)).toBe(99);
  });

  it('remembers a bounded number of keys, and forgets the one not seen for longest', () => {
    const limit = createRateLimit(1, 1, 1000);
    limit.take('first', 1, 0);
    for (let n = 0; n < 999; n++) limit.take(`k${n}`, 1, 0);
    expect(limit.take('first', 1, 0)).toBeGreaterThan(0);
    for (let n = 0; n < 100_000; n++) {
      limit.take(`other${n}`, 1, 0);
      if (n % 500 === 0) expect(limit.take('first', 1, 0)).toBeGreaterThan(0);
    }
    expect(limit.usedBytes()).toBeLessThanOrEqual(1000 * 200);
  });
});

describe('a memory budget', () => {
  it('counts what is held, refuses what does not fit and takes everything back', () => {
    const budget = createMemoryBudget(100);
    const [one, two] = [budget.hold(), budget.hold()];
    expect([one.resize(60), two.resize(50), two.resize(40)]).toEqual([true, false, true]);
    expect([one.resize(10), two.resize(90), two.resize(91)]).toEqual([true, true, false]);
    one.release();
    one.release();
    two.release();
    expect([budget.usedBytes(), budget.peakBytes()]).toEqual([0, 100]);
  });
});

describe('a compressed body', () => {
  it('for which there is no room is refused before it is inflated', async () => {
    // Says that it is 400 kB, and cannot be inflated: who tries gets 400.
    const body = gzipSync('x'.repeat(400_000)).fill(0xff, 12, 20);
    const read = (bytes: number) => readBatchBody(Readable.from([body]), {}, createMemoryBudget(bytes));
    await expect(read(1_000_000)).rejects.toMatchObject({ status: 400 });
    await expect(read(300_000)).rejects.toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
  });
});

describe('the lag', () => {
  it('is the age of the oldest event that is not applied', () => {
    const lag = createLag();
    expect(lag.now(5_000)).toEqual({ events: 0, seconds: 0 });
    lag.added(3, 10_000);
    lag.added(2, 14_000);
    expect(lag.now(15_000)).toEqual({ events: 5, seconds: 5 });
    lag.applied(3, 13_000, 15_500);
    expect(lag.now(16_000)).toEqual({ events: 2, seconds: 3 });
    lag.failed(2);
    expect(lag.now(60_000)).toEqual({ events: 0, seconds: 0 });
  });
});

describe('too much from one network or for one site', () => {
  it('gets 429 with Retry-After, readable by the page, before the body is read; others pass', async () => {
    collector = await startCollector({ trustProxy: 1, limits: { addressPerSecond: 0.01, addressBurst: 3 } });
    const from = (address: string, body: unknown = events(1)) => post(body, { 'x-forwarded-for': address });
    for (const last of [1, 2, 3]) expect((await from(`203.0.113.${last}`)).statusCode).toBe(200);
    const refused = await from('203.0.113.4', 'x'.repeat(300_000));
    expect(refused.statusCode).toBe(429);
    expect(refused.headers).toMatchObject({
      'retry-after': '100',
      'access-control-allow-origin': 'https://shop.example',
      'access-control-expose-headers': 'retry-after',
    });
    expect((await from('198.51.100.1')).statusCode).toBe(200);
    expect((await collector.metrics()).get('kikubari_batches_total{status="429"}')).toBe(1);
  });

  it('is counted in events where the site is known', async () => {
    collector = await startCollector({ limits: { sitePerSecond: 1, siteBurst: 10 } });
    expect((await post(events(9))).statusCode).toBe(200);
    expect((await post(events(1))).statusCode).toBe(429);
    expect((await collector.metrics()).get('kikubari_events_accepted_total')).toBe(9);
  });
});

describe('more bodies than fit into memory', () => {
  it('get 503 with Retry-After while the rest is served, and the memory is free again afterwards', async () => {
    const bufferBytes = 200_000;
    collector = await startCollector({ limits: { bufferBytes } });
    const large = JSON.stringify(events(20, 'x'.repeat(3000)));
    const answers = await Promise.all(Array.from({ length: 12 }, () => post(large)));
    const statuses = new Set(answers.map(({ statusCode }) => statusCode));
    expect([...statuses].sort()).toEqual([200, 503]);
    for (const answer of answers.filter(({ statusCode }) => statusCode === 503)) {
      expect(answer.headers['retry-after']).toBe('5');
    }
    const metrics = await collector.metrics();
    expect(metrics.get('kikubari_buffer_bytes')).toBe(0);
    expect(metrics.get('kikubari_buffer_peak_bytes')).toBeLessThanOrEqual(bufferBytes);
    expect((await post(large)).statusCode).toBe(200);
  });

  it('are given back when a client goes away in the middle of one', async () => {
    collector = await startCollector();
    const socket = await begin(100_000);
    socket.write('x'.repeat(50_000));
    const used = async () => (await collector!.metrics()).get('kikubari_buffer_bytes');
    await until(async () => (await used()) === 50_000);
    socket.destroy();
    await until(async () => (await used()) === 0);
  });
});

/** A connection that has sent the head of a batch and nothing of its body. */
async function begin(length: number): Promise<Socket> {
  const socket = connect(Number(new URL(collector!.server.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    `POST /v1/batch HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: ${length}\r\n\r\n`,
  );
  return socket;
}

describe('clients whose body is refused', () => {
  it('read why, also when they write all of it before they read', async () => {
    collector = await startCollector();
    const pieces = 48;
    const socket = await begin(pieces * 65_536);
    for (let piece = 0; piece < pieces; piece += 1) {
      await new Promise((resolve) => socket.write(Buffer.alloc(65_536, 0x20), resolve));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1.1 413 /);
    socket.destroy();
  });

  it('are not waited for longer than a second', async () => {
    collector = await startCollector();
    const socket = await begin(1024 ** 2);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1.1 413 [^]*\r\nconnection: close\r\n/i);
    socket.destroy();
  });
});

describe('slow clients', () => {
  it('are cut off with 408, one byte at a time or none at all, while an honest one is served', async () => {
    collector = await startCollector({ limits: { requestMs: 400 } });
    const slow = await Promise.all(Array.from({ length: 100 }, () => begin(1000)));
    const trickle = setInterval(() => slow.slice(0, 50).forEach((socket) => socket.write('x')), 50);
    const answers = slow.map(async (socket) => String(((await once(socket, 'data')) as [Buffer])[0]));
    expect((await fetch(`${collector.server.url}/healthz`)).status).toBe(200);
    expect((await Promise.all(answers)).every((text) => text.startsWith('HTTP/1.1 408'))).toBe(true);
    clearInterval(trickle);
    await until(async () => (await collector!.metrics()).get('kikubari_buffer_bytes') === 0);
  });

  it('beyond the number of connections are closed at once, and counted', async () => {
    collector = await startCollector({ limits: { connections: 5 } });
    const held = await Promise.all(Array.from({ length: 5 }, () => begin(10)));
    const more = connect(Number(new URL(collector.server.url).port), '127.0.0.1');
    await once(more, 'close');
    expect((await collector.metrics()).get('kikubari_connections_refused_total')).toBe(1);
    for (const socket of held) socket.destroy();
  });
});

describe('a store that does not keep up', () => {
  it('fills the journal to its cap: 503, then all is taken again when the store has caught up', async () => {
    const limits = { journalBytes: 60_000, segmentBytes: 8_000 };
    collector = await startCollector({ limits, log: false });
    const journal = join(collector.dataDir, 'journal');
    // The store stops at a frame it cannot read, as at a damaged disk.
    expect((await post(events(1))).statusCode).toBe(200);
    await collector.get('overview');
    const spoil = events(1, 'spoil');
    const written = post(spoil);
    expect((await written).statusCode).toBe(200);
    const file = join(journal, readdirSync(journal).at(-1)!);
    const good = readFileSync(file);
    const bad = Buffer.from(good);
    bad[bad.indexOf('spoil')]! ^= 1;
    writeFileSync(file, bad);
    const sent = [spoil];
    for (;;) {
      const batch = events(10, 'y'.repeat(200));
      const answer = await post(batch);
      if (answer.statusCode === 503) {
        expect(answer.headers['retry-after']).toBe('10');
        expect(answer.json()).toMatchObject({ detail: 'The collector is behind with storing.' });
        break;
      }
      sent.push(batch);
    }
    expect((await fetch(`${collector.server.url}/healthz`)).status).toBe(503);
    await until(async () => ((await collector!.metrics()).get('kikubari_apply_failures_total') ?? 0) > 0);
    const behind = await collector.metrics();
    expect(behind.get('kikubari_journal_lag_bytes')).toBeLessThanOrEqual(limits.journalBytes);
    expect(behind.get('kikubari_journal_lag_events')).toBe(1 + (sent.length - 1) * 10);
    expect(behind.get('kikubari_journal_lag_seconds')).toBeGreaterThan(0);

    // Put right: only the spoiled byte, since the last segment has grown meanwhile.
    const now = readFileSync(file);
    now[good.indexOf('spoil')] = good[good.indexOf('spoil')]!;
    writeFileSync(file, now);
    await until(async () => (await post(events(1))).statusCode === 200);
    const { visitors } = await collector.get<{ visitors: { visitor: string; events: number }[] }>(
      'visitors?limit=200',
    );
    const found = new Map(visitors.map((one) => [one.visitor, one.events]));
    expect(sent.map(({ visitor }) => found.get(visitor))).toEqual([1, ...sent.slice(1).map(() => 10)]);
    expect((await collector.metrics()).get('kikubari_journal_lag_events')).toBe(0);
    expect(readdirSync(journal).length).toBeLessThanOrEqual(2);
  });
});
