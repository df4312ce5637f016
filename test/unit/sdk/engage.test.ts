import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Content } from '../../../src/core/content.js';
import type { Trigger, Variant } from '../../../src/core/program.js';
import { createBegunSurvey, type Begun } from '../../../src/sdk/begunSurvey.js';
import { expandFacts } from '../../cases/expand.js';
import { pageWith } from './engagePage.js';

beforeEach(() => {
  sessionStorage.clear();
  document.body.replaceChildren();
});
afterEach(() => vi.unstubAllGlobals());

const variants = (...contents: Partial<Content>[]): Variant[] =>
  contents.map((content, at) => ({
    id: 'ab'[at]!,
    content: { format: 'banner', cards: [], ...content },
  }));
const inline = variants({ format: 'inline', slot: 'news' });
const tooltip = variants({ format: 'tooltip', anchor: '#cart' });
const put = (html: string) => document.body.insertAdjacentHTML('beforeend', html);
const NEWS = '<div data-kikubari-slot="news"></div>';

it.each([0, 1])(
  'exposes no arm of a campaign while another message is on the screen (control %s)',
  async (control) => {
    const { engage, told } = pageWith([
      { id: 'first', triggers: [{ on: 'page' }] },
      { id: 'second', control, triggers: [{ on: 'exit' }] },
    ]);
    await engage.occasion({ trigger: 'page' });
    await engage.occasion({ trigger: 'exit' });
    expect(told).toEqual(['exposed first:a', 'mounted first', 'suppressed second overlay']);
  },
);

it('shows the next campaign to who is in the control group of the first, for whom the screen is free', async () => {
  const { engage, told } = pageWith([
    { id: 'first', priority: 1, control: 1, triggers: [{ on: 'page' }] },
    { id: 'second', triggers: [{ on: 'page' }] },
  ]);
  await engage.occasion({ trigger: 'page' });
  expect(told).toContain('exposed first:control');
  expect(told).toContain('exposed second:a');
});

describe('one message at a time', () => {
  it('is on the screen, also where two are asked for in one task', async () => {
    const { engage, told } = pageWith([{ id: 'one' }, { id: 'two' }]);
    const shown = await Promise.all([engage.show('one'), engage.show('two')]);
    expect(shown).toEqual([{ variant: 'a' }, { variant: 'a', gate: 'overlay' }]);
    expect(told).toEqual(['exposed one:a', 'suppressed two overlay', 'mounted one']);
  });

  it('gives its place to the next when it is closed', async () => {
    const { engage, mounted, told } = pageWith([{ id: 'one' }, { id: 'two' }]);
    await engage.show('one');
    mounted[0]!.events.closed('close');
    await engage.show('two');
    expect(told).toContain('mounted two');
  });

  it('is the one that a button of it opens', async () => {
    const { engage, mounted, told } = pageWith([{ id: 'one' }, { id: 'two' }]);
    await engage.show('one');
    mounted[0]!.events.closed('action');
    mounted[0]!.events.open('two');
    await vi.waitFor(() => expect(told).toContain('mounted two'));
  });

  it('is told of where what a button opens fails, and the page hears nothing', async () => {
    const { engage, mounted, told, state } = pageWith([{ id: 'one' }, { id: 'two' }]);
    await engage.show('one');
    mounted[0]!.events.closed('action');
    state.claimFails = true;
    mounted[0]!.events.open('two');
    await vi.waitFor(() => expect(told).toContain('failed'));
  });

  it('gives its place back where its exposure cannot be written', async () => {
    const { engage, told, state } = pageWith([{ id: 'one' }, { id: 'two' }]);
    state.claimFails = true;
    await expect(engage.show('one')).rejects.toThrow('no storage');
    state.claimFails = false;
    expect(await engage.show('two')).toEqual({ variant: 'a' });
    expect(told).toEqual(['exposed two:a', 'mounted two']);
  });
});

describe('where the page has something open that is to be seen to first', () => {
  /** jsdom knows neither what is open as a modal nor what can be seen. */
  function open(html: string, isVisible = true) {
    put(html);
    Object.assign(document.body.lastElementChild!, { checkVisibility: () => isVisible });
  }

  it.each([0, 1])('no arm is exposed (control %s), and it may be later', async (control) => {
    open('<div role="dialog" aria-modal="true"></div>');
    const { engage, told } = pageWith([{ id: 'one', control }]);
    await engage.occasion({ trigger: 'page' });
    expect(told).toEqual(['suppressed one overlay']);
    document.body.replaceChildren();
    await engage.occasion({ trigger: 'page' });
    expect(told[1]).toBe(`exposed one:${control ? 'control' : 'a'}`);
  });

  it('what is drawn meanwhile waits, if it is to stand over the page', async () => {
    put(NEWS);
    const { engage, mounted } = pageWith([{ id: 'one', variants: inline }, { id: 'two' }]);
    await engage.launchers();
    await engage.show('two');
    const [inPage, over] = mounted.map(({ request }) => request.isBlocked);
    expect([inPage, over!()]).toEqual([undefined, false]);
    open('<div aria-modal="true"></div>');
    expect(over!()).toBe(true);
  });

  it.each([0, 1])('a browser that cannot tell what is seen is asked for boxes: %s', async (boxes) => {
    put('<div aria-modal="true"></div>');
    Object.assign(document.body.lastElementChild!, { getClientRects: () => Array(boxes).fill({}) });
    const { engage, told } = pageWith([{ id: 'one' }]);
    await engage.occasion({ trigger: 'page' });
    expect(told.includes('suppressed one overlay')).toBe(boxes > 0);
  });

  it('what stands in the page is shown all the same, and so is all over what cannot be seen', async () => {
    open('<div aria-modal="true"></div>');
    put(NEWS);
    const { engage, told } = pageWith([{ id: 'one', variants: inline }]);
    await engage.launchers();
    expect(told).toContain('mounted one');
    document.body.replaceChildren();
    open('<div aria-modal="true"></div>', false);
    const other = pageWith([{ id: 'two' }]);
    await other.engage.occasion({ trigger: 'page' });
    expect(other.told).toContain('mounted two');
  });
});

describe('where there is no place for it', () => {
  // What jsdom cannot tell: everything has a box but what is hidden.
  beforeEach(() => {
    vi.spyOn(Element.prototype, 'getClientRects').mockImplementation(function (this: Element) {
      return (this.closest('[hidden]') ? [] : [{}]) as never;
    });
  });
  afterEach(() => void vi.restoreAllMocks());

  it('beside an element without a box, nobody is exposed', async () => {
    put('<p hidden><a class="cart"></a></p><p hidden><a class="cart"></a></p>');
    const beside = variants({ format: 'tooltip', anchor: '.cart' });
    const { engage, told } = pageWith([{ id: 'one', variants: beside }]);
    await engage.occasion({ trigger: 'page' });
    expect(told).toEqual(['suppressed one place']);
    document.querySelector<HTMLElement>('p:last-child')!.hidden = false;
    const again = pageWith([{ id: 'one', variants: beside }]);
    await again.engage.occasion({ trigger: 'page' });
    expect(again.told[0]).toMatch(/^exposed one:/);
  });

  it('beside an element that is hidden or transparent, nobody is exposed', async () => {
    const checkVisibility = (also: object) => !('checkOpacity' in also && 'checkVisibilityCSS' in also);
    document.body.append(Object.assign(document.createElement('a'), { id: 'cart', checkVisibility }));
    const { engage, told } = pageWith([{ id: 'one', variants: tooltip }]);
    await engage.occasion({ trigger: 'page' });
    expect(told).toEqual(['suppressed one place']);
  });

  it.each<[string, Variant[], string]>([
    ['slot', inline, NEWS],
    ['anchor', tooltip, '<a id="cart"></a>'],
    ['slot of another variant', variants({}, { format: 'inline', slot: 'news' }), NEWS],
    ['place of the campaign that is held in control', tooltip, '<a id="cart"></a>'],
  ])('the %s, nobody is exposed, and the next campaign gets its chance', async (what, held, place) => {
    const { engage, told } = pageWith([
      {
        id: 'first',
        priority: 1,
        variants: held,
        control: what.includes('control') ? 1 : 0,
        triggers: [{ on: 'exit' }],
      },
      { id: 'second', triggers: [{ on: 'exit' }] },
    ]);
    await engage.occasion({ trigger: 'exit' });
    expect(told.slice(1)).toEqual(['suppressed first place', 'exposed second:a', 'mounted second']);
    put(place);
    const again = pageWith([{ id: 'first', variants: held, triggers: [{ on: 'exit' }] }]);
    await again.engage.occasion({ trigger: 'exit' });
    expect(again.told[0]).toMatch(/^exposed first:/);
  });

  it('nobody is shown something else who asked for it', async () => {
    const { engage, told } = pageWith([{ id: 'first', variants: tooltip }, { id: 'second' }]);
    expect(await engage.show('first')).toEqual({ variant: 'a', gate: 'place' });
    expect(told).toEqual(['suppressed first place']);
  });

  it('as for a selector that is none', async () => {
    const { engage, told } = pageWith([
      { id: 'one', variants: variants({ format: 'tooltip', anchor: '##' }) },
    ]);
    await engage.occasion({ trigger: 'page' });
    expect(told).toEqual(['suppressed one place']);
  });

  it('since nobody has done anything that it could come from, what covers the page stays away', async () => {
    const campaign = { id: 'one', variants: variants({ format: 'full-screen' }) };
    const { engage, told } = pageWith([campaign]);
    await engage.occasion({ trigger: 'page' });
    expect(told).toEqual(['suppressed one place']);
    vi.stubGlobal('navigator', { languages: ['en'], userActivation: { isActive: true } });
    const active = pageWith([campaign]);
    await active.engage.show('one');
    expect(active.mounted[0]!.request.userActivated).toBe(true);
  });
});

describe('what stands on the page', () => {
  it('waits for its slot, and comes once', async () => {
    const { engage, told } = pageWith([{ id: 'one', variants: inline }]);
    expect([await engage.launchers(), told]).toEqual([true, []]);
    put(NEWS);
    expect(await engage.launchers()).toBe(false);
    expect(await engage.launchers()).toBe(false);
    expect(told).toEqual(['exposed one:a', 'mounted one']);
  });

  it('leaves a slot to what stands in it, and takes it when that has gone', async () => {
    put('<div data-kikubari-slot="news"><div data-kikubari="inline"></div></div>');
    const { engage, told } = pageWith([{ id: 'one', variants: inline }]);
    expect([await engage.launchers(), told]).toEqual([true, []]);
    document.querySelector('[data-kikubari]')!.remove();
    expect(await engage.launchers()).toBe(false);
    expect(told).toEqual(['exposed one:a', 'mounted one']);
    put('<p data-kikubari="inline"></p>');
    document.querySelector('[data-kikubari-slot]')!.append(document.querySelector('p')!);
    // Its own.
    expect(await engage.launchers()).toBe(false);
  });

  it('does not keep a launcher that needs no slot waiting', async () => {
    const { engage, told } = pageWith([
      { id: 'one', variants: inline },
      { id: 'two', variants: variants({ format: 'tab' }), triggers: [{ on: 'manual' }] },
    ]);
    expect(await engage.launchers()).toBe(true);
    expect(told).toEqual(['exposed two:a', 'mounted two']);
  });

  it('comes back with a slot that went and came, without another exposure or impression', async () => {
    const { engage, told, mounted } = pageWith([{ id: 'one', variants: inline }]);
    put(NEWS);
    await engage.launchers();
    document.body.replaceChildren();
    mounted[0]!.isHere = false;
    expect(await engage.launchers()).toBe(true);
    put(NEWS);
    expect(await engage.launchers()).toBe(false);
    expect(told).toEqual(['exposed one:a', 'mounted one', 'unmounted one', 'mounted one']);
    mounted[1]!.events.shown();
    expect(told.slice(4)).toEqual(['shown one']);
  });

  it.each<['close' | 'end' | 'removed', session: string, returns: boolean]>([
    ['close', 'now', false],
    ['end', 'now', false],
    ['removed', 'now', true],
    ['close', 'before', true],
  ])('once closed (%s, in the session %s) comes back: %s', async (reason, session, returns) => {
    put(NEWS);
    const { engage, mounted, rows } = pageWith([{ id: 'one', variants: inline }]);
    await engage.launchers();
    mounted[0]!.events.closed(reason);
    rows.forEach((row) => Object.assign(row, { session }));
    await engage.launchers();
    expect(mounted).toHaveLength(returns ? 2 : 1);
  });

  it('as a tab stays when its panel is closed, and comes on the next page', async () => {
    const { engage, mounted } = pageWith([{ id: 'one', variants: variants({ format: 'tab' }) }]);
    await engage.launchers();
    mounted[0]!.events.closed('close');
    mounted[0]!.isHere = false;
    await engage.launchers();
    expect(mounted).toHaveLength(2);
  });

  it('is no overlay, and waits for none', async () => {
    put(NEWS);
    const { engage, told } = pageWith([{ id: 'one', variants: inline }, { id: 'two' }, { id: 'three' }]);
    await engage.show('two');
    await engage.launchers();
    expect(told).toContain('mounted one');
    expect(await engage.show('three')).toMatchObject({ gate: 'overlay' });
  });

  it.each<[Content['format'], 'page' | 'event']>([
    ['tab', 'page'],
    ['inline', 'page'],
    ['inline', 'event'],
  ])('is not put up again where it is asked for (%s, %s), but opened', async (format, on) => {
    put(NEWS);
    const trigger = (on === 'event' ? { on, event: 'go' } : { on }) as Trigger;
    const held = variants({ format, slot: format === 'inline' ? 'news' : undefined });
    const { engage, told, mounted } = pageWith([
      { id: 'one', caps: [], variants: held, triggers: [trigger] },
    ]);
    const event = { name: 'go', time: 0, properties: {} };
    await engage.launchers();
    await engage.occasion({ trigger: 'event', event });
    expect(told).toEqual(['exposed one:a', 'mounted one']);
    expect(await engage.show('one')).toEqual({ variant: 'a' });
    await engage.occasion({ trigger: 'event', event });
    expect(told.slice(2)).toEqual(['opened one']);
    mounted[0]!.isHere = false;
    await engage.show('one');
    expect(told.slice(3)).toEqual(['unmounted one', 'exposed one:a', 'mounted one']);
    engage.clear();
    expect(told.at(-1)).toBe('unmounted one');
  });

  it('is tried again where its exposure could not be written', async () => {
    put(NEWS);
    const { engage, told, state } = pageWith([{ id: 'one', variants: inline }]);
    state.claimFails = true;
    await expect(engage.launchers()).rejects.toThrow('no storage');
    state.claimFails = false;
    await engage.launchers();
    expect(told).toEqual(['exposed one:a', 'mounted one']);
  });

  it('is tried again where it could not be put up', async () => {
    put(NEWS);
    const { engage, told, state } = pageWith([{ id: 'one', variants: inline }]);
    state.canMount = false;
    await engage.launchers();
    expect(told).toEqual(['exposed one:a', 'mounted one', 'suppressed one content']);
    state.canMount = true;
    await engage.launchers();
    expect(told.slice(3)).toEqual(['mounted one']);
  });
});

describe('a survey that was begun on the page before', () => {
  const begun: Begun = {
    visitor: 'visitor-1',
    campaign: 'survey',
    version: 1,
    variant: 'b',
    submission: 'kept',
    answers: { q: 3 },
  };
  const store = createBegunSurvey('test');
  const survey = { id: 'survey', triggers: [{ on: 'exit' as const }], variants: variants({}, {}) };
  const keep = (more: Partial<Begun> = {}) => store.keep({ ...begun, ...more });

  it('goes on with its answers, its variant and its submission, without an exposure', async () => {
    keep();
    const { engage, mounted, told } = pageWith([survey]);
    await engage.launchers();
    expect(told).toEqual(['mounted survey']);
    expect(mounted[0]!.request).toMatchObject({ variant: 'b', answers: { q: 3 } });
    mounted[0]!.events.shown();
    mounted[0]!.events.answered({ card: 'c', question: 'p', kind: 'nps', value: 4, wording: '' });
    expect(told.slice(1)).toEqual(['shown survey', '$answer', 'answered survey']);
    expect(store.read()).toEqual({ ...begun, answers: { q: 3, p: 4 } });
    await engage.launchers();
    expect(mounted).toHaveLength(1);
  });

  it('is an overlay like any other: nothing comes over it, and it comes over nothing', async () => {
    keep();
    const { engage, told } = pageWith([survey, { id: 'other' }]);
    await engage.launchers();
    expect(await engage.show('other')).toMatchObject({ gate: 'overlay' });
    const late = pageWith([survey, { id: 'other' }]);
    await late.engage.show('other');
    await late.engage.launchers();
    expect([told[0], late.told]).toEqual(['mounted survey', ['exposed other:a', 'mounted other']]);
    expect(store.read()).toEqual(begun);
  });

  it('waits for a dialog of the page', async () => {
    keep();
    put('<div aria-modal="true"></div>');
    Object.assign(document.body.lastElementChild!, { checkVisibility: () => true });
    const { engage, told } = pageWith([survey]);
    await engage.launchers();
    expect([told, store.read()]).toEqual([[], begun]);
    document.body.replaceChildren();
    await engage.launchers();
    expect(told).toEqual(['mounted survey']);
  });

  it.each<[why: string, more: Partial<Begun>, facts?: Parameters<typeof expandFacts>[0]]>([
    ['it was published anew', { version: 2 }],
    ['it is another visitor', { visitor: 'visitor-2' }],
    ['its variant is no more', { variant: 'c' }],
    ['it is no more', { campaign: 'gone' }],
    ['consent was taken back', {}, { consent: ['measure', 'survey'] }],
  ])('is forgotten where %s', async (_, more, facts) => {
    keep(more);
    const { engage, told } = pageWith([survey], { facts: expandFacts(facts) });
    await engage.launchers();
    expect([told, store.read()]).toEqual([[], undefined]);
  });

  const full = { id: 'survey', variants: variants({ format: 'full-screen' }) };
  it('goes on where the visitor asks for it again, if it does not come by itself', async () => {
    vi.stubGlobal('navigator', { languages: [], userActivation: { isActive: false } });
    keep({ variant: 'a' });
    const { engage, mounted, told } = pageWith([full]);
    await engage.launchers();
    expect(told).toEqual([]);
    vi.stubGlobal('navigator', { languages: [], userActivation: { isActive: true } });
    expect(await engage.show('survey')).toEqual({ variant: 'a' });
    expect(mounted[0]!.request.answers).toEqual({ q: 3 });
    mounted[0]!.events.answered({ card: 'c', question: 'p', kind: 'nps', value: 4, wording: '' });
    expect(store.read()).toEqual({ ...begun, variant: 'a', answers: { q: 3, p: 4 } });
  });

  it.each<Partial<Begun>>([
    { version: 2 },
    { visitor: 'visitor-2' },
    { variant: 'b' },
    { campaign: 'other' },
  ])('is begun anew where it is another: %j', async (more) => {
    vi.stubGlobal('navigator', { languages: [], userActivation: { isActive: true } });
    const { engage, mounted } = pageWith([full]);
    keep({ variant: 'a', ...more });
    await engage.show('survey');
    expect(mounted[0]!.request.answers).toEqual({});
  });

  it('goes on in its slot, when that is there, whatever else is on the screen', async () => {
    keep({ variant: 'a' });
    const { engage, told, mounted } = pageWith([
      { id: 'survey', variants: inline },
      { id: 'other', triggers: [{ on: 'exit' }] },
    ]);
    await engage.occasion({ trigger: 'exit' });
    expect(await engage.launchers()).toBe(true);
    put(NEWS);
    expect(await engage.launchers()).toBe(false);
    expect(told).toEqual(['exposed other:a', 'mounted other', 'mounted survey']);
    expect(mounted[1]!.request.answers).toEqual({ q: 3 });
  });

  it('goes on where its slot went and came', async () => {
    put(NEWS);
    const { engage, mounted } = pageWith([{ id: 'survey', variants: inline }]);
    await engage.launchers();
    mounted[0]!.events.answered({ card: 'c', question: 'q', kind: 'nps', value: 9, wording: '' });
    const { submission } = store.read()!;
    mounted[0]!.isHere = false;
    await engage.launchers();
    expect(mounted).toHaveLength(2);
    expect([mounted[1]!.request.answers, store.read()!.submission]).toEqual([{ q: 9 }, submission]);
  });

  it('is forgotten, and off the page, when the SDK is switched off', async () => {
    keep();
    const { engage, told } = pageWith([survey]);
    await engage.launchers();
    engage.clear();
    expect([told.at(-1), store.read()]).toEqual(['unmounted survey', undefined]);
  });
});

it('tells a message what made its occasion and who is there', async () => {
  const { engage, mounted } = pageWith([{ id: 'one', triggers: [{ on: 'event', event: 'go' }] }]);
  const event = { name: 'go', time: 0, properties: { total: 5 } };
  await engage.occasion({ trigger: 'event', event });
  expect(mounted[0]!.request).toMatchObject({
    allowsContacts: false,
    known: { facts: { visitor: 'visitor-1' }, event },
    answers: {},
  });
});

it.each<[what: string, ...Parameters<typeof pageWith>, expected: object]>([
  [
    'its values',
    [{ id: 'one', values: { seen: { event: 'view' } } }],
    {},
    { known: { values: { seen: 0 } } },
  ],
  [
    'that it may ask for personal data',
    [{ id: 'one' }],
    { limits: { contacts: true } },
    { allowsContacts: true },
  ],
])('tells a message %s', async (_, campaigns, site, expected) => {
  const { engage, mounted, told } = pageWith(campaigns, site);
  await engage.occasion({ trigger: 'page' });
  expect(told).toEqual(['exposed one:a', 'mounted one']);
  expect(mounted[0]!.request).toMatchObject(expected);
});
