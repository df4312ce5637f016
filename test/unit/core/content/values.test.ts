/** What texts may say of the visitor's past. */
import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../../src/core/decision.js';
import type { Json, Properties } from '../../../../src/core/events.js';
import { createCompiler } from '../../../../src/core/evaluate.js';
import { createPast, pastOf } from '../../../../src/core/fold.js';
import { ALL_KINDS } from '../../../../src/core/kinds.js';
import type { Program } from '../../../../src/core/program.js';
import { compileRules, createAtoms } from '../../../../src/core/rules.js';
import { compileValues } from '../../../../src/core/values.js';
import { decideOn } from '../asking.js';
import { expandFacts, expandOccasion, NOW, SESSION } from '../../../cases/expand.js';
import { campaignOf, saying } from './content.fixture.js';

const DAY = 86_400_000;
const viewed = (name: Json, price: Json, daysAgo: number, at: number, session = SESSION) => ({
  name: 'view_item',
  time: NOW - daysAgo * DAY,
  properties: { name, price, category: daysAgo > 10 ? 'tea' : 'cup' } as Properties,
  session,
  id: `event-${at}`,
  sequence: [at, 0] as [number, number],
});
const LOG = [
  viewed('sencha', 1000, 20, 1, 'before'),
  viewed('matcha', 3000.5, 12, 2, 'before'),
  viewed('bowl', 500, 1, 3),
  viewed('sencha', 1000, 0, 4),
];

interface Asked {
  facts?: Facts;
  publicFacts?: Properties;
  log?: typeof LOG;
}

/** What is read of the values, and how many were not understood. */
function read(values: object, { facts = expandFacts(), publicFacts, log = LOG }: Asked = {}) {
  const atoms = createAtoms();
  // What a program with such campaigns has learnt.
  createCompiler({}, atoms.register, ALL_KINDS);
  const faults = { count: 0, isPersonal: false };
  const reader = compileValues(values as never, atoms.register, faults, publicFacts);
  const found = reader(log.length ? pastOf(atoms, log) : createPast(atoms), facts, NOW);
  return { found, faults: faults.count, isPersonal: faults.isPersonal };
}
const one = (value: object, asked?: Asked) => read({ it: value }, asked).found.it;
const measured = (measure: string, of = 'price', more = {}) =>
  one({ event: 'view_item', measure, of, ...more });

describe('compileValues', () => {
  it('measures what was done', () => {
    expect(one({ event: 'view_item' })).toBe(4);
    expect(one({ event: 'view_item', measure: 'count' })).toBe(4);
    expect(measured('sum')).toBe(5500.5);
    expect(measured('min')).toBe(500);
    expect(measured('max')).toBe(3000.5);
    expect(measured('distinct', 'name')).toBe(3);
    expect(measured('most', 'name')).toBe(2);
    expect(measured('first', 'name')).toBe('sencha');
    expect(measured('last', 'name')).toBe('sencha');
    expect(measured('last', 'price')).toBe(1000);
  });

  it('measures where, and within what time', () => {
    const where = { category: { eq: 'tea' } };
    expect(measured('last', 'name', { where })).toBe('matcha');
    expect(measured('sum', 'price', { within: '7d' })).toBe(1500);
    expect(measured('first', 'name', { within: 'session' })).toBe('bowl');
    expect(one({ event: 'view_item', within: 'session' })).toBe(2);
    const until = new Date(NOW - 10 * DAY).toISOString();
    expect(one({ event: 'view_item', within: { until } })).toBe(2);
  });

  it('reads what is the last, or the first, of one event, and leaves out what that lacks', () => {
    const { properties: _, ...pot } = viewed('pot', 0, 0, 5);
    const log = [
      ...LOG,
      { ...pot, properties: { name: 'pot' } },
      { ...pot, id: 'e6', sequence: [5, 1], properties: {} },
    ];
    const of = (measure: string, of: string, more = {}) => ({ event: 'view_item', measure, of, ...more });
    const where = { category: { exists: true } };
    const values = {
      name: of('last', 'name'),
      price: of('last', 'price'),
      size: of('last', 'size'),
      recent: of('last', 'name', { where }),
      dear: of('last', 'price', { where, within: '7d' }),
      oldest: of('first', 'size'),
      first: of('first', 'name'),
      highest: of('max', 'price'),
    };
    expect(read(values, { log: log as typeof LOG })).toMatchObject({
      found: {
        name: 'pot',
        price: undefined,
        size: undefined,
        recent: 'sencha',
        dear: 1000,
        oldest: undefined,
        first: 'sencha',
        highest: 3000.5,
      },
      faults: 0,
    });
    // Alone it asks for the last that there is, as a condition does.
    expect(one(of('last', 'price'), { log: log as typeof LOG })).toBe(1000);
    expect(read({ name: values.name, odd: { ...values.price, of: 7 } }, { log: log as typeof LOG })).toEqual({
      found: { name: 'pot', odd: undefined },
      faults: 1,
      isPersonal: false,
    });
  });

  it('says nothing of what never happened, but how often', () => {
    const never = (value: object) => one({ event: 'purchase', ...value }, { log: [] });
    expect(never({})).toBe(0);
    expect(never({ measure: 'last', of: 'name' })).toBeUndefined();
    expect(never({ measure: 'max', of: 'value' })).toBeUndefined();
    expect(measured('last', 'colour')).toBeUndefined();
  });

  it('reads facts of the user, once they are here', () => {
    const facts = {
      ...expandFacts(),
      user: 'u1',
      personal: { facts: { plan: 'gold', address: { city: '京都' }, tags: ['a', 'b'] }, lists: [] },
    };
    const values = {
      plan: { fact: 'plan' },
      city: { fact: 'address.city' },
      tag: { fact: 'tags[]' },
      no: { fact: 'no' },
    };
    expect(read(values, { facts })).toEqual({
      found: { plan: 'gold', city: '京都', tag: 'a', no: undefined },
      faults: 0,
      isPersonal: true,
    });
    expect(read(values).found).toEqual({ plan: undefined, city: undefined, tag: undefined, no: undefined });
    expect(read({ it: { event: 'a' } }).isPersonal).toBe(false);
  });

  it('puts public facts where they are named', () => {
    const value = {
      event: 'view_item',
      within: { public: 'days' },
      where: { price: { gte: { public: 'high' } } },
    };
    const publicFacts = { days: '15d', high: 1000 };
    expect(read({ it: value }, { publicFacts })).toMatchObject({ found: { it: 2 }, faults: 0 });
    expect(read({ it: value })).toMatchObject({ found: { it: undefined }, faults: 1 });
  });

  it.each<[what: string, value: unknown]>([
    ['a measure nobody has heard of', { event: 'view_item', measure: 'median', of: 'price' }],
    ['a measure that is a method of all objects', { event: 'view_item', measure: 'toString', of: 'price' }],
    ['the prototype of measures', { event: 'view_item', measure: '__proto__', of: 'price' }],
    ['a measure of nothing', { event: 'view_item', measure: 'sum' }],
    ['a comparison', { event: 'view_item', where: { name: { resembles: 'tea' } } }],
    ['a window', { event: 'view_item', within: 'fortnight' }],
    ['a key', { event: 'view_item', unless: { event: 'purchase' } }],
    ['a kind of value', { list: 'vip' }],
    ['a fact without a name', { fact: 7 }],
    ['null', null],
    ['a text', 'view_item'],
  ])('takes %s that is not understood for a fault, and the others are read', (_, value) => {
    expect(read({ strange: value, it: { event: 'view_item' } })).toMatchObject({
      found: { strange: undefined, it: 4 },
      faults: 1,
    });
  });

  it('reads no prototype', () => {
    expect(measured('last', '__proto__.toString')).toBeUndefined();
    expect(measured('last', 'constructor.name')).toBeUndefined();
    expect(one({ fact: 'constructor.name' })).toBeUndefined();
    expect(one({ fact: 'toString' })).toBeUndefined();
    const { found } = read(JSON.parse('{"__proto__": {"event": "view_item"}}') as object);
    expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
    expect(Object.keys(found)).toEqual(['__proto__']);
  });
});

describe('the values of a program', () => {
  const program = (values: unknown): Program => ({
    schema: 1,
    site: 'shop',
    version: 1,
    segments: {},
    facts: { high: 1000 },
    campaigns: [
      { ...campaignOf(saying('Hi'), { values }), version: 1 },
      { ...campaignOf(saying('Hi'), { id: 'two', values: undefined }), version: 1 },
    ],
  });

  it('are made ready with its public facts, for campaigns that have some', () => {
    const where = { price: { gt: { public: 'high' } } };
    const rules = compileRules(program({ dear: { event: 'view_item', where } }), ALL_KINDS);
    expect([rules.isUnderstood, rules.campaigns.map(({ values }) => !!values)]).toEqual([
      true,
      [true, false],
    ]);
    const past = pastOf(rules.atoms, LOG);
    expect(rules.campaigns[0]!.values!(past, expandFacts(), NOW)).toEqual({ dear: 1 });
  });

  it('keep no campaign from being shown, nor do limits that say whether personal data may be asked for', () => {
    const limits = { contacts: true };
    const occasion = { ...expandOccasion({ trigger: 'manual' }), campaign: 'one' };
    for (const asked of [program({ times: { event: 'view_item' } }), program(undefined)]) {
      const { winner } = decideOn({ ...asked, limits }, LOG, expandFacts(), occasion);
      expect(winner).toEqual({ campaign: 'one', variant: 'a' });
    }
  });

  it('that are not understood leave all campaigns as they are', () => {
    const rules = compileRules(program({ strange: { list: 'vip' } }), ALL_KINDS);
    expect([rules.isUnderstood, rules.campaigns.length]).toEqual([false, 2]);
    const past = pastOf(rules.atoms, LOG);
    expect(rules.campaigns[0]!.values!(past, expandFacts(), NOW)).toEqual({ strange: undefined });
  });

  it('are not understood without what reads them', () => {
    const rules = compileRules(program({ times: { event: 'view_item' } }), {});
    expect([rules.isUnderstood, rules.campaigns[0]!.values]).toEqual([false, undefined]);
  });
});
