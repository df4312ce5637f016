/** What stands on the page while the page, the program and the visitor's choices change around it. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Condition } from '../../../src/core/conditions.js';
import type { Content } from '../../../src/core/content.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import { compileRules } from '../../../src/core/rules.js';
import { createBegunSurvey } from '../../../src/sdk/begunSurvey.js';
import { expandFacts, expandProgram } from '../../cases/expand.js';
import { pageWith } from './engagePage.js';

beforeEach(() => {
  sessionStorage.clear();
  document.body.innerHTML = '<div data-kikubari-slot="news"></div>';
});

const audience: Condition = { page: 'path', is: { eq: '/cart' } };
const on = (path: string) => expandFacts({ page: { url: `https://shop.example${path}` } });

async function standing(format: Content['format'] = 'tab') {
  const content: Content = { format, cards: [], ...(format === 'inline' && { slot: 'news' }) };
  const page = pageWith(
    [{ id: 'one', audience, variants: [{ id: 'a', content }], triggers: [{ on: 'page' }] }],
    { facts: on('/cart') },
  );
  await page.engage.launchers();
  const { engage, state, told, mounted } = page;
  expect(told).toEqual(['exposed one:a', 'mounted one']);
  told.length = 0;
  const go = (facts: typeof state.facts) => {
    state.facts = facts;
    return engage.launchers();
  };
  return { ...page, go, events: mounted[0]!.events };
}

describe('what stands on the page', () => {
  it.each<Content['format']>(['tab', 'inline'])(
    'as %s stays where it is for whoever is there',
    async (format) => {
      const { go, told } = await standing(format);
      await go(on('/cart'));
      expect(told).toEqual([]);
    },
  );

  it.each<[what: string, facts: ReturnType<typeof expandFacts>, format: Content['format']]>([
    ['whom it is not for', on('/help'), 'tab'],
    ['whom it is not for in its slot', on('/help'), 'inline'],
    ['who allows it no more', { ...on('/cart'), consent: ['measure'] }, 'tab'],
  ])('goes from %s, and comes back with them', async (_, facts, format) => {
    const { go, told } = await standing(format);
    await go(facts);
    expect(told).toEqual(['unmounted one']);
    await go(on('/cart'));
    expect(told.slice(1)).toEqual(['mounted one']);
  });

  it('stays while the visitor has it open', async () => {
    const { go, told, events } = await standing();
    events.opened();
    await go(on('/help'));
    expect(told).toEqual([]);
    events.closed('close');
    await go(on('/help'));
    expect(told.slice(2)).toEqual(['unmounted one']);
  });

  it('stays while a survey in it is under way', async () => {
    const { go, told, events } = await standing('inline');
    events.answered({ card: 'c', question: 'q', kind: 'nps', value: 9, wording: '' });
    await go(on('/help'));
    expect(told).not.toContain('unmounted one');
  });

  it('goes with its campaign', async () => {
    const { engage, told, state } = await standing();
    state.rules = compileRules(expandProgram({ campaigns: [] }), ALL_KINDS);
    await engage.launchers();
    expect(told).toEqual(['unmounted one']);
  });
});

describe('what is there for a visitor', () => {
  const campaigns: Parameters<typeof pageWith>[0] = [
    { id: 'one' },
    { id: 'tab', variants: [{ id: 'a', content: { format: 'tab', cards: [] } }], triggers: [{ on: 'page' }] },
  ];

  it('goes with them', async () => {
    const { engage, told, state } = pageWith(campaigns);
    await engage.show('one');
    await engage.launchers();
    const keepTo = (visitor: string) => engage.takeOff(({ begun }) => begun!.visitor !== visitor);
    keepTo('visitor-1');
    expect(told.slice(-2)).toEqual(['exposed tab:a', 'mounted tab']);
    Object.assign(state.facts, { visitor: 'visitor-2' });
    keepTo('visitor-2');
    expect(told.slice(-2)).toEqual(['unmounted one', 'unmounted tab']);
    expect(await engage.show('one')).toMatchObject({ variant: 'a' });
    keepTo('visitor-2');
    expect(told.at(-1)).toBe('mounted one');
  });

  it('goes with them where it has only just come', async () => {
    const { engage, told, state } = pageWith(campaigns);
    state.meanwhile = () => (state.facts = { ...state.facts, visitor: 'visitor-2' });
    await engage.show('one');
    expect(told.at(-1)).toBe('unmounted one');
  });
});

describe('a survey that was begun on a page', () => {
  const answered = { card: 'c', question: 'q', kind: 'nps', value: 9, wording: '' };
  const other = () => createBegunSurvey('test');

  it('is not there any more where one comes back to the page from another that has ended it', async () => {
    const { engage, told, mounted } = pageWith([{ id: 'one' }, { id: 'two' }]);
    await engage.show('one');
    mounted[0]!.events.answered(answered);
    await engage.launchers();
    expect(told).not.toContain('unmounted one');
    other().keep();
    await engage.launchers();
    expect(told).toContain('unmounted one');
    expect(await engage.show('two')).toEqual({ variant: 'a' });
    await engage.launchers();
    expect(told).not.toContain('unmounted two');
  });

  it('is not there any more where it had come from a page before', async () => {
    const first = pageWith([{ id: 'one' }]);
    await first.engage.show('one');
    first.mounted[0]!.events.answered(answered);
    const { engage, told } = pageWith([{ id: 'one' }]);
    await engage.launchers();
    expect(told).toEqual(['mounted one']);
    other().keep();
    await engage.launchers();
    expect(told.slice(1)).toEqual(['unmounted one']);
  });
});
