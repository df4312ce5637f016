import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backtest } from '../../../../src/collector/api.js';
import { createBreath } from '../../../../src/collector/evaluate/breath.js';
import { compileForLogs } from '../../../../src/collector/evaluate/explanation.js';
import { replayVisitor } from '../../../../src/collector/evaluate/replay.js';
import type { Condition } from '../../../../src/core/conditions.js';
import type { PastEvent } from '../../../../src/core/decision.js';
import type { TrackedEvent } from '../../../../src/core/events.js';
import type { Campaign, Combination } from '../../../../src/core/program.js';
import { expandFacts, expandProgram } from '../../../cases/expand.js';
import { decideOn } from '../../core/asking.js';
import { batchOf, rowOf, seeded, visitorId } from '../batches.js';
import { startCollector, type TestCollector } from '../collector.js';
import { CAMPAIGNS, randomWorld, type Fact } from '../reports/world.js';

const DAY_MS = 86_400_000;
const nowMs = Date.now();
const until = new Date(nowMs).toISOString();
const days = (count: number) => new Date(nowMs - count * DAY_MS).toISOString();
const random = seeded(31);

const content = { format: 'modal' as const, cards: [] };
const campaignOf = (fields: Partial<Campaign>): Campaign => ({
  id: 'try',
  name: 'Try',
  status: 'draft',
  triggers: [{ on: 'page' }],
  variants: [
    { id: 'a', content: { ...content, cards: [{ id: 'c', blocks: [{ block: 'text', text: 'Hi' }] }] } },
  ],
  ...fields,
});

let collector: TestCollector;
let headers: Awaited<ReturnType<TestCollector['signIn']>>;

async function post(site: string, payload: object) {
  const url = `/api/sites/${site}/backtest`;
  const answer = await collector.server.app.inject({ method: 'POST', url, headers, payload });
  return { status: answer.statusCode, body: answer.json() };
}

async function backtest(fields: Partial<Campaign>, dates: object = {}): Promise<Backtest> {
  const { status, body } = await post('shop', { campaign: campaignOf(fields), until, ...dates });
  if (status !== 200) throw new Error(`${status} ${body.detail}`);
  return body;
}

beforeAll(async () => {
  collector = await startCollector({ campaigns: [{ kikubari: 1, campaigns: CAMPAIGNS }] });
  headers = await collector.signIn();
});
afterAll(() => collector.remove());

/** One visitor's page: its view, events on it, and how it was left. */
interface Visited {
  daysAgo: number;
  session: string;
  seconds: number;
  leave?: object;
  events?: { after: number; name: string; properties?: object }[];
}

let keys = 0;
function rowsOf({ daysAgo, session, seconds, leave = {}, events = [] }: Visited) {
  const start = nowMs - daysAgo * DAY_MS;
  const url = 'https://shop.example/tea';
  const page = `page-${(keys += 1)}`;
  const all = [
    { name: '$page_view', time: start, properties: { url, path: '/tea', title: 'Tea' } },
    ...events.map(({ after, ...event }) => ({ ...event, time: start + after * 1000 })),
    { name: '$page_leave', time: start + seconds * 1000, properties: { url, scroll: 0, ...leave } },
  ];
  return all.map((event) =>
    rowOf([event as TrackedEvent], random, { key: (keys += 1), page, session, origin: 'before' }),
  );
}

async function visit(pages: Visited[]): Promise<string> {
  const visitor = visitorId(random);
  const rows = pages.flatMap(rowsOf);
  await collector.send(batchOf(rows, visitor, { clock: [Date.now(), 0] }));
  return visitor;
}

describe('a backtest of visits by hand', () => {
  beforeAll(async () => {
    const page = (daysAgo: number, session: string): Visited => ({ daysAgo, session, seconds: 20 });
    // Three sessions of two pages each.
    await visit([5, 4, 3].flatMap((day) => [page(day, `s${day}`), page(day - 0.001, `s${day}`)]));
    // One page, left after a minute, half scrolled, with a sign of leaving; bought after 40 s.
    await visit([
      {
        daysAgo: 2,
        session: 's2',
        seconds: 60,
        leave: { scroll: 55, exit: true },
        events: [{ after: 40, name: 'purchase', properties: { value: 10 } }],
      },
    ]);
    // Who looked at tea 100 days ago, and was here again.
    await visit([
      {
        daysAgo: 100,
        session: 'old',
        seconds: 5,
        events: [{ after: 1, name: 'view_item', properties: { item: 'tea' } }],
      },
      { daysAgo: 2, session: 'new', seconds: 5 },
    ]);
    // Who has really been shown it, before the time and in it.
    const shown = { after: 2, name: '$exposure', properties: { campaign: 'real', variant: 'a', version: 1 } };
    await visit([
      { daysAgo: 20, session: 'r1', seconds: 9, events: [shown] },
      { daysAgo: 6, session: 'r2', seconds: 9, events: [shown] },
      { daysAgo: 5, session: 'r3', seconds: 9 },
    ]);
  });

  it('counts exposures by session, and its own exposures towards its caps', async () => {
    const once = await backtest({}, { from: days(10) });
    expect(once).toMatchObject({ exposures: 7, occasions: 10, sample: null, unknown: [] });
    expect(once.persons).toEqual({ replayed: 4, exposed: 4, shown: 4 });
    expect(once.gates).toEqual([{ gate: 'frequency', occasions: 3, persons: 1 }]);
    expect(once.arms).toEqual([{ variant: 'a', persons: 4 }]);
    expect(once.daily.length).toBe(11);
    expect(once.daily.reduce((sum, day) => sum + day.exposures, 0)).toBe(7);
    const twice = await backtest({ caps: [{ count: 2, per: 'ever' }] }, { from: days(10) });
    expect(twice).toMatchObject({ exposures: 6, persons: { exposed: 4 } });
    expect(twice.gates).toEqual([{ gate: 'frequency', occasions: 4, persons: 1 }]);
    const unlimited = await backtest({ caps: [] }, { from: days(10) });
    expect(unlimited).toMatchObject({ exposures: 10, gates: [] });
  });

  it('waits for several things together, and for as long as it says, though no device waited for them', async () => {
    const exposed = async (combination: Partial<Combination>) => {
      const trigger: Combination = { on: 'all', of: [{ on: 'event', event: 'purchase' }], ...combination };
      const { exposures } = await backtest({ caps: [], triggers: [trigger] }, { from: days(2.5) });
      return exposures;
    };
    const purchase = { on: 'event' as const, event: 'purchase' };
    const dwell = (seconds: number) => ({ on: 'dwell' as const, seconds });
    expect(await exposed({ of: [dwell(30), purchase] })).toBe(1);
    expect(await exposed({ of: [dwell(50), purchase] })).toBe(1);
    expect(await exposed({ of: [dwell(61), purchase] })).toBe(0);
    expect(await exposed({ on: 'then', of: [dwell(30), purchase] })).toBe(1);
    expect(await exposed({ on: 'then', of: [dwell(50), purchase] })).toBe(0);
    expect(await exposed({ on: 'then', of: [purchase, { on: 'exit' }], within: '20s' })).toBe(1);
    expect(await exposed({ on: 'then', of: [purchase, { on: 'exit' }], within: '19s' })).toBe(0);
    expect(await exposed({ of: [purchase, { on: 'scroll', percent: 50, page: { eq: '/tea' } }] })).toBe(1);
    expect(await exposed({ of: [purchase, { on: 'scroll', percent: 50, page: { eq: '/' } }] })).toBe(0);
    // Bought after 40 s, left after 60 s.
    expect(await exposed({ delay: '20s' })).toBe(1);
    expect(await exposed({ delay: '21s' })).toBe(0);
    const unseen = await backtest({ triggers: [{ on: 'all', of: [{ on: 'visible', selector: '#a' }] }] });
    expect(unseen.unknown).toEqual(['trigger.visible']);
  });

  it('knows from how a page was left that somebody stayed, scrolled, and was about to leave', async () => {
    const exposed = async (fields: Partial<Campaign>) => {
      const { exposures } = await backtest({ caps: [], ...fields }, { from: days(2.5) });
      return exposures;
    };
    expect(await exposed({ triggers: [{ on: 'dwell', seconds: 30 }] })).toBe(1);
    expect(await exposed({ triggers: [{ on: 'dwell', seconds: 61 }] })).toBe(0);
    expect(await exposed({ triggers: [{ on: 'scroll', percent: 50 }] })).toBe(1);
    expect(await exposed({ triggers: [{ on: 'scroll', percent: 60 }] })).toBe(0);
    expect(await exposed({ triggers: [{ on: 'exit' }] })).toBe(1);
    expect(
      await exposed({ triggers: [{ on: 'event', event: 'purchase', where: { value: { gt: 9 } } }] }),
    ).toBe(1);
    expect(
      await exposed({ triggers: [{ on: 'event', event: 'purchase', where: { value: { gt: 10 } } }] }),
    ).toBe(0);
    // At 30 s the purchase is still to come, at 50 s it is there.
    const audience = { event: 'purchase', within: 'session' };
    expect(await exposed({ triggers: [{ on: 'dwell', seconds: 30 }], audience })).toBe(0);
    expect(await exposed({ triggers: [{ on: 'dwell', seconds: 50 }], audience })).toBe(1);
    const lingering = { signal: 'dwell' as const, is: { gte: 40 } };
    expect(await exposed({ triggers: [{ on: 'event', event: 'purchase' }], audience: lingering })).toBe(1);
  });

  it('forgets what the device has forgotten', async () => {
    const exposed = async (audience: Campaign['audience']) =>
      (await backtest({ audience }, { from: days(2.5) })).exposures;
    const tea = { event: 'view_item', where: { item: { eq: 'tea' } } };
    // Of 100 days ago there are counts by day left, but no properties.
    expect(await exposed(tea)).toBe(0);
    expect(await exposed({ not: tea })).toBe(1);
    expect(await exposed({ event: 'view_item' })).toBe(1);
  });

  it('writes its exposures with the version that a device would have had', async () => {
    const exposedTo = async (id: string, version: number) => {
      const before: Condition = {
        event: '$exposure',
        where: { campaign: { eq: id }, version: { eq: version } },
      };
      const { exposures } = await backtest({ id, caps: [], audience: { not: before } }, { from: days(10) });
      return exposures;
    };
    // Once for each person who was there, and each time of a version nobody has seen.
    expect([await exposedTo('try', 1), await exposedTo('try', 2)]).toEqual([4, 10]);
    for (const status of ['paused', 'live']) {
      const url = '/api/sites/shop/campaigns/poll/status';
      await collector.server.app.inject({ method: 'PUT', url, headers, payload: { status } });
    }
    expect([await exposedTo('poll', 1), await exposedTo('poll', 3)]).toEqual([10, 4]);
  });

  it('takes real exposures before its time for the past, and those in it for none', async () => {
    const audience = { event: '$page_view', where: { path: { eq: '/tea' } } };
    const real = { id: 'real', audience, caps: [{ count: 1, per: 'ever' as const }] };
    const all = await backtest(real, { from: days(10) });
    expect(all.persons.exposed).toBe(3);
    const later = await backtest({ ...real, caps: [{ count: 1, per: { last: '10d' } }] }, { from: days(10) });
    expect(later.persons.exposed).toBe(4);
    expect(later.gates.map(({ gate }) => gate)).toEqual(['frequency']);
    // After 2 s it has really been shown, in the session where the replay comes to 5 s.
    const slow = await backtest({ id: 'real', triggers: [{ on: 'dwell', seconds: 5 }] }, { from: days(10) });
    expect(slow).toMatchObject({ exposures: 7, persons: { exposed: 4 } });
  });

  it('counts who sees nothing, and says what no log tells', async () => {
    const half = await backtest({ control: 0.5, caps: [] }, { from: days(10) });
    expect(half.arms.reduce((sum, { persons }) => sum + persons, 0)).toBe(4);
    const inControl = half.arms.find(({ variant }) => variant === 'control')?.persons ?? 0;
    expect(half.persons.shown).toBe(4 - inControl);
    const strange = await backtest({
      triggers: [{ on: 'visible', selector: '#a' }, { on: 'manual' }],
      caps: [{ count: 1, per: 'ever', of: 'close' }],
      audience: { device: 'os', is: { eq: 'iOS' } },
    });
    expect(strange).toMatchObject({
      exposures: 0,
      unknown: ['device.os', 'event.$close of try', 'trigger.manual', 'trigger.visible'],
    });
  });

  it('refuses what cannot be replayed with path, value and fix', async () => {
    const refusal = async (payload: object) => {
      const { status, body } = await post('shop', payload);
      return `${status} ${body.detail}`;
    };
    const campaign = campaignOf({});
    expect(await refusal({ campaign: { ...campaign, caps: [{ count: 0, per: 'session' }] } })).toBe(
      '400 campaign.caps[0].count: 0 is not a count; use a whole number of 1 or more',
    );
    expect(await refusal({ campaign: { ...campaign, audience: { segment: 'nobody' } } })).toContain(
      'campaign.audience.segment: "nobody" is not a segment; define it',
    );
    expect(await refusal({ campaign: 'try' })).toContain('400 campaign: "try" is not an object');
    expect(await refusal({ campaign, from: days(1), until: days(2) })).toContain('is not before "until"');
    expect(await refusal({ campaign, from: days(120) })).toContain('is more than 92 days before the end');
    expect(await refusal({ campaign, from: 'monday' })).toContain('from: "monday" is not a moment');
    expect(await refusal({})).toMatch(/^400 .*campaign/);
    expect((await post('other', { campaign })).status).toBe(404);
  });
});

describe('a backtest of 300 random visitors', () => {
  it('decides as core does over each of their pasts', async () => {
    const random = await startCollector({ campaigns: [{ kikubari: 1, campaigns: CAMPAIGNS }] });
    const world = randomWorld(13, 300, nowMs);
    for (const batch of world.batches) await random.send({ ...batch, clock: [Date.now(), 0] });
    const campaign = campaignOf({
      triggers: [{ on: 'event', event: 'add_to_cart', where: { value: { gte: 10 } } }, { on: 'page' }],
      audience: {
        any: [
          { event: 'view_item', within: '3d' },
          { event: '$click', within: 'session' },
        ],
      },
      caps: [
        { count: 2, per: { last: '4d' } },
        { count: 1, per: 'session' },
      ],
      control: 0.2,
    });
    const from = nowMs - 9 * DAY_MS;
    const payload = { campaign, from: new Date(from).toISOString(), until };
    const answer = await random.server.app.inject({
      method: 'POST',
      url: '/api/sites/shop/backtest',
      headers: await random.signIn(),
      payload,
    });
    const result = answer.json<Backtest>();
    await random.remove();
    expect(result).toMatchObject(byHand(world.facts, campaign, from));
    expect(result.exposures).toBeGreaterThan(50);
    expect(result.gates.map(({ gate }) => gate)).toEqual(['trigger', 'audience', 'frequency']);
  });
});

it('over a very long log lets others go on meanwhile', async () => {
  const campaign = { ...campaignOf({ status: 'live' }), version: 1 };
  const program = compileForLogs(expandProgram({ campaigns: [campaign] }));
  const events = Array.from({ length: 5000 }, (_, index) => ({
    name: '$page_view',
    properties: { path: `/${index}` },
    time: nowMs + index * 60_000,
    id: `${index}`,
    sequence: [index + 1, 0] as [number, number],
    session: `s${Math.floor(index / 20)}`,
    page: `page-${index}`,
    zone: 0,
  }));
  let turns = 0;
  const others = setInterval(() => (turns += 1), 1);
  let outcomes = 0;
  await replayVisitor(
    { visitor: 'v', person: 'p', user: null, events },
    { program, campaign, from: 0, until: Infinity, isPinned: () => false },
    () => (outcomes += 1),
    createBreath(),
  );
  clearInterval(others);
  expect(outcomes).toBe(5000);
  expect(turns).toBeGreaterThan(5);
});

/** The same as a loop that asks `decide` of the whole log again and again. */
function byHand(facts: readonly Fact[], campaign: Campaign, from: number) {
  const program = expandProgram({ campaigns: [{ ...campaign, status: 'live' }] });
  const logs = new Map<string, Fact[]>();
  for (const fact of facts) logs.set(fact.visitor, [...(logs.get(fact.visitor) ?? []), fact]);
  const gates = new Map<string, number>();
  let [exposures, occasions] = [0, 0];
  const exposed = new Set<string>();
  for (const [visitor, log] of logs) {
    const past: PastEvent[] = [];
    const push = (name: string, { at, properties, session }: Pick<Fact, 'at' | 'properties' | 'session'>) =>
      past.push({
        name,
        time: at,
        properties,
        session,
        id: `${past.length}`,
        sequence: [past.length + 1, 0],
      });
    for (const fact of log) {
      push(fact.name, fact);
      const isPage = fact.name === '$page_view';
      if (fact.at < from || !(isPage || fact.name === 'add_to_cart')) continue;
      const occasion = isPage
        ? { now: fact.at, trigger: 'page' as const }
        : { now: fact.at, trigger: 'event' as const, event: past.at(-1)! };
      const present = { ...expandFacts({ visit: { session: fact.session } }), visitor };
      const { winner, verdicts } = decideOn(program, past, present, occasion);
      occasions += 1;
      const { gate } = verdicts[0]!;
      if (gate) gates.set(gate, (gates.get(gate) ?? 0) + 1);
      if (!winner) continue;
      exposures += 1;
      exposed.add(fact.person);
      push('$exposure', { ...fact, properties: { campaign: campaign.id, variant: winner.variant } });
    }
  }
  return {
    exposures,
    occasions,
    persons: { exposed: exposed.size },
    gates: ['trigger', 'audience', 'frequency'].map((gate) => ({ gate, occasions: gates.get(gate) })),
  };
}
