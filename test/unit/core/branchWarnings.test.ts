import { expect, describe, it } from 'vitest';
import type { Test } from '../../../src/core/conditions.js';
import type { Branch, Card, Question } from '../../../src/core/content.js';
import { passes } from '../../../src/core/test.js';
import { validateCampaignFile } from '../../../src/core/validate/campaignFile.js';
import { NOW } from '../../cases/expand.js';
import { sound } from './campaignFile.fixture.js';

const asked = { id: 'q', label: 'How?', required: true };
const choices = ['a', 'b'].map((value) => ({ value, label: value }));
const nps: Question = { ...asked, kind: 'nps' };
const choice: Question = { ...asked, kind: 'choice', choices };
const several: Question = { ...choice, multiple: true };

const card = (id: string, question: Question, branches?: Branch[]): Card => ({
  id,
  blocks: [{ block: 'question', question }],
  branches,
});

/** What is warned of the branches of these cards, all problems being warnings that say what to do. */
function warned(...cards: Card[]): string[] {
  const [campaign] = sound().campaigns;
  const end: Card = { id: 'last', blocks: [{ block: 'text', text: 'Thanks' }] };
  const variants = [{ id: 'a', content: { format: 'slide-in' as const, cards: [...cards, end] } }];
  const file = {
    kikubari: 1,
    campaigns: [{ id: 'c', name: 'C', status: 'live', triggers: campaign!.triggers, variants }],
  };
  return validateCampaignFile(JSON.parse(JSON.stringify(file)), { segments: [] }, NOW).problems.map(
    ({ severity, path, message }) => {
      expect(severity).toBe('warning');
      expect(message).toMatch(/[;,] (change|choose|remove|check|use|lower|keep|add|or) /);
      return `${path.replace(/^.*\.branches/, '')} ${/ is (\w+) so|can never/.exec(message)![1] ?? 'chosen'}`;
    },
  );
}
const warnedOf = (question: Question, is: Test) => warned(card('one', question, [{ is, to: 'last' }]));

describe('a branch', () => {
  it.each<[Question, Test, string[]]>([
    [nps, { eq: 11 }, ['[0].is never']],
    [nps, { eq: '9' }, ['[0].is never']],
    [nps, { gt: 6, lt: 7 }, ['[0].is never']],
    [nps, { gt: 10 }, ['[0].is never']],
    [nps, { exists: false }, ['[0].is never']],
    [nps, { gte: 0 }, ['[0].is always']],
    [nps, { ne: 11 }, ['[0].is always']],
    [nps, { gte: 1 }, []],
    [nps, { lte: 9 }, []],
    [{ ...asked, kind: 'csat' }, { eq: 0 }, ['[0].is never']],
    [{ ...asked, kind: 'csat' }, { lte: 5 }, ['[0].is always']],
    [{ ...asked, kind: 'ces' }, { lte: 6 }, []],
    [{ ...asked, kind: 'ces' }, { lte: 7 }, ['[0].is always']],
    [{ ...asked, kind: 'rating' }, { gt: 5 }, ['[0].is never']],
    [{ ...asked, kind: 'rating', of: 10 }, { gt: 5 }, []],
    [{ ...asked, kind: 'thumbs' }, { eq: 'yes' }, ['[0].is never']],
    [{ ...asked, kind: 'thumbs' }, { in: ['up', 'down'] }, ['[0].is always']],
    [choice, { eq: 'zzz' }, ['[0].is never']],
    [choice, { in: ['zzz', 'a'] }, []],
    [choice, { eq: 'other' }, ['[0].is never']],
    [{ ...choice, other: 'Else' }, { eq: 'other' }, []],
    [choice, { contains: 'a' }, []],
    [
      { ...asked, kind: 'picture', choices: choices.map((one) => ({ ...one, src: '/a.png' })) },
      { eq: 'c' },
      ['[0].is never'],
    ],
    [several, { eq: 'a' }, ['[0].is.eq never']],
    [several, { in: ['a', 'b'] }, ['[0].is.in never']],
    [several, { contains: 'zzz' }, ['[0].is.contains chosen']],
    [several, { contains: 'a' }, []],
    [several, { eq: ['a', 'b'] }, []],
    [several, { in: [['a']] }, []],
    [several, { exists: true }, []],
    [{ ...asked, kind: 'text' }, { eq: 'zzz' }, []],
  ])('of %j on %j is warned of where that is certain', (question, is, at) => {
    expect(warnedOf(question, is)).toEqual(at);
  });

  it('may be how one says that there was an answer, or none, where none is required', () => {
    const optional: Question = { ...nps, required: false };
    expect([{ gte: 0 }, { exists: true }, { exists: false }].flatMap((is) => warnedOf(optional, is))).toEqual(
      [],
    );
    expect(warnedOf(optional, { eq: 11 })).toEqual(['[0].is never']);
  });

  it('on what another card asks may find no answer', () => {
    const later = (is: Test) =>
      warned(
        card('one', { ...nps, id: 'first' }, [{ is: { eq: 1 }, to: 'three' }]),
        card('two', nps),
        card('three', { ...nps, id: 'third' }, [{ question: 'q', is, to: 'last' }]),
      );
    expect([later({ gte: 0 }), later({ eq: 11 })]).toEqual([[], ['[0].is never']]);
  });

  it('is warned of as trying each answer finds it', () => {
    const scores = Array.from({ length: 11 }, (_, score) => score);
    for (const operator of ['eq', 'ne', 'gt', 'gte', 'lt', 'lte'])
      for (let wanted = -1; wanted <= 11; wanted += 0.5) {
        const is: Test = { [operator]: wanted };
        const count = scores.filter((score) => passes(is, [score], NaN)).length;
        const word = count === 0 ? 'never' : count === 11 && 'always';
        expect(warnedOf(nps, is), JSON.stringify(is)).toEqual(word ? [`[0].is ${word}`] : []);
      }
  });
});
