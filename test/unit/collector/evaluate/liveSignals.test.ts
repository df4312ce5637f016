import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Backtest } from '../../../../src/collector/api.js';
import type { Campaign, SimpleTrigger } from '../../../../src/core/program.js';
import { batchOf, rowOf, seeded, visitorId } from '../batches.js';
import { startCollector, type TestCollector } from '../collector.js';

const DAY_MS = 86_400_000;
const nowMs = Date.now();
const random = seeded(7);
let collector: TestCollector;
let headers: Awaited<ReturnType<TestCollector['signIn']>>;
let visitor: string;

/** Seconds after the first event of a session two days ago. */
type Happening = [after: number, page: string, name: string, properties?: object];

const HAPPENINGS: Happening[] = [
  [0, '/a', '$page_view'],
  [10, '/a', '$page_leave', { scroll: 10, rage: 2 }],
  [10, '/b', '$page_view'],
  [15, '/b', 'cart_updated', { value: 3000 }],
  [20, '/b', '$page_leave', { scroll: 10, exit: true }],
  // Back after ten seconds.
  [20, '/a', '$page_view'],
  [25, '/a', '$signal_back_forth', { path: '/a', times: 1 }],
  [30, '/a', 'purchase', { value: 3000 }],
  [80, '/a', '$page_leave', { scroll: 10 }],
  [80, '/b', '$page_view'],
  [90, '/b', '$page_leave', { scroll: 10 }],
  // And once more.
  [90, '/a', '$page_view'],
  [95, '/a', 'search'],
];

beforeAll(async () => {
  collector = await startCollector({ campaigns: [] });
  headers = await collector.signIn();
  visitor = visitorId(random);
  const start = nowMs - 2 * DAY_MS;
  let page = 0;
  const rows = HAPPENINGS.map(([after, path, name, properties], index) => {
    if (name === '$page_view') page += 1;
    const url = `https://shop.example${path}`;
    const event = { name, time: start + after * 1000, properties: { url, path, ...properties } };
    const place = { key: index + 1, page: `page-${page}`, session: 's1', origin: 'before' };
    return rowOf([event], random, place);
  });
  await collector.send(batchOf(rows, visitor, { clock: [Date.now(), 0] }));
});
afterAll(() => collector.remove());

async function post<Answer>(path: string, payload: object): Promise<Answer> {
  const url = `/api/sites/shop/${path}`;
  const answer = await collector.server.app.inject({ method: 'POST', url, headers, payload });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json();
}

function backtest(fields: Partial<Campaign>): Promise<Backtest> {
  const content = {
    format: 'modal' as const,
    cards: [{ id: 'c', blocks: [{ block: 'text' as const, text: 'Hi' }] }],
  };
  const campaign: Campaign = {
    id: 'try',
    name: 'Try',
    status: 'draft',
    triggers: [{ on: 'page' }],
    caps: [],
    variants: [{ id: 'a', content }],
    ...fields,
  };
  const [from, until] = [nowMs - 5 * DAY_MS, nowMs].map((ms) => new Date(ms).toISOString());
  return post('backtest', { campaign, from, until });
}
const exposures = async (fields: Partial<Campaign>) => (await backtest(fields)).exposures;

it('finds the page views that are returns in a log', async () => {
  expect(await exposures({ triggers: [{ on: 'page' }] })).toBe(5);
  expect(await exposures({ triggers: [{ on: 'backForth' }] })).toBe(2);
  expect(await exposures({ triggers: [{ on: 'backForth', times: 2 }] })).toBe(1);
  expect(await exposures({ triggers: [{ on: 'backForth', page: { eq: '/b' } }] })).toBe(0);
  const audience = { signal: 'backForth' as const, is: { gte: 1 } };
  expect(await exposures({ triggers: [{ on: 'page' }], audience })).toBe(3);
});

it('takes a return for a part of a combination, once, though the device noted it as well', async () => {
  const back: SimpleTrigger = { on: 'backForth' };
  const search: SimpleTrigger = { on: 'event', event: 'search' };
  const then = (...of: SimpleTrigger[]) =>
    exposures({ triggers: [{ on: 'then', of: of as Exclude<SimpleTrigger, { on: 'manual' }>[] }] });
  expect(await then(back, search)).toBe(1);
  expect(await then(search, back)).toBe(0);
  expect(await then(back)).toBe(2);
  expect(await then({ on: 'backForth', times: 2 })).toBe(1);
  expect(await then({ on: 'rage' }, back)).toBe(2);
});

it('knows from how a page was left that somebody clicked in a rage', async () => {
  expect(await exposures({ triggers: [{ on: 'rage' }] })).toBe(2);
  const audience = { signal: 'rage' as const, is: { eq: 2 } };
  expect(await exposures({ triggers: [{ on: 'rage' }], audience })).toBe(1);
  expect(
    await exposures({ triggers: [{ on: 'exit' }], audience: { signal: 'exit', is: { eq: true } } }),
  ).toBe(1);
});

it('answers what the cart is worth at each moment, and needs no page for it', async () => {
  const cart = (is: object) => exposures({ triggers: [{ on: 'page' }], audience: { signal: 'cart', is } });
  expect(await cart({ eq: 3000 })).toBe(1);
  expect(await cart({ eq: 0 })).toBe(2);
  expect(await cart({ exists: false })).toBe(2);
  const size = await post<{ unknown: string[] }>('segments/size', {
    condition: {
      all: [
        { signal: 'cart', is: { eq: 0 } },
        { signal: 'backForth', is: { eq: 2 } },
      ],
    },
  });
  expect(size).toMatchObject({ persons: { in: 1, of: 1 }, unknown: [] });
});

it('says of pauses that no log tells of them', async () => {
  const { unknown } = await backtest({
    triggers: [
      { on: 'idle', seconds: 30 },
      { on: 'hesitation', seconds: 20, selector: '#a' },
    ],
    audience: { signal: 'idle', is: { gte: 0 } },
  });
  expect(unknown).toEqual(['signal.idle', 'trigger.hesitation', 'trigger.idle']);
  const size = await post<{ unknown: string[] }>('segments/size', {
    condition: {
      any: [
        { signal: 'idle', is: { gte: 0 } },
        { signal: 'exit', is: { eq: false } },
      ],
    },
  });
  expect(size).toMatchObject({ persons: { in: 0, of: 1 }, unknown: ['signal.exit', 'signal.idle'] });
});
