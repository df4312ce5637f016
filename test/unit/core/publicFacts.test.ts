import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../src/core/conditions.js';
import { compileRules } from '../../../src/core/rules.js';
import { PUBLIC_LIMITS } from '../../../src/core/validate/publicFacts.js';
import { validateCampaignFile } from '../../../src/core/validate/campaignFile.js';
import { expandFacts, expandLog, expandOccasion, expandProgram } from '../../cases/expand.js';
import { explainOn } from './asking.js';
import { sentences } from '../../../src/core/sentences.js';

const FACTS = { rfm: { recency: '30d', frequency: 3, monetary: { high: 50_000 } }, regions: ['Kyoto'] };

/** What the check says of one audience, in a file with these public facts. */
function problemsOf(audience: unknown, facts: unknown = FACTS, more: object = {}) {
  const campaign = {
    id: 'c',
    name: 'C',
    status: 'live',
    triggers: [{ on: 'page' }],
    audience,
    variants: [
      {
        id: 'a',
        content: { format: 'banner', cards: [{ id: 'k', blocks: [{ block: 'text', text: 'Hi' }] }] },
      },
    ],
    ...more,
  };
  return validateCampaignFile({ kikubari: 1, facts, campaigns: [campaign] }).problems;
}
const AT = 'campaigns[0].audience';

describe('conditions over facts of the server, checked', () => {
  it.each<[what: string, condition: unknown]>([
    ['a fact', { fact: 'plan', is: { eq: 'gold' } }],
    ['a list', { list: 'vip' }],
    ['a list with a test', { list: 'vip', is: { eq: false } }],
    ['recency', { event: 'purchase', within: { public: 'rfm.recency' } }],
    ['frequency', { event: 'purchase', is: { gte: { public: 'rfm.frequency' } } }],
    [
      'monetary',
      { event: 'purchase', measure: 'sum', of: 'value', is: { lt: { public: 'rfm.monetary.high' } } },
    ],
    ['a list of values', { fact: 'city', is: { in: { public: 'regions' } } }],
    ['every', { fact: 'orders[].total', is: { every: { gte: { public: 'rfm.frequency' } } } }],
    [
      'steps',
      {
        sequence: [
          { event: 'view', where: { price: { gte: { public: 'rfm.monetary.high' } } } },
          { event: 'buy', within: { public: 'rfm.recency' } },
        ],
        thenNot: { event: 'back', where: { price: { gt: { public: 'rfm.frequency' } } } },
      },
    ],
  ])('lets %s pass', (_, condition) => expect(problemsOf(condition)).toEqual([]));

  it.each<[what: string, condition: unknown, path: string, message: RegExp]>([
    [
      'a fact without a name',
      { fact: '', is: { eq: 1 } },
      `${AT}.fact`,
      /"" is not a fact of the user; name one/,
    ],
    ['a fact without a test', { fact: 'plan' }, `${AT}.is`, /is not a test/],
    ['a list that is no name', { list: ['vip'] }, `${AT}.list`, /is not a list; name one such as "vip"/],
    ['a list with a further key', { list: 'vip', within: '7d' }, `${AT}.within`, /is not known here/],
    [
      'a name nothing has',
      { fact: 'ltv', is: { gte: { public: 'rfm.monetary.top' } } },
      `${AT}.is.gte.public`,
      /"rfm.monetary.top" is not a public fact; use "rfm.recency", "rfm.frequency", "rfm.monetary.high" or "regions"/,
    ],
    [
      'a value of another type',
      { fact: 'ltv', is: { gte: { public: 'regions' } } },
      `${AT}.is.gte.public`,
      /is a public fact with the value \["Kyoto"\]; what stands here must be a number or a string/,
    ],
    [
      'a window that is no duration',
      { event: 'purchase', within: { public: 'rfm.frequency' } },
      `${AT}.within.public`,
      /with the value 3; what stands here must be a duration such as "30d"/,
    ],
    [
      'a place where none may stand',
      { fact: 'plan', is: { startsWith: { public: 'rfm.recency' } } },
      `${AT}.is.startsWith`,
      /cannot be a public fact; a public fact may follow "gt", "gte", "lt", "lte", "in" or "nin"/,
    ],
  ])('refuses %s', (_, condition, path, message) => {
    const [problem, ...others] = problemsOf(condition);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ path, severity: 'error' });
    expect(problem!.message).toMatch(message);
  });

  it('warns of an object that only looks like a name', () =>
    expect(problemsOf({ fact: 'plan', is: { eq: { public: 'regions' } } })).toEqual([
      expect.objectContaining({ severity: 'warning', path: `${AT}.is.eq` }),
    ]));

  it('refuses a name in a trigger and in a goal: nothing there knows the program', () => {
    const where = { value: { gte: { public: 'rfm.frequency' } } };
    const triggers = [{ on: 'event', event: 'purchase', where }];
    const goal = { event: 'purchase', where, window: '7d' };
    const paths = problemsOf({ list: 'vip' }, FACTS, { triggers, goal }).map(({ path }) => path);
    expect(paths).toEqual(['campaigns[0].triggers[0].where.value.gte', 'campaigns[0].goal.where.value.gte']);
  });

  it.each<[what: string, facts: unknown, path: string]>([
    ['a list in place of an object', [1], 'facts'],
    ['a name with a dot', { 'rfm.high': 1 }, 'facts.rfm.high'],
    ['a name that can never be read', JSON.parse('{"__proto__": 1}'), 'facts.__proto__'],
    ['objects in a list', { a: [{ b: 1 }] }, 'facts.a[0]'],
    ['too many values', { a: Array.from({ length: PUBLIC_LIMITS.values }, (_, n) => n) }, 'facts'],
    ['too long a text', { a: 'x'.repeat(PUBLIC_LIMITS.characters) }, 'facts'],
    ['too deep ones', { a: { b: { c: { d: { e: { f: 1 } } } } } }, 'facts.a.b.c.d.e'],
  ])('refuses %s', (_, facts, path) =>
    expect(problemsOf({ list: 'vip' }, facts).map((problem) => problem.path)).toEqual([path]),
  );

  it('lets a file name facts the site has', () => {
    const campaigns = [{ id: 'c' }];
    const segments = { best: { fact: 'ltv', is: { gte: { public: 'cut' } } } };
    const told = (site: { [name: string]: unknown }) =>
      validateCampaignFile(
        { kikubari: 1, segments, campaigns },
        { segments: [], facts: site },
      ).problems.filter(({ path }) => path.startsWith('segments'));
    expect(told({})[0]!.message).toContain('define it under "facts"');
    expect(told({ cut: 1 })).toEqual([]);
  });
});

describe('conditions over facts of the server, explained', () => {
  const audience: Condition = {
    all: [
      { fact: 'plan', is: { eq: 'gold' } },
      { list: 'vip' },
      {
        event: 'purchase',
        within: { public: 'rfm.recency' },
        measure: 'sum',
        of: 'value',
        is: { gte: { public: 'rfm.monetary.high' } },
      },
    ],
  };
  const program = expandProgram({ facts: FACTS, campaigns: [{ id: 'c', audience }] });
  const log = expandLog([{ name: 'purchase', ago: '2d', properties: { value: 900 } }]);
  const tell = (facts: Parameters<typeof expandFacts>[0], language: 'en' | 'ja') =>
    sentences(explainOn(program, log, expandFacts(facts), expandOccasion(), 'c'), language).slice(1, 4);

  it('compare what was found, and name public facts beside their values', () => {
    const facts = { user: 'u', personal: { facts: { plan: 'silver' }, lists: ['vip'] } };
    expect(tell(facts, 'en')).toEqual([
      '✗ The server’s fact plan should be "gold"; found "silver".',
      '✓ Being in the list vip should be true; found true.',
      '✗ The sum of value over “purchase” in the last 30 days (the public rfm.recency) should be at least 50000 (the public rfm.monetary.high); found 900.',
    ]);
    expect(tell(facts, 'ja')).toEqual([
      '× サーバーが持つ属性 plan: 条件は「"gold" に等しい」、実際は "silver"。',
      '○ リストへの所属 vip: 条件は「true に等しい」、実際は true。',
      '× 直近 30 日間（公開値 rfm.recency）の“purchase” の value の合計: 条件は「50000（公開値 rfm.monetary.high） 以上」、実際は 900。',
    ]);
  });

  it('say why facts of the user are not known', () => {
    expect(tell({}, 'en')[0]).toContain('found nothing, because nobody is identified');
    expect(tell({ user: 'u' }, 'en')[1]).toContain('found nothing, because no facts of this user are here');
    expect(tell({}, 'ja')[0]).toContain('実際は 不明（ログインしていません）');
    expect(tell({ user: 'u' }, 'ja')[1]).toContain('実際は 不明（このユーザーの値がまだ届いていません）');
    // Of a user whose facts are known, one that is missing is merely missing.
    expect(tell({ user: 'u', personal: { facts: {}, lists: [] } }, 'en')[0]).toMatch(/found nothing\.$/);
  });

  it('keep the rule as it is written', () => {
    const { findings } = explainOn(program, log, expandFacts(), expandOccasion(), 'c');
    expect(findings.find(({ path }) => path === 'audience.all[2]')!.expected).toMatchObject({
      is: { gte: { public: 'rfm.monetary.high', value: 50_000 } },
      within: { public: 'rfm.recency', value: '30d' },
    });
  });
});

it('a program that names facts needs the chunk of what few programs need, and without it is off', () => {
  for (const audience of [
    { fact: 'plan', is: { eq: 'gold' } },
    { list: 'vip' },
    { event: 'purchase', is: { gte: { public: 'rfm.frequency' } } },
    { event: 'purchase', is: { in: { public: 'regions' } } },
    { event: 'purchase', within: { public: 'rfm.recency' } },
  ] as Condition[])
    expect(
      compileRules(expandProgram({ facts: FACTS, campaigns: [{ id: 'c', audience }] }), {}).isUnderstood,
    ).toBe(false);
});
