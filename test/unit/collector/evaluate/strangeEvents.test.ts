/** Whoever knows the address may send events: none of them may take the site's answers away. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Backtest, SegmentSize } from '../../../../src/collector/api.js';
import type { CampaignFile } from '../../../../src/core/program.js';
import type { Properties, TrackedEvent } from '../../../../src/core/events.js';
import { batchOf, rowOf, seeded, visitorId } from '../batches.js';
import { startCollector, type TestCollector } from '../collector.js';

const random = seeded(7);
const content = { format: 'modal', cards: [{ id: 'c', blocks: [{ block: 'text', text: 'Hi' }] }] };
const campaign = {
  id: 'hello',
  name: 'Hello',
  status: 'live',
  triggers: [{ on: 'page' }],
  variants: [{ id: 'a', content }],
};

let collector: TestCollector;
beforeAll(async () => {
  const file = { kikubari: 1, segments: { viewers: { event: 'view_item' } }, campaigns: [campaign] };
  collector = await startCollector({ campaigns: [file as CampaignFile] });
});
afterAll(() => collector.remove());

it('what has no text leaves segments and backtests what they are', async () => {
  const headers = await collector.signIn();
  const time = Date.now() - 60_000;
  const odd = { toString: '' };
  for (const properties of [{}, { campaign: odd }, { campaign: odd, variant: odd }]) {
    const events: TrackedEvent[] = ['$session_start', '$exposure', '$page_view', 'view_item'].map((name) => ({
      name,
      time,
      properties: { number: 1, device: {}, url: 'https://shop.example/', ...properties } as Properties,
    }));
    const batch = batchOf([rowOf(events, random)], visitorId(random), { clock: [Date.now(), 0] });
    expect((await collector.send(batch)).rejected).toEqual([]);
  }
  const size = await collector.get<SegmentSize>('segments/viewers/size');
  expect(size.visitors).toEqual({ in: 3, of: 3 });
  const backtest = await collector.server.app.inject({
    method: 'POST',
    url: '/api/sites/shop/backtest',
    headers,
    payload: { campaign },
  });
  expect([backtest.statusCode, backtest.json<Backtest>()]).toMatchObject([200, {}]);
});
