/** An event, or a property to measure, whose name is no text: the campaign is off, and says so. */
import { expect, it } from 'vitest';
import { pastOf } from '../../../src/core/fold.js';
import { compileRules } from '../../../src/core/rules.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import { pinsOf } from '../../../src/core/retention.js';
import { expandFacts, expandOccasion, expandProgram, NOW, SESSION } from '../../cases/expand.js';
import { explainOn } from './asking.js';

const PLACES: [where: string, (nameless: object) => object][] = [
  ['in a behaviour', (nameless) => ({ measure: 'count', ...nameless })],
  ['in the first step', (nameless) => ({ sequence: [nameless, { event: 'a' }] })],
  ['in a later step', (nameless) => ({ sequence: [{ event: 'a' }, nameless] })],
  ['in what must not follow', (nameless) => ({ sequence: [{ event: 'a' }], thenNot: nameless })],
];
const NAMELESS = [[], {}, { event: null }, { event: [] }, { event: {} }, { event: 5 }];

it.each(PLACES)('%s is not understood, and explained', (_, audienceWith) => {
  for (const nameless of NAMELESS) {
    const audience = audienceWith(nameless);
    const program = expandProgram({ campaigns: [{ id: 'c', audience: audience as never }] });
    expect([audience, compileRules(program, ALL_KINDS).isUnderstood]).toEqual([audience, false]);
    expect(explainOn(program, [], expandFacts(), expandOccasion(), 'c').gate).toBe('audience');
  }
});

it('as what is measured is not understood, and no event makes anything throw', () => {
  for (const of of [[], ['a'], {}, 5, true, null]) {
    const audience = { event: 'a', measure: 'distinct', of, is: { lt: 1 } };
    const program = expandProgram({ campaigns: [{ id: 'c', audience: audience as never }] });
    const rules = compileRules(program, ALL_KINDS);
    const event = { name: 'a', properties: { a: 1 }, time: NOW, session: SESSION, id: 'e' };
    expect(() => pastOf(rules.atoms, [{ ...event, sequence: [1, 0] }])).not.toThrow();
    expect([of, rules.isUnderstood]).toEqual([of, false]);
    expect(explainOn(program, [], expandFacts(), expandOccasion(), 'c').gate).toBe('audience');
  }
});

it('as a goal pins nothing, and hides no other goal', () => {
  const goals = [{ event: [] }, { event: 'bought', where: { price: { strange: 1 } } }];
  const isPinned = pinsOf({ campaigns: goals.map((goal) => ({ goal })) as never });
  const pinned = ['bought', 'a'].map((name) => isPinned({ name, properties: {}, time: NOW }));
  expect(pinned).toEqual([true, false]);
});

it('as a trigger makes no occasion, and is explained', () => {
  for (const nameless of NAMELESS)
    for (const triggers of [
      [{ on: 'event', ...nameless }],
      [
        { on: 'page', page: { in: [] } },
        { on: 'event', ...nameless },
      ],
      [{ on: 'all', of: [{ on: 'event', ...nameless }, { on: 'manual' }] }],
    ]) {
      const program = expandProgram({ campaigns: [{ id: 'c', triggers: triggers as never }] });
      expect([triggers, compileRules(program, ALL_KINDS).isUnderstood]).toEqual([triggers, false]);
      expect(explainOn(program, [], expandFacts(), expandOccasion(), 'c').gate).toBe('trigger');
    }
});
