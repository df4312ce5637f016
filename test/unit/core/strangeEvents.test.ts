/** What a site or a stranger may put into events, and conditions that look alike: nothing throws, and each is told from the others. */
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../src/core/conditions.js';
import type { PastEvent } from '../../../src/core/decision.js';
import { compileRules } from '../../../src/core/rules.js';
import { pastOf } from '../../../src/core/fold.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import { sentences } from '../../../src/core/sentences.js';
import { expandFacts, expandOccasion, expandProgram, NOW, SESSION } from '../../cases/expand.js';
import { decideOn, explainOn } from './asking.js';

const eventOf = (name: string, properties: object, index = 0): PastEvent => ({
  name,
  properties: properties as never,
  time: NOW - 1000 + index,
  session: SESSION,
  id: `e${index}`,
  sequence: [index + 1, 0],
});

const gateOf = (campaign: object, log: PastEvent[]) =>
  explainOn(
    expandProgram({ campaigns: [{ id: 'c', ...campaign }] as never }),
    log,
    expandFacts(),
    expandOccasion(),
    'c',
  ).gate;

const [first, second] = [
  { p: 1, q: 2 },
  { q: 2, p: 1 },
];
const asks = (eq: object): Condition => ({ event: 'a', where: { x: { eq: eq as never } } });

describe('an event', () => {
  it.each(['$session_start', '$exposure', '$set', 'a'])('%s with what has no text is folded', (name) => {
    for (const campaign of [{ toString: '' }, { toString: null }, [], 5, null, true]) {
      const log = [eventOf(name, { campaign, variant: campaign, number: 1 })];
      const program = expandProgram({ campaigns: [{ id: 'c', audience: { event: name } }] });
      expect(() => pastOf(compileRules(program, ALL_KINDS).atoms, log)).not.toThrow();
      expect(decideOn(program, log, expandFacts(), expandOccasion()).winner?.campaign).toBe('c');
    }
  });

  it('of an exposure with such a variant leaves the arm to the hash', () => {
    const log = [eventOf('$exposure', { campaign: 'c', variant: { toString: '' } })];
    expect(gateOf({ caps: [], control: 0.5 }, log)).toBeDefined();
  });
});

describe('conditions that differ in the order of an operand', () => {
  it.each([
    ['the first of them', first, true, false],
    ['the other', second, false, true],
  ])('are told apart: %s', (_, x, isFirst, isSecond) => {
    const program = expandProgram({
      campaigns: [
        { id: 'one', audience: asks(first) },
        { id: 'other', audience: asks(second) },
        { id: 'steps', audience: { sequence: [asks(first)] } as never },
        { id: 'otherSteps', audience: { sequence: [asks(second)] } as never },
      ],
    });
    const { verdicts } = decideOn(program, [eventOf('a', { x })], expandFacts(), expandOccasion());
    const holds = verdicts.map(({ gate }) => gate !== 'audience');
    expect(holds).toEqual([isFirst, isSecond, isFirst, isSecond]);
  });
});

describe('a cap of a goal in a session', () => {
  const goal = { event: '$exposure', where: { campaign: { eq: 'b' }, variant: { eq: 'red' } } };
  const caps = [{ count: 1, per: 'session', of: 'goal' }];
  it.each([
    ['blue', null],
    ['red', 'frequency'],
  ])('counts what all of its `where` asks for: %s', (variant, gate) => {
    expect(gateOf({ goal, caps }, [eventOf('$exposure', { campaign: 'b', variant })])).toBe(gate);
  });
});

describe('a part without a name', () => {
  it.each<[string, object]>([
    ['a segment', { audience: { segment: '' } }],
    ['segments', { audience: { segment: [] } }],
    ['an operator', { audience: { attribute: 'x', is: { '': 1 } } }],
    ['a date', { audience: { attribute: 'x', is: { after: '' } } }],
    ['a key of the campaign', { '': 1 }],
    ['what a cap counts', { caps: [{ count: 1, per: 'ever', of: '' }] }],
  ])('is said not to be understood: %s', (_, campaign) => {
    const program = expandProgram({ campaigns: [{ id: 'c', ...campaign }] as never });
    const explanation = explainOn(program, [], expandFacts(), expandOccasion(), 'c');
    expect(explanation.gate).not.toBeNull();
    expect(sentences(explanation, 'en').join(' ')).toContain('this version does not understand part of it');
  });
});
