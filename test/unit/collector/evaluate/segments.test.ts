import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CampaignExplanation, SegmentMember, SegmentSize } from '../../../../src/collector/api.js';
import { segmentSize } from '../../../../src/collector/evaluate/segmentSize.js';
import { createSizeCache } from '../../../../src/collector/evaluate/sizeCache.js';
import { oneAtATime, orBusy } from '../../../../src/collector/evaluate/walk.js';
import type { ReportContext } from '../../../../src/collector/reports/report.js';
import type { Condition } from '../../../../src/core/conditions.js';
import type { TrackedEvent } from '../../../../src/core/events.js';
import { batchOf, rowOf, seeded, visitorId } from '../batches.js';
import { startCollector, type TestCollector } from '../collector.js';
import { CAMPAIGNS, randomWorld, type Fact } from '../reports/world.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const DAY_MS = 86_400_000;
const nowMs = Date.now();
const at = new Date(nowMs).toISOString();

const SEGMENTS: { [name: string]: Condition } = {
  buyers: { event: 'purchase', where: { value: { gte: 25 } }, is: { gte: 2 } },
  quiet: { event: 'view_item', within: '5d', is: { eq: 0 } },
  lapsed: { all: [{ event: 'purchase' }, { segment: 'quiet' }] },
  dropped: { sequence: [{ event: 'view_item' }, { event: 'add_to_cart' }], thenNot: { event: 'purchase' } },
  exposed: { event: '$exposure', where: { campaign: { eq: 'saver' }, variant: { in: ['a', 'b'] } } },
  'on-phones': { device: 'type', is: { eq: 'mobile' } },
  lingering: { signal: 'dwell', is: { gte: 5 } },
};

/** The same as loops over the facts of one visitor. */
const BY_HAND: { [name: string]: (facts: Fact[]) => boolean } = {
  buyers: (facts) =>
    facts.filter(({ name, properties }) => name === 'purchase' && Number(properties['value']) >= 25).length >=
    2,
  quiet: (facts) => !facts.some(({ name, at }) => name === 'view_item' && at >= nowMs - 5 * DAY_MS),
  lapsed: (facts) => facts.some(({ name }) => name === 'purchase') && BY_HAND['quiet']!(facts),
  dropped: (facts) => {
    const view = facts.findIndex(({ name }) => name === 'view_item');
    const last = facts.map(({ name }) => name).lastIndexOf('add_to_cart');
    return view >= 0 && last > view && !facts.slice(last).some(({ name }) => name === 'purchase');
  },
  exposed: (facts) =>
    facts.some(
      ({ name, properties: { campaign, variant } }) =>
        name === '$exposure' && campaign === 'saver' && variant !== 'control',
    ),
};

let collector: TestCollector;
let facts: Fact[];
let headers: Awaited<ReturnType<TestCollector['signIn']>>;
const random = seeded(23);
const known = visitorId(random);
beforeAll(async () => {
  collector = await startCollector({
    campaigns: [{ kikubari: 1, segments: SEGMENTS, campaigns: CAMPAIGNS }],
  });
  headers = await collector.signIn();
  const world = randomWorld(7, 300, nowMs);
  facts = world.facts;
  for (const batch of world.batches) await collector.send({ ...batch, clock: [Date.now(), 0] });
});
afterAll(() => collector.remove());

function byVisitor(): Map<string, Fact[]> {
  const visitors = new Map<string, Fact[]>();
  for (const fact of facts) visitors.set(fact.visitor, [...(visitors.get(fact.visitor) ?? []), fact]);
  return visitors;
}

async function post(path: string, payload: object) {
  const answer = await collector.server.app.inject({
    method: 'POST',
    url: `/api/sites/shop/${path}`,
    headers,
    payload,
  });
  return { status: answer.statusCode, body: answer.json() };
}

describe('the size of a segment', () => {
  it.each(Object.keys(BY_HAND))('%s is what a count by hand says', async (name) => {
    const size = await collector.get<SegmentSize>(`segments/${name}/size?at=${at}`);
    const visitors = [...byVisitor()];
    const members = visitors.filter(([, own]) => BY_HAND[name]!(own));
    const persons = (list: typeof visitors) => new Set(list.map(([, [first]]) => first!.person)).size;
    expect(members.length).toBeGreaterThan(10);
    expect(size).toMatchObject({
      at,
      visitors: { in: members.length, of: 300 },
      persons: { in: persons(members), of: persons(visitors) },
      sample: null,
      unknown: [],
    });
    expect(persons(visitors)).toBeLessThan(visitors.length);
  });

  it('is the same of a condition that is not stored', async () => {
    const { body } = await post('segments/size', { condition: SEGMENTS['lapsed'], at });
    const stored = await collector.get<SegmentSize>(`segments/lapsed/size?at=${at}`);
    expect(body).toMatchObject({ visitors: stored.visitors, persons: stored.persons, sample: null });
  });

  it('at an earlier moment knows only what had happened by then', async () => {
    const then = nowMs - 10 * DAY_MS;
    const { body } = await post('segments/size', {
      condition: { event: 'purchase' },
      at: new Date(then).toISOString(),
    });
    const earlier = [...byVisitor().values()]
      .map((own) => own.filter(({ at }) => at <= then))
      .filter((own) => own.length > 0);
    const bought = earlier.filter((own) => own.some(({ name }) => name === 'purchase'));
    expect(body.visitors).toEqual({ in: bought.length, of: earlier.length });
    expect(bought.length).toBeGreaterThan(10);
  });

  it('of a sample is an estimate whose interval holds the true number', async () => {
    const exact = await collector.get<SegmentSize>(`segments/buyers/size?at=${at}`);
    const sampled = await collector.get<SegmentSize>(`segments/buyers/size?at=${at}&sample=1`);
    expect(sampled.sample!.share).toBe(0.1);
    expect(sampled.sample!.persons).toBeGreaterThan(5);
    expect(sampled.sample!.persons).toBeLessThan(60);
    expect(sampled.persons.of).toBe(exact.persons.of);
    expect(sampled.sample!.low).toBeLessThanOrEqual(exact.persons.in);
    expect(sampled.sample!.high).toBeGreaterThanOrEqual(exact.persons.in);
  });

  it('says which facts nobody has told, and takes them for missing', async () => {
    for (const [name, unknown] of [
      ['on-phones', 'device.type'],
      ['lingering', 'signal.dwell'],
    ]) {
      const size = await collector.get<SegmentSize>(`segments/${name}/size`);
      expect(size).toMatchObject({ unknown: [unknown], visitors: { in: 0 } });
    }
  });

  it('of what took long is kept as long as its key is the same', async () => {
    const cache = createSizeCache<number>(0);
    let runs = 0;
    const find = async () => (runs += 1);
    expect(await cache.get(['shop', 'a'], find)).toBe(1);
    expect(await cache.get(['shop', 'a'], find)).toBe(1);
    expect(await cache.get(['shop', 'b'], find)).toBe(2);
    const brief = createSizeCache<number>(60_000);
    await brief.get('a', find);
    expect(await brief.get('a', find)).toBe(4);
  });

  it('is found out once by all who ask for it while it is', async () => {
    const cache = createSizeCache<number>(0);
    let runs = 0;
    const ask = () => cache.get('a', async () => (runs += 1));
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  });

  it('is not kept because it waited for another', async () => {
    const cache = createSizeCache<number>(50);
    let runs = 0;
    const slow = async () => {
      await pause(100);
      return (runs += 1);
    };
    const brief = async () => (runs += 1);
    await Promise.all([cache.get('slow', slow), cache.get('brief', brief)]);
    expect(await cache.get('brief', brief)).toBe(3);
    expect(await cache.get('slow', slow)).toBe(1);
  });

  it('is not kept if it is a sample only because the time ran out', async () => {
    let [questions, takesMs] = [0, 300];
    const rows = async (sql: string) => {
      questions += 1;
      await pause(takesMs);
      return sql.includes('ORDER BY') ? [] : [{ count: 0, visitors: 0, persons: 0 }];
    };
    const context = { events: { rows }, settings: { rows: async () => [] }, site: 'slow', nowMs, asOf: at };
    const ask = async (maxMs: number) => {
      const before = questions;
      const params = { condition: { event: 'purchase' }, sample: false, maxMs };
      const size = await segmentSize(context as unknown as ReportContext, params);
      return [(size as SegmentSize).sample?.share, questions > before];
    };
    expect([await ask(-1), await ask(-1)]).toEqual([
      [0.25, true],
      [0.25, true],
    ]);
    takesMs = 150;
    expect([await ask(60_000), await ask(-1)]).toEqual([
      [undefined, true],
      [undefined, false],
    ]);
  });
});

describe('questions that take long', () => {
  it('wait for one another, but no more than four of them', async () => {
    const done: number[] = [];
    const ask = (index: number) =>
      orBusy(
        oneAtATime(async () => {
          await pause(20);
          return done.push(index);
        }),
      );
    const all = await Promise.all([0, 1, 2, 3, 4, 5, 6].map(ask));
    expect(all).toEqual([1, 2, 3, 4, 5, 'busy', 'busy']);
    expect(done).toEqual([0, 1, 2, 3, 4]);
    // One that failed is no longer in the way.
    await expect(orBusy(oneAtATime(() => Promise.reject(new Error('broken'))))).rejects.toThrow('broken');
    expect(await ask(7)).toBe(6);
  });

  it('are refused for a while when too many wait', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, () =>
        collector.server.app.inject({ url: `/api/sites/shop/segments/buyers/size?at=${at}`, headers }),
      ),
    );
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    const refused = answers.find(({ statusCode }) => statusCode === 503)!;
    expect(refused.headers['retry-after']).toBe('30');
    expect(refused.json<{ detail: string }>().detail).toContain('ask again later');
  });
});

describe('what cannot be asked', () => {
  const refused = async (path: string, payload: object) => {
    const { status, body } = await post(path, payload);
    return `${status} ${body.detail}`;
  };

  it('is refused with path, value and fix', async () => {
    const size = (condition: unknown) => refused('segments/size', { condition });
    expect(await size({ event: 'purchase', is: { gte: 1, above: 2 } })).toBe(
      '400 condition.is.above: 2 is not a known operator; use "eq", "ne", "gt", "gte", "lt", "lte", "in", "nin", "contains", "startsWith", "endsWith", "exists", "matches", "semver", "before", "after" or "every"',
    );
    expect(await size({ all: [{ event: 'purchase', within: '7 days' }] })).toContain(
      'condition.all[0].within: "7 days" is not a duration; use',
    );
    expect(await size({ segment: 'nobody' })).toContain(
      'condition.segment: "nobody" is not a segment; use "buyers"',
    );
    expect(await size('buyers')).toContain('condition: "buyers" is not a condition; it needs');
    let deep: unknown = { event: 'a' };
    for (let depth = 0; depth < 100; depth++) deep = { not: deep };
    expect(await size(deep)).toContain('nested deeper than 60 levels');
    expect(await refused('segments/size', { condition: { event: 'a' }, at: 'yesterday' })).toBe(
      '400 at: "yesterday" is not a moment; write for example "2026-05-01" or "2026-05-01T09:00:00+09:00".',
    );
    expect(await refused('segments/size', {})).toMatch(/^400 .*condition/);
    expect(await refused('explain', { campaign: 'saver' })).toMatch(/^400 .*visitor/);
    expect(
      await refused('explain', { campaign: 'saver', visitor: 'x', occasion: { trigger: 'scream' } }),
    ).toMatch(/^400 /);
  });

  it('is 404 where there is no such segment, visitor or site', async () => {
    await expect(collector.get('segments/nobody/size')).rejects.toThrow('404');
    await expect(collector.get('segments/constructor/size')).rejects.toThrow('404');
    await expect(collector.get(`segments/buyers/members/${visitorId(seeded(5))}`)).rejects.toThrow('404');
    await expect(collector.get(`segments/buyers/members/no-uuid`)).rejects.toThrow('404');
    expect((await post('explain', { campaign: 'saver', visitor: visitorId(seeded(5)) })).status).toBe(404);
    await expect(collector.get('../other/segments/buyers/size')).rejects.toThrow('404');
  });
});

describe('one visitor', () => {
  it.each(Object.keys(BY_HAND))('is in %s or not', async (name) => {
    for (const [visitor, own] of [...byVisitor()].slice(0, 8)) {
      const member = await collector.get<SegmentMember>(`segments/${name}/members/${visitor}?at=${at}`);
      expect(member).toMatchObject({ visitor, in: BY_HAND[name]!(own), unknown: [] });
    }
  });

  it('has a campaign explained over its log, in sentences, and with what the device told', async () => {
    const time = Date.now() - 60_000;
    const device = { type: 'mobile', viewportWidth: 390 };
    const events: TrackedEvent[] = [
      { name: '$session_start', time, properties: { number: 3, landing: 'https://shop.example/', device } },
      { name: '$page_view', time, properties: { url: 'https://shop.example/items/1', title: 'Tea' } },
    ];
    await collector.send(
      batchOf([rowOf(events, random, { session: 's' })], known, { clock: [Date.now(), 0] }),
    );
    const { body } = await post('explain', { campaign: 'poll', visitor: known });
    expect(body as CampaignExplanation).toMatchObject({ shown: true, gate: null, unknown: [] });
    expect(body.sentences.en[0]).toBe('"poll" is shown.');
    expect(body.sentences.ja[0]).toBe('「poll」は表示されます。');

    const exposure = { campaign: 'poll', variant: 'only', version: 1 };
    const shown = [{ name: '$exposure', time: time + 1000, properties: exposure }];
    await collector.send(
      batchOf([rowOf(shown, random, { key: 2, session: 's' })], known, { clock: [Date.now(), 0] }),
    );
    const later = await post('explain', { campaign: 'poll', visitor: known });
    expect(later.body).toMatchObject({ shown: false, gate: 'frequency' });
    const before = new Date(time + 500).toISOString();
    expect((await post('explain', { campaign: 'poll', visitor: known, at: before })).body).toMatchObject({
      shown: true,
      at: before,
    });
    const otherwise = await post('explain', {
      campaign: 'poll',
      visitor: known,
      at: before,
      occasion: { trigger: 'event', event: { name: 'purchase' } },
    });
    expect(otherwise.body).toMatchObject({ shown: false, gate: 'trigger' });
    expect((await post('explain', { campaign: 'none', visitor: known })).body).toMatchObject({
      gate: 'status',
    });
  });

  it('is on the phone it said it is', async () => {
    const member = await collector.get<SegmentMember>(`segments/on-phones/members/${known}`);
    expect(member).toMatchObject({ in: true, unknown: [] });
  });
});

describe('a log that is stored in a strange way', () => {
  it('is asked by the names the device used, and in one order over its streams', async () => {
    const own = await startCollector({ limits: { namesPerSite: 1 } });
    const time = Date.now() - 60_000;
    const step = (name: string, after: number, fields: object) =>
      rowOf([{ name, time: time + after }], random, { session: 's', origin: 'before', ...fields });
    const rows = [
      step('known', 0, { key: 1 }),
      step('view', 1000, { key: 2 }),
      step('cart', 2000, { key: 1, stream: 'other' }),
      step('buy', 3000, { key: 3 }),
    ];
    await own.send(batchOf(rows, known, { clock: [Date.now(), 0] }));
    const sizeOf = async (condition: Condition) => {
      const answer = await own.server.app.inject({
        method: 'POST',
        url: '/api/sites/shop/segments/size',
        headers: ownHeaders,
        payload: { condition },
      });
      return answer.json<SegmentSize>().visitors.in;
    };
    const ownHeaders = await own.signIn();
    expect(await sizeOf({ event: 'buy' })).toBe(1);
    expect(await sizeOf({ event: '$other' })).toBe(0);
    const sequence = (...names: string[]) => ({ sequence: names.map((event) => ({ event })) });
    expect(await sizeOf(sequence('known', 'view', 'cart', 'buy'))).toBe(1);
    expect(await sizeOf(sequence('cart', 'view'))).toBe(0);
    expect(await sizeOf(sequence('buy', 'cart'))).toBe(0);
    await own.remove();
  });
});
