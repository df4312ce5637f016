/** What a page that has learnt no operators yet understands of branches. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Card } from '../../../src/core/content.js';
import type { Test } from '../../../src/core/conditions.js';
import type { Program } from '../../../src/core/program.js';
import type { Json } from '../../../src/core/events.js';

beforeEach(() => vi.resetModules());

const cardsWith = (is: Test): Card[] => [
  {
    id: 'one',
    blocks: [{ block: 'question', question: { kind: 'text', id: 'q', label: 'Which?' } }],
    branches: [{ is, to: 'yes' }],
    next: 'no',
  },
  ...['yes', 'no'].map((id): Card => ({ id, end: true, blocks: [{ block: 'heading', text: id }] })),
];
const programOf = (cards: Card[]): Program => ({
  schema: 1,
  site: 'shop',
  version: 1,
  segments: {},
  campaigns: [
    {
      id: 'survey',
      name: 'Survey',
      version: 1,
      status: 'live',
      triggers: [{ on: 'manual' }],
      variants: [{ id: 'a', content: { format: 'modal', cards } }],
    },
  ],
});

describe('a branch', () => {
  it.each<[Test, answer: Json]>([
    [{ contains: 'a' }, ['a', 'b']],
    [{ every: { in: ['a', 'b'] } }, 'a'],
    [{ matches: '^a' }, 'ab'],
    [{ endsWith: 'b' }, 'ab'],
    [{ before: '2026-05-01' }, '2026-04-30'],
    [{ after: '2026-05-01' }, '2026-05-02'],
    [{ semver: { gte: '2' } }, '2.1'],
  ])('that asks %j makes its program one that needs more, and then holds', async (is, answer) => {
    const { compileRules } = await import('../../../src/core/rules.js');
    const { nextCard } = await import('../../../src/core/survey.js');
    const cards = cardsWith(is);
    const after = () => nextCard(cards, 'one', { q: answer });
    expect([compileRules(programOf(cards), {}).isUnderstood, after()]).toEqual([false, 'no']);
    const { ALL_KINDS } = await import('../../../src/core/kinds.js');
    expect([compileRules(programOf(cards), ALL_KINDS).isUnderstood, after()]).toEqual([true, 'yes']);
  });

  it.each<Test>([{ eq: 'a' }, { in: ['a'] }, { exists: false }, { gte: 3 }])(
    'that asks %j needs no more than every page has',
    async (is) => {
      const { compileRules } = await import('../../../src/core/rules.js');
      expect(compileRules(programOf(cardsWith(is)), {}).isUnderstood).toBe(true);
    },
  );

  it('of a newer version leaves its campaign as it is', async () => {
    const { compileRules } = await import('../../../src/core/rules.js');
    const { ALL_KINDS } = await import('../../../src/core/kinds.js');
    const rules = compileRules(programOf(cardsWith({ resembles: 'a' } as never)), ALL_KINDS);
    expect([rules.isUnderstood, rules.campaigns.length]).toEqual([false, 1]);
    expect(rules.candidates({ trigger: 'manual', campaign: 'survey', now: 0 })).toHaveLength(1);
  });
});
