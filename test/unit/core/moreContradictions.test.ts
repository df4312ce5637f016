import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../src/core/conditions.js';
import type { Campaign } from '../../../src/core/program.js';
import { fileOf, variants, warnedAt } from './warned.fixture.js';

describe('patterns', () => {
  const slow = (count: number): Condition => ({
    any: Array.from({ length: count }, (_, at) => ({ page: 'path', is: { matches: `[a-z]+-sale-${at}` } })),
  });
  const same: Condition = { any: Array.from({ length: 9 }, () => ({ page: 'path', is: { matches: '[a-z]+-x' } })) }; // prettier-ignore
  const anchored: Condition = { any: Array.from({ length: 9 }, (_, at) => ({ page: 'path', is: { matches: `^/[a-z]+-${at}` } })) }; // prettier-ignore
  it.each<[what: string, audience: Condition, at: string[]]>([
    ['of which each may take long', slow(9), ['audience']],
    ['of which few may', slow(3), []],
    ['of which one is asked often', same, []],
    ['that begin where the text does', anchored, []],
  ])('%s', (_, audience, at) => expect(warnedAt(fileOf({ audience }))).toEqual(at));
});

describe('a countdown', () => {
  const endsAt = (until: string): Partial<Campaign> => {
    const blocks = [
      { block: 'text' as const, text: 'Hello' },
      { block: 'countdown' as const, until },
    ];
    return {
      variants: [...variants, { id: 'b', content: { format: 'banner', cards: [{ id: 'one', blocks }] } }],
    };
  };
  const at = `variants[${variants.length}].content.cards[0].blocks[1].until`;
  it.each<[what: string, campaign: Partial<Campaign>, at: string[]]>([
    ['over', endsAt('2026-05-01T00:00:00Z'), [at]],
    ['over in a moment', endsAt('2026-05-01T09:00:01+09:00'), []],
    ['of what has ended', { ...endsAt('2026-05-01T00:00:00Z'), status: 'ended' }, []],
  ])('%s', (_, campaign, at) => expect(warnedAt(fileOf(campaign))).toEqual(at));
});
