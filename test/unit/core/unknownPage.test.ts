/** A page that is not known, as in the collector where nothing of the visitor's pages is left: its address is missing, not a text. */
import { describe, expect, it } from 'vitest';
import type { Condition, Test } from '../../../src/core/conditions.js';
import type { Facts } from '../../../src/core/decision.js';
import { sentences } from '../../../src/core/sentences.js';
import { expandFacts, expandOccasion, expandProgram } from '../../cases/expand.js';
import { explainOn } from './asking.js';

const facts: Facts = { ...expandFacts(), page: {} as Facts['page'] };

function explained(page?: Test, audience?: Condition) {
  const program = expandProgram({
    campaigns: [
      { id: 'c', triggers: [{ on: 'page', ...(page && { page }) }], ...(audience && { audience }) },
    ],
  });
  return explainOn(program, [], facts, expandOccasion(), 'c');
}

describe('where the page is not known', () => {
  it.each<[Test, isFired: boolean]>([
    [{ startsWith: 'u' }, false],
    [{ gte: '' }, false],
    [{ exists: true }, false],
    [{ exists: false }, true],
    [{ nin: ['/cart'] }, true],
  ])('a trigger that asks for a page of %j: %s', (page, isFired) =>
    expect(explained(page).gate).toBe(isFired ? null : 'trigger'),
  );
  it('an explanation names no path', () => {
    const [found] = explained().findings.filter(({ gate }) => gate === 'trigger');
    expect(JSON.stringify(found!.found)).not.toContain('path');
  });
  it('the sentence says that it is not known', () => {
    const told = sentences(explained({ eq: '/cart' }), 'en');
    expect(told[1]).toContain('but this was a page view on an unknown page (');
  });
  it('a change of its query makes no other page of it', () => {
    const audience: Condition = {
      all: [{ page: 'query.a', is: { eq: 'b' } }, { not: { page: 'path', is: { startsWith: 'u' } } }],
    };
    expect(explained(undefined, audience).changes).toEqual([
      { gate: 'audience', kind: 'fact', fact: 'page.query.a', value: 'b' },
    ]);
  });
});
