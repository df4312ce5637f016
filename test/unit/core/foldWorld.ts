/** Random programs: every kind of condition, clock, gate and limit that brute force knows, with dates around where a world begins. */
import fc from 'fast-check';
import type { Behaviour, Condition, Sequence, Test, TimeFact, Within } from '../../../src/core/conditions.js';
import type {
  Cap,
  Combination,
  CombinedTrigger,
  Limits,
  PublishedCampaign,
  Schedule,
  Trigger,
} from '../../../src/core/program.js';
import { WORLDS, ZONES, type World } from './worlds.js';

const MINUTE_MS = 60_000;
export const CAMPAIGNS = ['one', 'two', 'three'] as const;
export const name = fc.constantFrom('a', 'b', '$exposure');
export const kind = fc.constantFrom('x', 'y');
export const campaignId = fc.constantFrom(...CAMPAIGNS);
export const where = fc.option(
  kind.map((eq) => ({ kind: { eq } })),
  { nil: undefined },
);
/** As it is stored: what is undefined is not there. */
const asJson = <T>(drawn: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  drawn.map((value) => JSON.parse(JSON.stringify(value)) as T);
/** Now and then. */
const seldom = <T>(drawn: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: drawn });
const half = <T>(drawn: fc.Arbitrary<T>) => fc.option(drawn, { nil: undefined, freq: 2 });
const mostly = <T>(drawn: fc.Arbitrary<T>) => fc.option(drawn, { nil: undefined, freq: 4 });

/** So many minutes after the world's beginning, as authors write it. */
const dateAt = ({ start }: World, minutes: number, isTokyo = false) =>
  isTokyo
    ? `${new Date(start + (minutes + 540) * MINUTE_MS).toISOString().slice(0, 19)}+09:00`
    : new Date(start + minutes * MINUTE_MS).toISOString();

const zone = fc.constantFrom(undefined, ...ZONES);
const clock = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom('session' as const, 'ever' as const, { last: '1h' }, { last: '1d' }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      calendar: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
      zone,
    }),
  },
) as fc.Arbitrary<Cap['per']>;

const comparison = (wanted: fc.Arbitrary<string | number>): fc.Arbitrary<Test> =>
  fc.oneof(
    wanted.map((eq) => ({ eq })),
    wanted.map((gte) => ({ gte })),
    wanted.map((lt) => ({ lt })),
  );

/** The time of day where clocks are changed, a weekday, a date of these days. */
function timeCondition(world: World): fc.Arbitrary<Condition> {
  const wanted: { [fact in TimeFact]: fc.Arbitrary<string | number> } = {
    hour: fc.integer({ min: 0, max: 23 }),
    weekday: fc.integer({ min: 1, max: 7 }),
    time: fc.constantFrom('00:00', '00:30', '01:30', '02:00', '03:00', '23:30'),
    date: fc.constantFrom(-1440, 0, 1440).map((minutes) => dateAt(world, minutes).slice(0, 10)),
  };
  const facts = ['hour', 'weekday', 'time', 'date'] as const;
  return fc.oneof(
    ...facts.map((time) => fc.record({ time: fc.constant(time), zone, is: comparison(wanted[time]) })),
  );
}

function windows(world: World): fc.Arbitrary<Within | undefined> {
  return fc.constantFrom<Within | undefined>(
    undefined,
    'ever',
    'session',
    '10m',
    '1h',
    '1d',
    // With an event's own time on the edge now and then.
    { from: dateAt(world, -60) },
    { until: dateAt(world, 30, true) },
    { from: dateAt(world, -120), until: dateAt(world, 60) },
  );
}

/** Of every program that names them. */
export const PUBLIC = { window: '1h', few: 2 };
/** What the server says of a user, and what a site says of all of them. */
const serverCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom<Condition>({ list: 'l' }, { list: 'm' }),
  kind.map((eq): Condition => ({ fact: 'plan', is: { eq } })),
  fc.integer({ min: 2, max: 4 }).map((gte): Condition => ({ fact: 'orders', is: { gte } })),
  name.map((event): Condition => ({ event, within: { public: 'window' }, is: { gte: { public: 'few' } } })),
  name.map((event): Condition => ({ event, is: { lt: { public: 'few' } } })),
);

/** What the log says of the way one went, and of the cart. */
const signal: fc.Arbitrary<Condition> = fc.oneof(
  comparison(fc.integer({ min: 0, max: 2 })).map((is) => ({ signal: 'backForth' as const, is })),
  comparison(fc.integer({ min: -1, max: 6 })).map((is) => ({ signal: 'cart' as const, is })),
);
export type LogSignal = Extract<Condition, { signal: unknown }>;

/** Conditions joined by all, any and not. */
export const trees = (leaf: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> =>
  fc.letrec<{ tree: Condition; leaf: Condition }>((tie) => ({
    leaf,
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      fc.array(tie('tree'), { maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('tree'), { maxLength: 3 }).map((any) => ({ any })),
      tie('tree').map((not) => ({ not })),
    ),
  })).tree;

function conditionsOf(world: World) {
  const within = windows(world);
  const behaviour = asJson(
    fc.record({
      event: name,
      where: fc.oneof(
        where,
        campaignId.map((eq) => ({ campaign: { eq } })),
      ),
      within,
      measure: fc.constantFrom('count', 'sum', 'min', 'max', 'distinct', 'most', 'first', 'last'),
      of: fc.constantFrom('value', 'items[].price'),
      is: mostly(comparison(fc.integer({ min: -2, max: 6 }))),
    }),
  ) as fc.Arbitrary<Behaviour>;
  const step = fc.record({
    event: name,
    where,
    within: fc.constantFrom(undefined, undefined, '10m', '1h', '1d'),
    count: fc.constantFrom(undefined, 1, 2, 3),
  });
  const sequence = asJson(
    fc.record({
      sequence: fc.array(step, { minLength: 1, maxLength: 3 }),
      within,
      thenNot: mostly(fc.record({ event: name, where })),
    }),
  ) as fc.Arbitrary<Sequence>;
  const leaf = fc.oneof(
    behaviour,
    sequence,
    serverCondition,
    signal,
    asJson(timeCondition(world)),
    fc.constantFrom({ segment: 's' }, { segment: 't' }),
  );
  const tree = trees(leaf);
  // For `s` and `t`: they may not need themselves.
  return { behaviour, sequence, tree, segment: fc.oneof(behaviour, sequence) as fc.Arbitrary<Condition> };
}

/** Behaviours, sequences and signals of the log, each alone. */
export const conditions = fc.oneof(
  ...WORLDS.map((world) => {
    const { behaviour, sequence } = conditionsOf(world);
    const one = fc.oneof(behaviour, sequence, signal as fc.Arbitrary<LogSignal>);
    const some = fc.array(one, { minLength: 1, maxLength: 4 });
    return some.map((conditions) => ({ world, conditions }));
  }),
);

const schedule = (world: World): fc.Arbitrary<Schedule> =>
  fc.record({
    from: half(fc.constantFrom(-60, 0, 90).map((minutes) => dateAt(world, minutes))),
    until: half(fc.constantFrom(60, 240, 1440).map((minutes) => dateAt(world, minutes, true))),
    weekdays: half(fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 4 })),
    hours: half(
      fc.constantFrom(
        { from: '09:00', until: '18:00' },
        { from: '22:00', until: '06:00' },
        { from: '01:30', until: '02:30' },
        { from: '03:00', until: '00:30' },
      ),
    ),
    zone,
  });

const PARTS: CombinedTrigger[] = [
  { on: 'event', event: 'a' },
  { on: 'event', event: 'b' },
  { on: 'event', event: 'b', where: { kind: { eq: 'x' } } },
  { on: 'dwell', seconds: 20 },
];
// Combinations of what is seldom in a log would come together in hardly any.
const part = fc.constantFrom<CombinedTrigger>(
  ...PARTS,
  ...PARTS,
  ...PARTS,
  { on: 'backForth' },
  { on: 'backForth', times: 2 },
);
export const combination: fc.Arbitrary<Combination> = fc.record({
  on: fc.constantFrom('all' as const, 'then' as const),
  of: fc.array(part, { minLength: 1, maxLength: 3 }),
  within: fc.constantFrom(undefined, 'session', 'ever', '10m', '1h'),
  delay: fc.constantFrom(undefined, undefined, '10m', '1h'),
});

const simple = fc.constantFrom<Trigger[]>(
  [{ on: 'page' }],
  [{ on: 'page' }],
  [{ on: 'page' }],
  [{ on: 'exit' }, { on: 'page' }],
  [
    { on: 'page', page: { startsWith: '/items' } },
    { on: 'event', event: 'a' },
  ],
  [{ on: 'event', event: 'b', where: { kind: { eq: 'x' } } }, { on: 'page' }],
  [{ on: 'dwell', seconds: 20 }, { on: 'manual' }, { on: 'page' }],
  [{ on: 'backForth' }],
  [{ on: 'backForth', times: 2 }, { on: 'exit' }],
);
const trigger = fc.oneof(
  { weight: 2, arbitrary: simple },
  { weight: 1, arbitrary: fc.tuple(combination, combination) },
  { weight: 1, arbitrary: fc.tuple(combination, simple).map(([one, others]) => [one, ...others]) },
);
const variant = (id: string, weight?: number) => ({
  id,
  weight,
  content: { format: 'banner' as const, cards: [] },
});

const STOPPED = { by: 'responses' as const, limit: 1, at: '2026-04-01T00:00:00.000Z' };

function campaign(world: World, audience: fc.Arbitrary<Condition>): fc.Arbitrary<Partial<PublishedCampaign>> {
  const cap: fc.Arbitrary<Cap> = fc.record({
    count: fc.integer({ min: 1, max: 3 }),
    per: clock,
    of: fc.constantFrom(undefined, 'exposure', 'goal', 'close'),
  });
  return fc.record({
    status: fc
      .integer({ min: 0, max: 9 })
      .map((drawn) => (drawn === 9 ? ('paused' as const) : ('live' as const))),
    schedule: seldom(schedule(world)),
    purpose: fc.constantFrom(undefined, undefined, 'survey'),
    triggers: trigger,
    audience: fc.oneof(
      fc.constant(undefined),
      audience,
      audience.map((not) => ({ not })),
    ),
    rollout: fc.constantFrom(undefined, undefined, undefined, 0.4),
    caps: mostly(fc.array(cap, { maxLength: 2 })),
    group: fc.constantFrom(undefined, 'g'),
    tags: fc.constantFrom(undefined, ['t'], ['u', 't']),
    attention: fc.constantFrom(undefined, 0, 3),
    priority: fc.integer({ min: 0, max: 2 }),
    control: fc.constantFrom(undefined, 0, 0.3),
    variants: fc.constantFrom(
      [variant('x')],
      [variant('x', 3), variant('y')],
      [variant('y', 0.5), variant('z', 0)],
      [],
    ),
    stop: fc.constantFrom(undefined, undefined, { goals: 1, responses: 1 }, { harm: true }),
    stopped: fc.integer({ min: 0, max: 9 }).map((drawn) => (drawn === 9 ? STOPPED : undefined)),
    goal: fc.record({ event: fc.constantFrom('a', 'b'), where, window: fc.constant('7d') }),
  });
}

const limits: fc.Arbitrary<Limits> = fc.record({
  caps: fc.array(fc.record({ count: fc.integer({ min: 1, max: 6 }), per: clock }), { maxLength: 1 }),
  tags: fc.record({
    t: fc.array(fc.record({ count: fc.integer({ min: 1, max: 4 }), per: clock }), { maxLength: 1 }),
  }),
  attention: half(fc.record({ budget: fc.integer({ min: 1, max: 9 }), per: clock })),
  holdOut: fc.constantFrom(undefined, undefined, 0.3),
});

/** Three campaigns, two segments, limits. */
export const programs = fc.oneof(
  ...WORLDS.map((world) => {
    const { tree, segment } = conditionsOf(world);
    const one = campaign(world, tree);
    const made = fc.record({
      segments: fc.record({ s: segment, t: segment }),
      campaigns: fc.tuple(one, one, one),
      limits,
    });
    return asJson(made).map((program) => ({ world, program }));
  }),
);
