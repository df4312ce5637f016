/** Changes that are easily overlooked: found, made, and decided again; and what is said where not all was tried. */
import { describe, expect, it, vi } from 'vitest';
import type { Alteration } from '../../../src/core/change.js';
import type { Condition, Test } from '../../../src/core/conditions.js';
import { explain } from '../../../src/core/explain.js';
import { pastOf } from '../../../src/core/fold.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import { examplesOf } from '../../../src/core/patternExample.js';
import type { PublishedCampaign } from '../../../src/core/program.js';
import { recall } from '../../../src/core/recall.js';
import { compileRules } from '../../../src/core/rules.js';
import { sentences } from '../../../src/core/sentences.js';
import {
  expandFacts,
  expandLog,
  expandOccasion,
  expandProgram,
  NOW,
  type CaseEvent,
} from '../../cases/expand.js';
import { applied, type Situation } from './applied.js';
import { explainOn } from './asking.js';

const DAY = 86_400_000;

function situationOf(campaign: Partial<PublishedCampaign>, log: CaseEvent[] = [], facts = {}): Situation {
  return {
    program: expandProgram({ campaigns: [{ id: 'c', ...campaign }] }),
    log: expandLog(log),
    facts: expandFacts(facts),
    occasion: expandOccasion(),
  };
}

const explained = ({ program, log, facts, occasion }: Situation) =>
  explainOn(program, log, facts, occasion, 'c');

/** What would make the campaign shown, after it was made sure that it does. */
function changeOf(campaign: Partial<PublishedCampaign>, log?: CaseEvent[], facts?: object): Alteration[] {
  const situation = situationOf(campaign, log, facts);
  const { changes, shown } = explained(situation);
  expect(shown).toBe(false);
  if (changes[0]?.kind !== 'none') expect(explained(applied(situation, changes, 'c')).shown).toBe(true);
  return changes.map(({ gate: _, ...alteration }) => alteration);
}

const p = (ago: string, v?: number): CaseEvent => ({
  name: 'p',
  ago,
  ...(v !== undefined && { properties: { v } }),
});
const inWeek = (more: object): Condition => ({ event: 'p', within: '7d', ...more });

describe('to wait until some of the events have left the window', () => {
  const after = (ms: number): Alteration[] => [{ kind: 'wait', until: NOW + ms + 1 }];
  it.each<[string, Condition, CaseEvent[], Alteration[]]>([
    ['one of two', inWeek({ is: { eq: 1 } }), [p('6d'), p('1d')], after(DAY)],
    ['one of three', inWeek({ is: { gte: 1, lte: 2 } }), [p('6d'), p('3d'), p('1d')], after(DAY)],
    ['two of three', inWeek({ is: { gte: 1, lte: 1 } }), [p('6d'), p('3d'), p('1d')], after(4 * DAY)],
    [
      'the largest',
      inWeek({ measure: 'max', of: 'v', is: { lte: 5 } }),
      [p('6d', 9), p('1d', 1)],
      after(DAY),
    ],
    [
      'the smallest',
      inWeek({ measure: 'min', of: 'v', is: { gte: 5 } }),
      [p('6d', 1), p('1d', 9)],
      after(DAY),
    ],
    [
      'one of two values',
      inWeek({ measure: 'distinct', of: 'v', is: { eq: 1 } }),
      [p('6d', 1), p('2d', 2)],
      after(DAY),
    ],
    ['one that another segment denies', { not: inWeek({ is: { ne: 1 } }) }, [p('6d'), p('1d')], after(DAY)],
    [
      'of two names, the later of the two',
      { all: [inWeek({ is: { eq: 1 } }), { event: 'q', within: '7d', is: { eq: 0 } }] },
      [p('6d'), p('1d'), { name: 'q', ago: '5d' }],
      after(2 * DAY),
    ],
  ])('%s', (_, audience, log, change) => expect(changeOf({ audience }, log)).toEqual(change));

  it('also where only tallies are left of some', () => {
    const at = NOW - 6 * DAY;
    const pruned = recall({
      pruned: [{ name: 'p', until: 0, days: [{ count: 2, sum: 0, first: at, last: at }] }],
    });
    const program = expandProgram({ campaigns: [{ id: 'c', audience: inWeek({ is: { eq: 1 } }) }] });
    const log = expandLog([p('1d')]);
    const { changes } = explainOn(program, log, expandFacts(), expandOccasion(), 'c', pruned);
    expect(changes).toEqual([{ gate: 'audience', kind: 'wait', until: NOW + DAY + 1 }]);
  });
});

describe('a number of events', () => {
  const view = (is: Test): Condition => ({ event: 'view', is });
  const log = [{ name: 'view' }];
  const more = (count: number): Alteration[] => [{ kind: 'event', event: 'view', properties: {}, count }];
  it.each<[string, Test, Alteration[]]>([
    ['of a few hundred', { gte: 500 }, more(499)],
    ['as many as are tried', { gte: 1001 }, more(1000)],
    ['above a fraction', { gt: 2.5 }, more(2)],
    ['that is none of some', { nin: [1, 2, 3] }, more(3)],
  ])('is told: %s', (_, is, change) => expect(changeOf({ audience: view(is) }, log)).toEqual(change));

  it('that is larger than what is tried is said to be', () => {
    expect(changeOf({ audience: view({ gte: 1002 }) }, log)).toEqual([
      { kind: 'none', because: 'tooMany', most: 1000 },
    ]);
  });
  it('of one step is told, however many they are', () => {
    const audience: Condition = { sequence: [{ event: 'view', count: 30 }, { event: 'buy' }], within: '7d' };
    expect(changeOf({ audience }, log)).toEqual([
      ...more(29),
      { kind: 'event', event: 'buy', properties: {}, count: 1 },
    ]);
  });
});

describe('an example of what matches a pattern', () => {
  const path = (value: string): Alteration => ({ kind: 'fact', fact: 'page.path', value });
  const plan = (value: string): Alteration[] => [{ kind: 'fact', fact: 'attribute.plan', value }];
  const items = { matches: '^/items/[0-9]+$' };
  it.each<[string, Partial<PublishedCampaign>, Alteration[]]>([
    ['of a path', { audience: { page: 'path', is: items } }, [path('/items/1')]],
    ['of the page of a trigger', { triggers: [{ on: 'page', page: items }] }, [path('/items/1')]],
    ['of a part of a path', { triggers: [{ on: 'page', page: { contains: 'cart' } }] }, [path('/cart')]],
    ['of two words', { audience: { attribute: 'plan', is: { matches: '^(gold|vip)$' } } }, plan('vip')],
    [
      'of two words of which one will not do',
      { audience: { attribute: 'plan', is: { matches: '^(gold|vip)$', ne: 'vip' } } },
      plan('gold'),
    ],
    [
      'beside how it begins',
      { audience: { attribute: 'plan', is: { matches: '-[0-9]{3}$', startsWith: 'x' } } },
      plan('x-111'),
    ],
    [
      'of an address, which stays what it is',
      { audience: { page: 'url', is: { matches: '[?&]utm_source=mail(&|$)' } } },
      [{ kind: 'fact', fact: 'page.url', value: 'https://shop.example/?utm_source=mail' }],
    ],
    [
      'of a property of an event',
      { audience: { event: 'p', where: { sku: { matches: '^[A-Z]{2}-\\d+$' } } } },
      [{ kind: 'event', event: 'p', properties: { sku: 'AA-1' }, count: 1 }],
    ],
  ])('%s', (_, campaign, change) => expect(changeOf(campaign)).toEqual(change));

  it.each([
    ['', ''],
    ['^a?b{2}c*$', 'bb'],
    ['^[^a-z]$', '1'],
    ['^\\p{Script=Han}$', '中'],
    ['^[\\u{3b2}-\\u{3c9}]$', 'β'],
    ['^\\.\\/$', './'],
    ['^(?<year>\\d{4})-(?:0[1-9]|1[0-2])$', '1111-01'],
    ['^.$', 'a'],
  ])('%s', (pattern, example) => expect(examplesOf(pattern)[0]).toBe(example));
  it.each(['a{501}', '(?:a{200}){200}', 'a^', '^[^\\s\\S]$'])('%s has none', (pattern) =>
    expect(examplesOf(pattern)).toEqual([]),
  );
});

describe('a version', () => {
  const version = (semver: object, v?: string) =>
    changeOf({ audience: { attribute: 'v', is: { semver } } }, [], { attributes: { ...(v && { v }) } });
  it.each([
    [{ gt: '2.1.0-beta' }, '2.1.0'],
    [{ gt: '2.1.0' }, '2.1.1'],
    [{ gt: 'v2' }, '2.0.1'],
    [{ lt: '2.1.0' }, '2.0.0'],
    [{ lt: '2.1.3' }, '2.1.2'],
    [{ lt: '3' }, '2.0.0'],
    [{ lt: '0.0.0' }, '0.0.0-0'],
    [{ gt: '2.1.0-beta', lt: '2.1.0' }, '2.1.0-beta.0'],
    [{ gt: '2.1.0', lt: '2.1.1' }, '2.1.1-0'],
  ])('%j', (semver, value) =>
    expect(version(semver)).toEqual([{ kind: 'fact', fact: 'attribute.v', value }]),
  );
});

it('does not make a list as long as no list is', () => {
  const situation = situationOf({ audience: { attribute: 'list.length', is: { eq: 0 } } }, [], {
    attributes: { list: [] },
  });
  expect(explained(situation).changes).toEqual([
    { gate: 'audience', kind: 'fact', fact: 'attribute.list.length', value: 1 },
  ]);
});

describe('where not all was tried', () => {
  const many: Condition = {
    any: Array.from({ length: 190 }, (_, at) => ({ page: `query.p${at}` as const, is: { gte: 1 } })),
  };
  const none = (gate: string) => ({ gate, kind: 'none', because: 'unsearched' });

  it('it is said of each gate that was not come to', () => {
    const campaign = { audience: many, caps: [{ count: 1, per: 'session' as const }] };
    const exposed = [{ name: '$exposure', properties: { campaign: 'c' } }];
    expect(explained(situationOf(campaign, exposed)).changes).toEqual([none('audience'), none('frequency')]);
  });
  it('it is said of a campaign that is shown', () => {
    expect(explained(situationOf({ audience: { not: many } })).changes).toEqual([none('audience')]);
  });
  it('no more is asked than the budget allows, over a long log as well', () => {
    const log = Array.from({ length: 2000 }, (_, at) => p(`${at + 1}m`, at % 97));
    const windows = (measure: object): Condition[] =>
      Array.from({ length: 40 }, (_, at) => ({ event: 'p', within: `${at + 1}h`, ...measure }));
    const audiences: Condition[][] = [
      windows({ is: { gte: 2900 } }),
      windows({ measure: 'sum', of: 'v', is: { eq: 0.5 } }),
      windows({ measure: 'distinct', of: 'v', is: { eq: 99 } }),
      windows({ measure: 'max', of: 'v', is: { eq: 0.5 } }),
    ];
    for (const any of audiences) {
      const rules = compileRules(expandProgram({ campaigns: [{ id: 'c', audience: { any } }] }), ALL_KINDS);
      const past = pastOf(rules.atoms, expandLog(log));
      const spies = (names: 'fold' | 'read') => rules.atoms.list.map((atom) => vi.spyOn(atom, names));
      const [folds, reads] = [spies('fold'), spies('read')];
      const checks = rules.campaigns[0]!.checks.map((check) => vi.spyOn(check, '1'));
      explain(rules, past, expandFacts(), expandOccasion(), 'c');
      const sum = (all: { mock: { calls: unknown[] } }[]) =>
        all.reduce((n, { mock }) => n + mock.calls.length, 0);
      expect(sum(checks)).toBeLessThan(350);
      expect(sum(folds)).toBeLessThan(33_000);
      expect(sum(reads)).toBeLessThan(60_000);
    }
  });
});

describe('what was not tried, in words', () => {
  const tell = (campaign: Partial<PublishedCampaign>) =>
    (['en', 'ja'] as const).map((language) =>
      sentences(explained(situationOf(campaign)), language).find((text) => text.startsWith('→')),
    );
  it.each<[string, Partial<PublishedCampaign>, string[]]>([
    [
      'too many events',
      { audience: { event: 'view', is: { gte: 5000 } } },
      [
        '→ No change was found that takes at most 1000 more events; more than that may do, but were not tried.',
        '→ イベントの追加が 1000 回以内で済む変化は見つかりません（それより多い回数は調べていません）。',
      ],
    ],
    [
      'too much to try',
      {
        audience: {
          any: Array.from({ length: 190 }, (_, at) => ({ page: `query.p${at}` as const, is: { gte: 1 } })),
        },
      },
      [
        '→ The search for what would change this was not finished, because there is too much to try; something may well do.',
        '→ 調べる内容が多いため、最後までは調べていません（当てはまる変化があるかもしれません）。',
      ],
    ],
    [
      'what the server would say of a user',
      { audience: { list: 'vip' } },
      [
        '→ This can only change once it is known who the user is, and what the server knows of that user is here.',
        '→ ユーザーが識別され、サーバーの情報が届くまで、この判定は変わりません。',
      ],
    ],
    [
      'nothing, where all was tried',
      { audience: { any: [] } },
      [
        '→ No change was found that would do; it may be that what has happened stays so, or that nothing can ever be so.',
        '→ 条件を満たす変化は見つかりません（起きたことが元に戻らないか、満たしえない条件である可能性があります）。',
      ],
    ],
  ])('%s', (_, campaign, words) => expect(tell(campaign)).toEqual(words));
});
