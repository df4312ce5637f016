/** What is of another type than the language has there: that campaign is off and says so, nothing throws, and the others go on. */
import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/core/decide.js';
import type { Facts, Occasion } from '../../../src/core/decision.js';
import { explain } from '../../../src/core/explain.js';
import { pastOf } from '../../../src/core/fold.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import { lastOccasion, signalsWith } from '../../../src/core/lastOccasion.js';
import { launcherTrigger } from '../../../src/core/launcher.js';
import { notUnderstood } from '../../../src/core/notUnderstood.js';
import type { Campaign, Limits, Program, Trigger } from '../../../src/core/program.js';
import { compileRules } from '../../../src/core/rules.js';
import { sentences } from '../../../src/core/sentences.js';
import { expandFacts, expandLog, expandOccasion, expandProgram, NOW, SESSION } from '../../cases/expand.js';

/** It has neither a text nor a number, and throws where one is asked of it. */
const MUTE = JSON.parse('{"toString": null}') as object;

const content: Campaign['variants'][number]['content'] = { format: 'banner', cards: [] };
const limits: Limits = {
  contacts: false,
  holdOut: 0,
  attention: { budget: 9, per: 'session' },
  caps: [{ count: 9, per: { last: '7d' } }],
  tags: { sale: [{ count: 9, per: { calendar: 'day', zone: 'Asia/Tokyo' } }] },
};
/** All that a campaign can say, so that it is shown: a Friday, nine o'clock. */
const whole = (): Campaign => ({
  id: 'odd',
  name: 'Odd',
  status: 'live',
  triggers: [{ on: 'page', page: { startsWith: '/' } }],
  caps: [
    { count: 9, per: { last: '1d' }, of: 'close' },
    { count: 9, per: 'session', of: 'goal' },
  ],
  priority: 1,
  group: 'g',
  tags: ['sale'],
  attention: 1,
  rollout: 1,
  schedule: {
    from: '2026-01-01T00:00:00+09:00',
    until: '2027-01-01T00:00:00+09:00',
    weekdays: [5],
    hours: { from: '08:00', until: '18:00' },
    zone: 'Asia/Tokyo',
  },
  purpose: 'personalise',
  control: 0,
  variants: [{ id: 'a', weight: 1, content }],
  goal: { event: 'bought', where: { value: { gt: 0 } }, window: '7d' },
  language: 'en',
  note: 'All of it',
});

function programOf(odd: object, more: object = limits, sound: object = {}): Program {
  return expandProgram({
    campaigns: [odd as Campaign, { id: 'sound', ...sound }],
    limits: more,
  });
}

/** Decides and explains: who won, and what was not understood of the odd one. */
function outcomeOf(program: Program, occasion: Occasion = expandOccasion(), facts: Facts = expandFacts()) {
  // What few programs say may not be there.
  const few = compileRules(program, {});
  const winnerOfFew = decide(few, pastOf(few.atoms, expandLog()), facts, occasion).winner?.campaign;
  const rules = compileRules(program, ALL_KINDS);
  const past = pastOf(
    rules.atoms,
    expandLog([{ name: '$exposure', properties: { campaign: 'other', variant: 'a' } }, { name: 'bought' }]),
  );
  const { winner } = decide(rules, past, facts, occasion);
  const explanation = explain(rules, past, facts, occasion, 'odd');
  sentences(explanation, 'en');
  program.campaigns.forEach(launcherTrigger);
  const parts = explanation.findings.map(({ found }) => notUnderstood(found)).filter((part) => part);
  return {
    winner: winner?.campaign,
    isWonHalfUnderstood: winnerOfFew === 'odd',
    isUnderstood: rules.isUnderstood,
    gate: explanation.gate,
    parts,
  };
}

type Path = (string | number)[];
/** The same with that value at that place. */
function put<T>(base: T, path: Path, value: unknown): T {
  const copy = structuredClone(base);
  let holder = copy as { [key: string]: unknown };
  for (const key of path.slice(0, -1)) holder = holder[key] as typeof holder;
  holder[path.at(-1)!] = value;
  return copy;
}

const NO_TEXT = [null, 5, true, [], ['a'], {}, MUTE];
const NO_NUMBER = [null, '2', 'half', true, [], [1], {}, MUTE, -1, Infinity];
const NO_LIST = [null, 'sale', 5, true, {}, MUTE];
const NO_OBJECT = [null, 'text', '', 5, true, []];

const PLACES: [path: string, values: unknown[]][] = [
  ['status', [null, ['live'], {}, MUTE]],
  ['group', NO_TEXT],
  ['purpose', NO_TEXT],
  ['language', NO_TEXT],
  ['priority', [null, 'high', true, [], {}, MUTE]],
  ['control', NO_NUMBER],
  ['attention', NO_NUMBER],
  ['rollout', NO_NUMBER],
  ['tags', NO_LIST],
  ['tags.0', NO_TEXT],
  ['schedule', NO_OBJECT],
  ['schedule.from', [...NO_TEXT, '', 'soon', '2026-02-30T00:00:00Z']],
  ['schedule.until', [...NO_TEXT, '', 'soon', '2026-02-30T00:00:00Z']],
  ['schedule.weekdays', [...NO_LIST, 0, ['5'], [1, null]]],
  ['schedule.hours', [...NO_OBJECT, {}, MUTE]],
  ['schedule.hours.from', [...NO_TEXT, '9', '24:00', ['08:00']]],
  ['schedule.hours.until', [...NO_TEXT, '9', '24:00', ['18:00']]],
  ['schedule.zone', [...NO_TEXT, 'Mars']],
  ['caps', NO_LIST],
  ['caps.0', [...NO_OBJECT, {}, MUTE]],
  ['caps.0.count', [...NO_NUMBER, 0, 1.5]],
  ['caps.0.of', [...NO_TEXT, 'pageView', 'sessionStart', 'constructor']],
  ['caps.0.per', [null, undefined, 5, true, '', '7d', [], {}, MUTE, { last: ['7d'] }, { last: null }]],
  ['caps.0.per.last', [...NO_TEXT, undefined, '7', '']],
  ['variants', [{}, MUTE, 5]],
  ['variants.0.id', [...NO_TEXT, undefined]],
  ['variants.0.weight', NO_NUMBER],
  ['variants.0.content.format', [...NO_TEXT, undefined]],
  ['goal', NO_OBJECT],
  ['goal.event', [...NO_TEXT, undefined]],
  ['goal.where', NO_OBJECT],
  ['triggers.0.page', [...NO_OBJECT, MUTE]],
  ['audience', [...NO_OBJECT, {}, MUTE]],
  ['values', NO_OBJECT],
];
const pathOf = (path: string): Path => path.split('.').map((key) => (/^\d/.test(key) ? Number(key) : key));

describe('a campaign', () => {
  it('that is sound wins before the other', () => {
    expect(outcomeOf(programOf(whole()))).toMatchObject({ winner: 'odd', isUnderstood: true, parts: [] });
    const few = { id: 'odd', priority: 1, control: 0, note: undefined, schedule: { from: undefined } };
    expect(outcomeOf(programOf(few, { contacts: true })).isWonHalfUnderstood).toBe(true);
  });
  const damages = PLACES.flatMap(([path, values]) => values.map((value) => [path, value] as const));
  it.each(damages)('whose %s is %j is off and says so', (path, value) => {
    const outcome = outcomeOf(programOf(put(whole(), pathOf(path), value)));
    expect(outcome).toMatchObject({ winner: 'sound', isUnderstood: false, isWonHalfUnderstood: false });
    expect([outcome.gate, outcome.parts.length > 0]).toEqual([expect.any(String), true]);
  });
  it.each([null, [], 5, 'x'])('whose condition looks where %j is off', (where) => {
    const audience = { event: 'bought', where };
    const outcome = outcomeOf(programOf({ ...whole(), audience }));
    expect(outcome).toMatchObject({ winner: 'sound', isUnderstood: false, gate: 'audience' });
  });
  it.each([null, [], ['7d'], {}, { from: undefined }, { from: null }, 7, true, MUTE])(
    'whose condition looks within %j is off',
    (within) => {
      for (const audience of [
        { event: 'bought', within },
        { sequence: [{ event: 'bought' }], within },
        { sequence: [{ event: 'bought' }, { event: 'bought', within }], thenNot: { event: 'a' } },
      ]) {
        const outcome = outcomeOf(programOf({ ...whole(), audience }));
        expect(outcome).toMatchObject({ winner: 'sound', isUnderstood: false, gate: 'audience' });
      }
    },
  );
});

describe('a limit', () => {
  it.each<[string, unknown[]]>([
    ['contacts', NO_TEXT.filter((value) => value !== true)],
    ['holdOut', NO_NUMBER],
    ['attention', [...NO_OBJECT, {}, MUTE]],
    ['attention.budget', NO_NUMBER],
    ['attention.per', [null, undefined, '7d', [], {}, MUTE, { last: ['7d'] }]],
    ['caps', NO_LIST],
    ['caps.0', [...NO_OBJECT, {}, MUTE]],
    ['caps.0.of', [...NO_TEXT, 'pageView', 'goal']],
    ['caps.0.per', [null, undefined, 5, '7d', [], {}, MUTE]],
  ])('that is not understood (%s) turns every campaign off', (path, values) => {
    for (const value of values) {
      const outcome = outcomeOf(programOf(whole(), put(limits, pathOf(path), value)));
      expect([value, outcome]).toEqual([value, expect.objectContaining({ isUnderstood: false })]);
      expect([value, outcome.winner, outcome.parts.length > 0]).toEqual([value, undefined, true]);
    }
  });
  it.each(NO_OBJECT)('all of them, if they are %j', (value) => {
    const program = { ...programOf(whole()), limits: value } as unknown as Program;
    expect(outcomeOf(program)).toMatchObject({ winner: undefined, isUnderstood: false });
  });
  it.each<[string, unknown[]]>([
    ['tags', NO_OBJECT],
    ['tags.sale', NO_LIST],
    ['tags.sale.0', [...NO_OBJECT, {}, MUTE]],
    ['tags.sale.0.of', [...NO_TEXT, 'pageView', 'goal']],
    [
      'tags.sale.0.per',
      [null, undefined, '7d', [], {}, MUTE, { calendar: ['day'] }, { calendar: 'day', zone: 'Mars' }],
    ],
  ])('of tags (%s) concerns the campaigns that have some', (path, values) => {
    for (const value of values) {
      const outcome = outcomeOf(programOf(whole(), put(limits, pathOf(path), value)));
      expect([value, outcome]).toEqual([
        value,
        expect.objectContaining({ isUnderstood: false, gate: 'frequency', winner: 'sound' }),
      ]);
      expect(outcome.parts.length).toBeGreaterThan(0);
    }
  });
  it('of the attention does not concern what costs none', () => {
    const odd = put(limits, ['attention'], { budget: '5', per: 'session' });
    expect(outcomeOf(programOf(whole(), odd, { attention: 0 }))).toMatchObject({
      winner: 'sound',
      isUnderstood: false,
      gate: 'frequency',
    });
  });
});

const ODD_TRIGGERS: [object, fired: Partial<Occasion>][] = [
  [{ on: 'page', device: 'mobile' }, {}],
  [{ on: 'exit', seconds: 3 }, {}],
  [{ on: 'manual', event: 'a' }, { campaign: 'odd' }],
  [{ on: 'event', event: 'go', unless: 'x' }, {}],
  ...[0, null, [], 'x', 5].map((where): [object, object] => [{ on: 'event', event: 'go', where }, {}]),
  ...[...NO_TEXT, undefined].map((event): [object, object] => [{ on: 'event', event }, {}]),
  ...[...NO_NUMBER, undefined].flatMap((value): [object, object][] => [
    [{ on: 'dwell', seconds: value }, { seconds: value }],
    [{ on: 'scroll', percent: value }, { percent: value }],
    [{ on: 'idle', seconds: value }, { seconds: value }],
    [{ on: 'hesitation', seconds: value }, { seconds: value }],
  ]),
  [{ on: 'dwell', seconds: '20s' }, { seconds: '20s' as never }],
  [{ on: 'dwell', seconds: 5, percent: 5 }, { seconds: 5 }],
  [{ on: 'idle', seconds: 0 }, { seconds: 0 }],
  ...[...NO_TEXT, undefined].map((selector): [object, object] => [{ on: 'visible', selector }, { selector }]),
  ...['', 0, null, [], 'x'].flatMap((page): [object, object][] => [
    [{ on: 'page', page }, {}],
    [{ on: 'exit', page }, {}],
    [{ on: 'rage', page }, {}],
  ]),
  ...[null, '2', 0, {}, MUTE].map((times): [object, object] => [{ on: 'backForth', times }, {}]),
];

describe('a trigger', () => {
  it.each(ODD_TRIGGERS)('%j never fires, and says so', (trigger, fired) => {
    const odd = { id: 'odd', priority: 1, triggers: [trigger] };
    const { on } = trigger as Trigger;
    const sound = { triggers: [{ on }, { on: 'event', event: 'go' }, { on: 'manual' }, { on: 'page' }] };
    const program = programOf(odd, {}, sound);
    const event = { name: 'go', time: NOW };
    for (const occasion of [{ trigger: on, event, ...fired }, { trigger: 'page' as const }]) {
      const outcome = outcomeOf(program, expandOccasion(occasion));
      expect(outcome).toMatchObject({ isUnderstood: false, isWonHalfUnderstood: false, gate: 'trigger' });
      expect([outcome.winner === 'odd', outcome.parts.length]).toEqual([false, 1]);
    }
  });
  it.each(ODD_TRIGGERS)('%j is explained by itself', (trigger) => {
    const rules = compileRules(programOf({ id: 'odd', triggers: [trigger] }, {}), ALL_KINDS);
    const past = pastOf(rules.atoms, expandLog([{ name: 'go' }]));
    const first = trigger as Trigger;
    const facts = expandFacts();
    const signals = signalsWith(first, facts.signals);
    const occasion = lastOccasion(rules, 'odd', first, { past, now: NOW }, SESSION);
    const explanation = explain(rules, past, { ...facts, signals }, occasion, 'odd');
    expect(explanation.gate).toBe('trigger');
    expect(sentences(explanation, 'ja').length).toBeGreaterThan(0);
  });
  it.each([
    { on: 'all', of: 'x' },
    { on: 'all', of: [null] },
    { on: 'all', of: ['exit'] },
    ...ODD_TRIGGERS.map(([part]) => ({ on: 'all', of: [part] })),
    { on: 'all', of: [{ on: 'event', event: 'go', page: { exists: true } }] },
    ...[null, {}, ['1d'], 5, MUTE].map((within) => ({ on: 'then', of: [{ on: 'exit' }], within })),
    ...[null, {}, ['1d'], 5, MUTE].map((delay) => ({ on: 'then', of: [{ on: 'exit' }], delay })),
  ])('%j does not come together', (trigger) => {
    const outcome = outcomeOf(programOf({ id: 'odd', priority: 1, triggers: [trigger] }, {}));
    expect(outcome).toMatchObject({ winner: 'sound', isUnderstood: false, gate: 'trigger' });
    expect(outcome.parts).toHaveLength(1);
  });
  it.each<object>([
    { on: 'page', page: undefined },
    { on: 'event', event: 'go', where: undefined, page: { exists: true } },
    { on: 'dwell', seconds: 0 },
    { on: 'scroll', percent: 0 },
    { on: 'hesitation', seconds: 1, selector: undefined },
    { on: 'backForth', times: undefined },
    { on: 'then', of: [{ on: 'dwell', seconds: 1.5, page: undefined }], within: undefined, delay: undefined },
  ])('%j is understood', (trigger) => {
    const rules = compileRules(programOf({ id: 'odd', triggers: [trigger] }, {}), ALL_KINDS);
    expect(rules.isUnderstood).toBe(true);
  });
});
