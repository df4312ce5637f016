import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchOf, rowOf, seeded, visitorId } from './batches.js';
import { startCollector, type TestCollector } from './collector.js';

const random = seeded(16);
let collector: TestCollector;

beforeAll(async () => {
  collector = await startCollector({ metricsToken: 'a-long-token' });
});
afterAll(() => collector.remove());

const get = (headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
  collector.server.app.inject({ url: '/metrics', headers, remoteAddress });

describe('/metrics', () => {
  it('tells what happened to the batches, and nothing of what was in them', async () => {
    const event = { name: 'secret_name', time: Date.now(), properties: { secret_key: 'secret_value' } };
    const batch = batchOf([rowOf([event, { ...event, name: '' }], random)], visitorId(random), {
      user: 'secret_user',
    });
    for (let n = 0; n < 3; n++) await collector.send(batch);
    await collector.get('overview');
    await collector.server.app.inject({
      method: 'POST',
      url: '/v1/batch',
      headers: { 'content-type': 'text/plain' },
      payload: '{',
    });
    const metrics = await collector.metrics();
    expect(Object.fromEntries(metrics)).toMatchObject({
      'kikubari_batches_total{status="200"}': 3,
      'kikubari_batches_total{status="400"}': 1,
      kikubari_events_accepted_total: 3,
      'kikubari_events_rejected_total{code="invalid"}': 3,
      kikubari_events_applied_total: 3,
      kikubari_events_duplicate_total: 2,
      kikubari_journal_batches_total: 3,
      kikubari_journal_lag_events: 0,
      kikubari_journal_lag_seconds: 0,
      kikubari_journal_lag_bytes: 0,
      kikubari_journal_failing: 0,
      kikubari_store_alive: 1,
      kikubari_buffer_bytes: 0,
    });
    const { body, headers } = await get();
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(body).not.toMatch(new RegExp(`secret|shop|${batch.visitor}|127\\.0`));
    for (const line of body.trim().split('\n')) {
      expect(line).toMatch(
        /^(# (HELP|TYPE) kikubari_\w+ .+|kikubari_\w+(\{\w+="\w+"\})? -?\d+(\.\d+)?(e[+-]\d+)?)$/,
      );
    }
  });

  it('answers this machine and whoever has the token; for others it is not there', async () => {
    const cases: [status: number, answer: Awaited<ReturnType<typeof get>>][] = [
      [200, await get()],
      [200, await get({}, '::1')],
      [200, await get({}, '::ffff:127.0.0.1')],
      [200, await get({ authorization: 'Bearer a-long-token' }, '203.0.113.7')],
      [404, await get({}, '203.0.113.7')],
      [404, await get({ authorization: 'Bearer a-long-tokem' }, '203.0.113.7')],
      [404, await get({ authorization: '' }, '203.0.113.7')],
      // Handed on by a proxy on this machine.
      [404, await get({ 'x-forwarded-for': '203.0.113.7' })],
      [404, await get({ forwarded: 'for=203.0.113.7' })],
    ];
    expect(cases.map(([, { statusCode }]) => statusCode)).toEqual(cases.map(([status]) => status));
  });
});
