/** Explanations of conditions over what only the server knows of a user. */
import { expect, it } from 'vitest';
import type { Condition } from '../../../src/core/conditions.js';
import type { Facts } from '../../../src/core/decision.js';
import { sentences } from '../../../src/core/sentences.js';
import { expandFacts, expandOccasion, expandProgram } from '../../cases/expand.js';
import { explainOn } from './asking.js';

function explained(audience: Condition, more: Partial<Facts>) {
  const program = expandProgram({ facts: { lists: [true] }, campaigns: [{ id: 'c', audience }] });
  const explanation = explainOn(program, [], { ...expandFacts(), ...more }, expandOccasion(), 'c');
  return { ...explanation, told: explanation.findings.find(({ path }) => path === 'audience')! };
}

const known: Partial<Facts> = { user: 'u', personal: { facts: {}, lists: ['vip'] } };

it.each<[what: string, Partial<Facts>]>([
  ['known', known],
  ['of somebody', { user: 'u' }],
  ['of nobody', {}],
])('what is asked stands in a finding as the document has it, where facts are %s', (_, facts) => {
  for (const audience of [{ list: 'vip' }, { list: 'vip', is: { eq: true } }] satisfies Condition[])
    expect(explained(audience, facts).told.expected).toEqual(audience);
});

it('a public fact has its value beside its name', () => {
  const { told } = explained({ list: 'vip', is: { in: { public: 'lists' } as never } }, known);
  expect(told).toMatchObject({ passed: true, expected: { is: { in: { public: 'lists', value: [true] } } } });
});

it('to be in a list is what one should be, unless something else is asked', () =>
  expect(
    sentences(explained({ list: 'vip' }, { ...known, personal: { facts: {}, lists: [] } }), 'en')[1],
  ).toBe('✗ Being in the list vip should be true; found false.'));
