import { brotliCompressSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VisitorList } from '../../../src/collector/api.js';
import { LIMITS, type Batch, type Receipt } from '../../../src/core/events.js';
import { batchOf, rowOf, seeded, visitorId } from './batches.js';
import { startCollector, type TestCollector } from './collector.js';

const random = seeded(13);
let collector: TestCollector;

beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.remove());

function post(payload: string | Buffer, headers: Record<string, string> = {}) {
  return collector.server.app.inject({
    method: 'POST',
    url: '/v1/batch',
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
    payload,
  });
}

/** A batch of a good event, one to be spoiled, and another good one. */
function batch(fields: Partial<Batch> = {}) {
  const event = (name: string) => ({ name, time: Date.now(), properties: { a: 'HERE' } });
  return batchOf(
    [rowOf([event('first'), event('spoiled'), event('last')], random)],
    visitorId(random),
    fields,
  );
}

async function stored(visitor: string): Promise<number> {
  const { visitors } = await collector.get<VisitorList>(`visitors?q=${visitor}`);
  return visitors[0]?.events ?? 0;
}

const nested = (open: string, close: string, levels: number) =>
  `${open.repeat(levels)}1${close.repeat(levels)}`;

describe('hostile JSON in one event', () => {
  const manyKeys = `{${Array.from({ length: 20_000 }, (_, index) => `"k${index}":1`).join(',')}}`;
  const spoils: [what: string, json: string, codes: string[]][] = [
    ['100,000 arrays deep', nested('[', ']', 100_000), ['too_large']],
    ['40,000 objects deep', nested('{"a":', '}', 40_000), ['too_large']],
    ['20,000 keys', manyKeys, ['too_large']],
    ['a __proto__ key', '{"__proto__":{"polluted":true}}', ['invalid']],
    ['a constructor.prototype path', '{"constructor":{"prototype":{"polluted":true}}}', []],
    ['a key twice', '{"b":1,"b":2}', []],
    ['a number beyond all', '1e999', []],
    ['a lone surrogate', '"\\ud800"', []],
    ['NUL', '"\\u0000"', []],
    ['a string of 5,000 characters', JSON.stringify('x'.repeat(5000)), ['too_large']],
    ['a long array of numbers', `[${'0,'.repeat(40_000)}0]`, ['too_large']],
  ];

  it.each(spoils)('%s: refused or stored alone, and its siblings are stored', async (_what, json, codes) => {
    const one = batch();
    // The middle of three.
    const text = JSON.stringify(one);
    const at = text.indexOf('"HERE"', text.indexOf('spoiled'));
    const answer = await post(text.slice(0, at) + json + text.slice(at + 6));
    expect(answer.statusCode).toBe(200);
    const receipt = answer.json<Receipt>();
    expect(receipt.rejected.map(({ code }) => code)).toEqual(codes);
    expect(receipt.accepted).toBe(3 - codes.length);
    expect(await stored(one.visitor)).toBe(receipt.accepted);
    expect(({} as { polluted?: true }).polluted).toBeUndefined();
  });
});

describe('hostile envelopes', () => {
  it('are refused before they cost anything, or taken, but never stop the store', async () => {
    const time = Date.now();
    const cases: [status: number, fields: object][] = [
      [400, { dropped: { 'a\nb': '1.5' } }],
      [400, { dropped: { queue_full: 1.5 } }],
      [400, { dropped: { queue_full: -1 } }],
      [400, { dropped: { ['k'.repeat(1000)]: 1 } }],
      [400, { dropped: Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`r${n}`, 1])) }],
      [200, { dropped: { queue_full: Number.MAX_SAFE_INTEGER } }],
      [400, { zone: 1e9 }],
      [400, { clock: [1e300, 0] }],
      [200, { clock: [0, -1e308] }],
      [200, { user: 'a\u0000b' }],
      [400, { future: 'x'.repeat(5000) }],
      [400, { future: Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`k${n}`, 'x'.repeat(100)])) }],
      [400, JSON.parse('{"future":{"__proto__":1}}')],
      [200, JSON.parse('{"__proto__":{"polluted":true}}')],
      [200, { future: { small: [1, 2, 3] } }],
    ];
    for (const [status, fields] of cases) {
      const answer = await post(JSON.stringify({ ...batch(), ...fields }));
      expect([fields, answer.statusCode]).toEqual([fields, status]);
      expect(answer.body.length).toBeLessThan(1000);
    }
    const odd = rowOf([{ name: 'a\u0000b', time }], random, {
      session: '\udc00',
      stream: 'a\u0000',
      page: '\ud800',
      key: Number.MAX_SAFE_INTEGER,
      monotonic: -Number.MAX_VALUE,
    });
    const last = batchOf([odd], visitorId(random));
    expect((await post(JSON.stringify(last))).statusCode).toBe(200);
    expect(await stored(last.visitor)).toBe(1);
  });

  it('with a byte order mark, or with spaces around, are stored all the same', async () => {
    for (const wrap of [(text: string) => `\ufeff${text}`, (text: string) => `\r\n\t ${text}\n`]) {
      const one = batch();
      expect((await post(wrap(JSON.stringify(one)))).json<Receipt>().accepted).toBe(3);
      expect(await stored(one.visitor)).toBe(3);
    }
  });

  it('of any shape the fuzzer finds get an answer below 500, and the store takes what was accepted', async () => {
    const values: unknown[] = [null, true, -1, 1.5, 1e308, '', 'x', '\u0000', [], {}, [[]], { a: null }, '9'];
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    let accepted = 0;
    for (let round = 0; round < 600; round++) {
      const one = JSON.parse(JSON.stringify(batch())) as { [key: string]: unknown };
      for (let change = 0; change <= round % 3; change++) {
        const row = (one['rows'] as object[] | undefined)?.[0];
        const places = [one, one['dropped'], row, (row as { events?: object[] } | undefined)?.events?.[1]];
        const place = pick(places.filter((target) => typeof target === 'object' && target !== null));
        (place as { [key: string]: unknown })[pick([...Object.keys(place), 'other'])] = pick(values);
        if (!Array.isArray(one['rows'])) break;
      }
      const answer = await post(JSON.stringify(one));
      expect(answer.statusCode).toBeLessThan(500);
      if (answer.statusCode === 200) accepted += answer.json<Receipt>().accepted;
    }
    expect(accepted).toBeGreaterThan(200);
    // A report waits for the store; it fails if the store does.
    expect(await stored(visitorId(random))).toBe(0);
    expect((await collector.metrics()).get('kikubari_events_set_aside_total')).toBe(0);
  });
});

describe('bombs', () => {
  const part = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20), { level: 9 });
  const bomb = Buffer.concat([part, part, part]);
  const ok = JSON.stringify(batch());
  const cases: [what: string, status: number, payload: Buffer, encoding?: string][] = [
    ['192 MiB in 200 kB', 413, bomb],
    ['192 MiB in 200 kB, announced', 413, bomb, 'gzip'],
    ['gzip of a bomb', 400, gzipSync(bomb)],
    ['gzip of gzip', 400, gzipSync(gzipSync(ok))],
    ['brotli', 415, brotliCompressSync(ok), 'br'],
    ['deflate', 415, deflateSync(ok), 'deflate'],
    ['two encodings', 415, gzipSync(ok), 'gzip, gzip'],
    ['deflate that says nothing', 400, deflateSync(ok)],
  ];

  it.each(cases)('%s: %i', async (_what, status, payload, encoding) => {
    expect(payload.length).toBeLessThan(LIMITS.compressedBytes);
    const headers: Record<string, string> = encoding === undefined ? {} : { 'content-encoding': encoding };
    expect((await post(payload, headers)).statusCode).toBe(status);
  });

  it('are refused while they inflate: for a small part of the work of inflating them', async () => {
    const inflateMs = await cpuMs(() => gunzipSync(bomb));
    expect(await cpuMs(() => post(bomb))).toBeLessThan(inflateMs / 5);
  });
});

async function cpuMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
