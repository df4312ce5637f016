import { describe, expect, it, vi } from 'vitest';
import type { Condition } from '../../../src/core/conditions.js';
import { compileCondition, moreOperators, type RuleFacts } from '../../../src/sdk/rules.js';
import type { ConditionCase } from '../../cases/expand.js';
import { expandFacts, NOW, readCases } from '../../cases/expand.js';

const isPro: Condition = { attribute: 'plan', is: { eq: 'pro' } };

/** Kinds that only a log, or the server, can answer. */
const PRESENT = ['all', 'any', 'not', 'segment', 'attribute', 'page', 'device', 'visit'];

/** Whether all of it can be answered by what is known now. */
function isPresent(node: unknown): boolean {
  if (Array.isArray(node)) return node.every(isPresent);
  if (typeof node !== 'object' || node === null) return true;
  const kind = Object.keys(node).find((key) => PRESENT.includes(key));
  if (kind === undefined) return false;
  return !['all', 'any', 'not'].includes(kind) || isPresent((node as Record<string, unknown>)[kind]);
}

const cases = readCases()
  .map(({ test }) => test)
  .filter((test): test is ConditionCase => 'condition' in test)
  .filter(
    ({ condition, segments = {}, log, publicFacts }) =>
      [condition, ...Object.values(segments)].every(isPresent) && !log && !publicFacts,
  );

describe('the rules entry', () => {
  it('has many golden cases to keep to', () => expect(cases.length).toBeGreaterThan(60));

  it.each(cases.map((test) => [test.name, test] as const))(
    'answers as the page does: %s',
    (_, { condition, segments, facts, occasion, expected }) => {
      const ask = () =>
        compileCondition(condition, { ...(segments && { segments }), operators: moreOperators });
      if (expected === 'unknown') expect(ask).toThrow(TypeError);
      else expect(ask()(expandFacts(facts), occasion?.now ?? NOW)).toBe(expected);
    },
  );

  it('takes what is left out for missing', () => {
    const missing: [Condition, boolean][] = [
      [isPro, false],
      [{ not: isPro }, true],
      [{ attribute: 'plan', is: { exists: false } }, true],
      [{ page: 'path', is: { eq: '/' } }, false],
      [{ page: 'query.q', is: { exists: false } }, true],
      [{ page: 'utm.source', is: { exists: true } }, false],
      [{ device: 'type', is: { ne: 'mobile' } }, true],
      [{ visit: 'number', is: { gte: 1 } }, false],
      [{ visit: 'seconds', is: { gte: 0 } }, false],
    ];
    for (const [condition, expected] of missing) expect(compileCondition(condition)({})).toBe(expected);
  });

  it('asks again and again, of anybody', () => {
    const rule = compileCondition({ segment: 'pro' }, { segments: { pro: isPro } });
    const people: RuleFacts[] = [{ attributes: { plan: 'pro' } }, { attributes: { plan: 'free' } }, {}];
    expect(people.map((facts) => rule(facts))).toEqual([true, false, false]);
  });

  it.each<[string, unknown, RegExp]>([
    ['conditions on events', { event: 'purchase' }, /events \("purchase"\)/],
    ['sequences', { sequence: [{ event: 'a' }] }, /a sequence of events/],
    ['operators nobody knows', { attribute: 'plan', is: { smells: 'p' } }, /smells/],
    ['segments that are not there', { segment: 'pro' }, /pro/],
    ['circles', { segment: 'round' }, /round/],
    ['what is no condition', { plan: 'pro' }, /cannot be judged here/],
    ['nothing', null, /cannot be judged here/],
  ])('refuses %s at once, and says what it is', (_, condition, message) => {
    const segments = { round: { segment: 'round' } };
    expect(() => compileCondition(condition as Condition, { segments })).toThrow(message);
  });

  it('knows the rarer operators once they were given', async () => {
    vi.resetModules();
    const fresh = await import('../../../src/sdk/rules.js');
    const condition: Condition = { attribute: 'plan', is: { contains: 'r' } };
    expect(() => fresh.compileCondition(condition)).toThrow(/contains/);
    const rule = fresh.compileCondition(condition, { operators: fresh.moreOperators });
    expect(rule({ attributes: { plan: 'pro' } })).toBe(true);
  });
});
