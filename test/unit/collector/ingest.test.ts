import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Overview, Timeline, VisitorList } from '../../../src/collector/api.js';
import { LIMITS, type Receipt } from '../../../src/core/events.js';
import { batchOf, rowOf, seeded, visitorId } from './batches.js';
import { startCollector, type TestCollector } from './collector.js';

const random = seeded(1);
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

const oneEvent = (visitor: string, name = 'hello', properties = {}) =>
  batchOf([rowOf([{ name, time: Date.now(), properties }], random)], visitor);

describe('POST /v1/batch', () => {
  it('answers a receipt and stores each event once, however often it is sent', async () => {
    const visitor = visitorId(random);
    const batch = oneEvent(visitor, 'view_item', { item: 'りんご', price: 120 });
    for (let time = 0; time < 3; time++) {
      expect(await collector.send(batch)).toEqual({ accepted: 1, rejected: [], program: 1, commands: [] });
      // Applied in between, so that the third is found in the table and not in the group.
      if (time === 1) await collector.get('overview');
    }
    const timeline = await collector.get<Timeline>(`visitors/${visitor}`);
    expect(timeline.sessions.flatMap(({ events }) => events)).toEqual([
      {
        id: batch.rows[0]!.id,
        name: 'view_item',
        time: new Date(batch.rows[0]!.events[0]!.time).toISOString(),
        properties: { item: 'りんご', price: 120 },
      },
    ]);
  });

  it('takes gzip by its magic bytes, with and without the header', async () => {
    const visitor = visitorId(random);
    for (const headers of [{}, { 'content-encoding': 'gzip' }]) {
      const answer = await post(
        gzipSync(JSON.stringify(oneEvent(visitor))),
        headers as Record<string, string>,
      );
      expect(answer.json<Receipt>().accepted).toBe(1);
    }
    expect((await collector.get<VisitorList>(`visitors?q=${visitor}`)).visitors[0]?.events).toBe(2);
  });

  it('stores what it acknowledged although a row without events beside it is none', async () => {
    const visitor = visitorId(random);
    const batch = oneEvent(visitor);
    const none = { id: batch.rows[0]!.id, events: [] } as unknown as (typeof batch.rows)[0];
    expect(await collector.send({ ...batch, rows: [none, ...batch.rows] })).toMatchObject({
      accepted: 1,
      rejected: [],
    });
    expect((await collector.get<VisitorList>(`visitors?q=${visitor}`)).visitors[0]?.events).toBe(1);
  });

  it('rejects a bad event alone, with its id and a code; its siblings are stored', async () => {
    const visitor = visitorId(random);
    const time = Date.now();
    const deep = (levels: number): object => (levels === 0 ? {} : { in: deep(levels - 1) });
    const wide = Object.fromEntries(Array.from({ length: LIMITS.properties + 1 }, (_, i) => [`p${i}`, i]));
    const bad: [event: unknown, code: string][] = [
      [{ name: '', time }, 'invalid'],
      [{ name: 'x'.repeat(LIMITS.nameLength + 1), time }, 'invalid'],
      [{ name: 'x', time: 'now' }, 'invalid'],
      [{ name: 'x', time: -1 }, 'invalid'],
      [{ name: 'x', time: 1e300 }, 'invalid'],
      [{ name: 'x', time, properties: [] }, 'invalid'],
      [{ name: 'x', time, purposes: ['spam'] }, 'invalid'],
      [JSON.parse(`{"name":"x","time":${time},"properties":{"__proto__":{"a":1}}}`), 'invalid'],
      [null, 'invalid'],
      [{ name: 'x', time, properties: deep(LIMITS.depth) }, 'too_large'],
      [{ name: 'x', time, properties: wide }, 'too_large'],
      [{ name: 'x', time, properties: { ['k'.repeat(LIMITS.keyLength + 1)]: 1 } }, 'too_large'],
      [{ name: 'x', time, properties: { text: 'a'.repeat(LIMITS.stringLength + 1) } }, 'too_large'],
      [
        {
          name: 'x',
          time,
          properties: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`p${i}`, 'a'.repeat(4000)])),
        },
        'too_large',
      ],
    ];
    const events = bad.flatMap(([event]) => [{ name: 'good', time }, event]) as never[];
    const row = rowOf(events, random, {});
    const receipt = await collector.send(batchOf([row], visitor));
    expect(receipt.accepted).toBe(bad.length);
    expect(receipt.rejected.map(({ id, code }) => [id, code])).toEqual(
      bad.map(([, code], index) => [
        row.id.slice(0, -4) + (2 * index + 1).toString(16).padStart(4, '0'),
        code,
      ]),
    );
    const stored = (await collector.get<Timeline>(`visitors/${visitor}`)).sessions.flatMap(
      ({ events: all }) => all,
    );
    expect(stored.map(({ id }) => parseInt(id.slice(-4), 16))).toEqual(bad.map((_, index) => 2 * index));
  });

  it('rejects the events of a row whose fields are wrong, and stores the other rows', async () => {
    const time = Date.now();
    const good = rowOf([{ name: 'good', time }], random);
    const bad = { ...rowOf([{ name: 'lost', time }], random), key: -1 };
    const odd = { ...rowOf([{ name: 'lost', time }], random), id: good.id.replace(/0000$/, '0001') };
    const receipt = await collector.send(batchOf([bad, good, odd], visitorId(random)));
    expect(receipt).toMatchObject({ accepted: 1, rejected: [{ id: bad.id }, { code: 'invalid' }] });
  });

  it('answers unreadable and oversized requests with problems, before doing the work', async () => {
    const batch = oneEvent(visitorId(random));
    const many = batchOf(
      [
        rowOf(
          Array.from({ length: 501 }, () => ({ name: 'x', time: 1 })),
          random,
        ),
      ],
      visitorId(random),
    );
    const noise = Buffer.from(
      Array.from({ length: LIMITS.compressedBytes + 1 }, () => Math.floor(random() * 256)),
    );
    const cases: [status: number, answer: Awaited<ReturnType<typeof post>>][] = [
      [400, await post('')],
      [400, await post('{"site":')],
      [400, await post(Buffer.from([0x22, 0xff, 0xfe, 0x22]))],
      [400, await post('[]')],
      [400, await post(JSON.stringify({ ...batch, visitor: 'x' }))],
      [400, await post(JSON.stringify({ ...batch, clock: [1] }))],
      [400, await post(JSON.stringify({ ...batch, rows: [{ id: 'no', events: [] }] }))],
      [400, await post('plain', { 'content-encoding': 'gzip' })],
      [400, await post(gzipSync(JSON.stringify(batch)).subarray(0, 40))],
      [400, await post(gzipSync(gzipSync(JSON.stringify(batch))))],
      [404, await post(JSON.stringify({ ...batch, site: 'nobody' }))],
      [413, await post(JSON.stringify(many))],
      [413, await post(noise)],
      [413, await post(' '.repeat(LIMITS.compressedBytes + 1))],
      [413, await post(gzipSync(Buffer.alloc(LIMITS.inflatedBytes + 1, 0x20)))],
      [413, await post(gzipSync(Buffer.alloc(100 * 1024 * 1024, 0x20)))],
      [415, await post(JSON.stringify(batch), { 'content-encoding': 'br' })],
      [415, await post(JSON.stringify(batch), { 'content-type': 'application/xml' })],
    ];
    expect(cases.map(([, answer]) => answer.statusCode)).toEqual(cases.map(([status]) => status));
    for (const [status, answer] of cases) {
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(answer.json()).toMatchObject({ status, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
      expect(answer.body).not.toMatch(/node_modules|\.ts|\.js|at \//);
    }
    expect(cases.find(([status]) => status === 404)![1].json()).toMatchObject({
      detail: 'There is no site with the key "nobody".',
    });
  });

  it('refuses a long body while it is being read, although nothing announced its length', async () => {
    const chunk = Buffer.alloc(64 * 1024, 0x20);
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += chunk.length;
        if (sent > 64 * 1024 * 1024) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const request = fetch(`${collector.server.url}/v1/batch`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body,
      duplex: 'half',
    } as RequestInit);
    // The answer, or a connection cut while sending: in both cases most of the body was never read.
    const status = await request.then((answer) => answer.status).catch(() => 413);
    expect(status).toBe(413);
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  it('survives hostile text: SQL, NUL, lone surrogates, odd numbers', async () => {
    const visitor = visitorId(random);
    const hostile = `'); DROP TABLE visitors; --`;
    const properties = {
      [`${hostile}`.slice(0, 60)]: hostile,
      'a"b': 'x\u0000y',
      '$.x[0]': '\ud800 alone',
      transaction_id: `1' OR '1'='1`,
      value: 1e308,
      submission: '\udfff',
    };
    const event = { name: `purchase`, time: Date.now(), properties };
    const answer = {
      name: '$answer',
      time: Date.now(),
      properties: { ...properties, campaign: hostile, question: hostile },
    };
    await collector.send(
      batchOf([rowOf([event, answer, { name: hostile, time: Date.now() }], random)], visitor, {
        user: hostile,
      }),
    );
    const timeline = await collector.get<Timeline>(`visitors/${visitor}`);
    expect(timeline.user).toBe(hostile);
    expect(timeline.sessions[0]?.events.map(({ name }) => name)).toEqual(['purchase', '$answer', hostile]);
    expect(timeline.sessions[0]?.events[0]?.properties).toMatchObject({
      'a"b': 'x\u0000y',
      '$.x[0]': '\ufffd alone',
    });
    const steps = encodeURIComponent(`purchase,${hostile}`);
    expect(await collector.get(`funnel?steps=${steps}`)).toMatchObject({
      steps: [{ people: 1 }, { people: 1 }],
    });
    expect(
      (await collector.get<VisitorList>(`visitors?q=${encodeURIComponent(hostile)}`)).visitors,
    ).toHaveLength(1);
    expect(
      (await collector.get<VisitorList>(`visitors?q=${encodeURIComponent(`%' OR 1=1 --`)}`)).visitors,
    ).toEqual([]);
    expect((await collector.get<Overview>('overview')).purchases).toBe(1);
  });

  it('keeps fields a newer SDK sends', async () => {
    const batch = { ...oneEvent(visitorId(random)), future: { a: 1 } };
    expect((await collector.send(batch)).accepted).toBe(1);
  });

  it('answers cross-origin pages without credentials, and caches the pre-flight', async () => {
    const answer = await post(JSON.stringify(oneEvent(visitorId(random))), {
      origin: 'https://shop.example',
    });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      vary: 'origin',
    });
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    const preflight = await collector.server.app.inject({
      method: 'OPTIONS',
      url: '/v1/batch',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    });
    expect([preflight.statusCode, preflight.headers['access-control-max-age']]).toEqual([204, '86400']);
  });
});
