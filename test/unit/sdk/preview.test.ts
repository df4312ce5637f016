import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Test } from '../../../src/core/conditions.js';
import type { Block, Card, Content, PooledCoupon } from '../../../src/core/content.js';
import { preview, themes, type Preview, type PreviewOptions } from '../../../src/sdk/preview.js';
import { drawingBrowser, inside } from './messages/browser.fixture.js';

let undo: () => void;
let shown: (Preview | null)[] = [];
beforeEach(() => {
  undo = drawingBrowser();
});
afterEach(() => {
  for (const each of shown) each?.unmount();
  shown = [];
  undo();
});

const heading = (text: Extract<Block, { block: 'heading' }>['text']): Block => ({ block: 'heading', text });
const cards = (...blocks: Block[]): Card[] => [{ id: 'one', blocks }];

/** Shows content, and notes what it tells. */
async function show(content: Partial<Content>, options: Partial<PreviewOptions> = {}) {
  const on = vi.fn();
  const one = await preview({
    content: { format: 'banner', cards: cards(heading('Hello')), ...content },
    on,
    ...options,
  });
  shown.push(one);
  const notices = () => on.mock.calls.map((call) => call as unknown[]);
  return { one, notices };
}
const find = <Found extends HTMLElement>(selector: string) => inside()!.querySelector<Found>(selector)!;
const style = (token: string) => find('.root').style.getPropertyValue(token);

describe('a preview', () => {
  it('shows a message, tells that it is seen, and goes when it is told to', async () => {
    const { one, notices } = await show({});
    expect(find('.banner h2').textContent).toBe('Hello');
    expect(notices()).toEqual([['shown']]);
    one!.unmount();
    expect(document.querySelector('[data-kikubari]')).toBeNull();
    expect(notices()).toHaveLength(1);
  });

  it.each<Content['format']>(['modal', 'full-screen', 'banner', 'slide-in', 'toast', 'tab'])(
    'shows a %s',
    async (format) => {
      expect((await show({ format })).one).not.toBeNull();
    },
  );

  it('shows nothing where there is nothing to show, no place for it, or its time is over', async () => {
    const over: Block = { block: 'countdown', until: '2026-05-01T00:00:00Z' };
    const contents: Partial<Content>[] = [
      { cards: [] },
      { format: 'billboard' as never },
      { format: 'inline', slot: 'news' },
      { format: 'tooltip', anchor: '#gone' },
      { format: 'tooltip', anchor: '##' },
      { cards: cards(over) },
    ];
    for (const content of contents) expect((await show(content)).one).toBeNull();
    expect(document.querySelector('[data-kikubari]')).toBeNull();
  });

  it('lives at the moment it is given', async () => {
    const countdown: Block = { block: 'countdown', until: '2026-05-01T00:00:00Z' };
    const { one } = await show({ cards: cards(countdown) }, { now: Date.parse('2026-04-29T23:59:59Z') });
    expect([one !== null, find('.clock b').textContent]).toEqual([true, '1']);
  });

  it('says what is known of the visitor it is given, and the defaults of nobody', async () => {
    const text =
      '{{ visitor.name | default: "you" }} {{ event.total | default: "-" }} {{ values.n | default: "-" }}';
    await show({ cards: cards(heading(text)) });
    expect(find('h2').textContent).toBe('you - -');
    shown.pop()!.unmount();
    const visitor = { attributes: { name: 'Mei' }, event: { total: 5 }, values: { n: 1 } };
    await show({ cards: cards(heading(text)) }, { visitor });
    expect(find('h2').textContent).toBe('Mei 5 1');
  });

  it.each<[Partial<PreviewOptions>, string]>([
    [{}, 'Hello'],
    [{ languages: ['ja-JP'] }, 'こんにちは'],
    [{ language: 'ja' }, 'こんにちは'],
    [{ language: 'ja', languages: ['en'] }, 'Hello'],
    [{ languages: ['fr'] }, 'Hello'],
  ])('speaks as %j says', async (options, words) => {
    await show({ cards: cards(heading({ en: 'Hello', ja: 'こんにちは' })) }, options);
    expect(find('h2').textContent).toBe(words);
  });

  it('is drawn with presets by their names, the message’s over the site’s', async () => {
    await show({}, { theme: { preset: 'matcha' } });
    expect([style('--accent'), style('--radius')]).toEqual([themes.matcha.accent, '16px']);
    shown.pop()!.unmount();
    await show({ theme: { preset: 'kinari', accent: '#123456' } }, { theme: { preset: 'matcha' } });
    expect([style('--accent'), style('--surface'), find('.root').dataset.font]).toEqual([
      '#123456',
      themes.kinari.surface,
      'serif',
    ]);
  });
});

describe('a code from a pool', () => {
  const pooled = (exhausted?: PooledCoupon['exhausted']): Partial<Content> => ({
    cards: [
      { id: 'one', blocks: [heading('For you'), { block: 'coupon', pool: 'ten', exhausted }] },
      { id: 'sorry', blocks: [heading('Come again')], end: true },
    ],
  });
  it.each([
    [undefined, 'SAMPLE-CODE'],
    ['MINE', 'MINE'],
  ])('given as %s is %s', async (code, expected) => {
    await show(pooled(), { code });
    expect(find<HTMLInputElement>('.ticket input').value).toBe(expected);
  });

  it('that is none leaves the way on as it is', async () => {
    const [one, sorry] = pooled('omit').cards!;
    const button: Block = { block: 'buttons', buttons: [{ id: 'on', label: 'On', action: { do: 'next' } }] };
    const way = [{ id: 'hello', next: 'one', blocks: [heading('Hello'), button] }, sorry!];
    await show({ cards: [...way, { ...one!, next: 'sorry', blocks: one!.blocks.slice(1) }] }, { code: null });
    find('.buttons button').click();
    expect(find('h2').textContent).toBe('Come again');
  });

  it('that is none is what the author wants then', async () => {
    expect((await show(pooled(), { code: null })).one).toBeNull();
    await show(pooled('omit'), { code: null });
    expect([find('h2').textContent, find('.ticket')]).toEqual(['For you', null]);
    shown.pop()!.unmount();
    await show(pooled({ card: 'sorry' }), { code: null });
    expect(find('h2').textContent).toBe('Come again');
  });
});

describe('what a preview hears', () => {
  const button = (action: Extract<Block, { block: 'buttons' }>['buttons'][number]['action']) =>
    cards({ block: 'buttons', buttons: [{ id: 'go', label: 'Go', action }] });
  it.each<[Parameters<typeof button>[0], unknown[][]]>([
    [
      { do: 'call', name: 'chat' },
      [
        ['called', 'chat'],
        ['closed', 'action'],
      ],
    ],
    [{ do: 'call', name: 'chat', close: false }, [['called', 'chat']]],
    [
      { do: 'track', event: 'liked' },
      [
        ['track', 'liked'],
        ['closed', 'action'],
      ],
    ],
    [
      { do: 'open', campaign: 'other' },
      [
        ['closed', 'action'],
        ['open', 'other'],
      ],
    ],
    [{ do: 'close' }, [['closed', 'close']]],
    [{ do: 'next' }, [['completed'], ['closed', 'end']]],
  ])('of a button that does %j', async (action, then) => {
    const { notices } = await show({ cards: button(action) });
    find('.buttons button').click();
    await vi.waitFor(() => expect(notices()).toEqual([['shown'], ['clicked', 'go', action.do], ...then]));
  });

  it('of a survey: its answers, in the author’s order, and its end', async () => {
    const choices = ['a', 'b', 'c', 'd'].map((value) => ({ value, label: value }));
    const question = { kind: 'choice', id: 'q', label: 'Which?', choices, shuffled: true } as const;
    const { notices } = await show({ cards: cards({ block: 'question', question }) });
    const labels = [...inside()!.querySelectorAll('.choices label')];
    expect(labels.map(({ textContent }) => textContent)).toEqual(['a', 'b', 'c', 'd']);
    labels[1]!.querySelector('input')!.click();
    find('form').dispatchEvent(new Event('submit', { cancelable: true }));
    const answer = { card: 'one', question: 'q', kind: 'choice', value: 'b', wording: 'Which?' };
    expect(notices()).toEqual([['shown'], ['answered', answer], ['completed'], ['closed', 'end']]);
  });

  it('and needs to hear nothing', async () => {
    await show({ cards: button({ do: 'close' }) }, { on: undefined });
    expect(() => find('.buttons button').click()).not.toThrow();
  });
});

describe('a card of a newer version', () => {
  const hologram = [{ block: 'hologram' } as unknown as Block];
  const end: Card = { id: 'thanks', end: true, blocks: [heading('Thanks')] };
  const first: Card = {
    id: 'one',
    next: 'new',
    blocks: [{ block: 'buttons', buttons: [{ id: 'on', label: 'On', action: { do: 'next' } }] }],
  };
  const question: Block = { block: 'question', question: { kind: 'text', id: 'q', label: 'Why?' } };

  it.each([
    ['of a message', first],
    ['of a survey', { ...first, blocks: [question, ...first.blocks] }],
  ])('%s is passed through, not taken for the end', async (_, one) => {
    const { notices } = await show({
      cards: [
        one,
        { id: 'other', blocks: [heading('Other')] },
        { id: 'new', next: 'thanks', blocks: hologram },
        end,
      ],
    });
    find('.buttons button').click();
    expect(find('h2').textContent).toBe('Thanks');
    expect(notices()).not.toContainEqual(['closed', 'end']);
  });

  it.each([
    ['that comes first', [{ id: 'new', blocks: hologram }, end], 'Thanks'],
    ['that leads elsewhere', [{ id: 'new', next: 'thanks', blocks: hologram }, first, end], 'Thanks'],
  ])('%s is not begun with', async (_, list: Card[], words) => {
    await show({ cards: list });
    expect(find('h2').textContent).toBe(words);
  });

  it('that closes the message closes it, and one that leads to itself ends it', async () => {
    for (const last of [
      { id: 'new', end: true, blocks: hologram },
      { id: 'new', next: 'new', blocks: hologram },
    ]) {
      const { notices } = await show({ cards: [first, last, { id: 'more', blocks: [heading('More')] }] });
      find('.buttons button').click();
      expect(notices().slice(2)).toEqual([['completed'], ['closed', 'end']]);
      shown.pop()!.unmount();
    }
  });
});

it('asks for personal data, and goes on behind answers, as it is told', async () => {
  const questions: Card[] = [
    { id: 'one', blocks: [{ block: 'question', question: { kind: 'text', id: 'why', label: 'Why?' } }] },
    {
      id: 'two',
      blocks: [
        { block: 'question', question: { kind: 'text', id: 'more', label: 'More?' } },
        { block: 'question', question: { kind: 'contact', field: 'email', id: 'mail', label: 'Mail' } },
      ],
    },
  ];
  await show({ cards: questions }, { answers: { why: 'so' } });
  expect([find('label').textContent, find('[type=email]')]).toEqual(['More? optional', null]);
  shown.pop()!.unmount();
  await show({ cards: questions }, { answers: { why: 'so' }, allowsContacts: true });
  expect(find('[type=email]')).not.toBeNull();
});

it.each<[Test, string]>([
  [{ contains: 'a' }, 'Yes'],
  [{ contains: 'b' }, 'No'],
])('follows a branch that asks for %j', async (is, heading) => {
  vi.resetModules();
  const { preview: fresh } = await import('../../../src/sdk/preview.js');
  const choices = ['a', 'b'].map((value) => ({ value, label: value }));
  const question = { kind: 'choice', id: 'q', label: 'Which?', multiple: true, choices } as const;
  const end = (id: string): Card => ({ id, end: true, blocks: [{ block: 'heading', text: id }] });
  const first: Card = {
    id: 'one',
    blocks: [{ block: 'question', question }],
    branches: [{ is, to: 'Yes' }],
    next: 'No',
  };
  shown.push(await fresh({ content: { format: 'banner', cards: [first, end('Yes'), end('No')] } }));
  find<HTMLInputElement>('[type=checkbox]').click();
  find('form').dispatchEvent(new Event('submit', { cancelable: true }));
  expect(find('h2').textContent).toBe(heading);
});

it('uses no network and no storage', async () => {
  const used: string[] = [];
  const tell = (name: string) => () => void used.push(name);
  vi.stubGlobal('fetch', tell('fetch'));
  vi.stubGlobal('XMLHttpRequest', tell('XMLHttpRequest'));
  vi.stubGlobal('indexedDB', { open: tell('indexedDB') });
  for (const name of ['localStorage', 'sessionStorage'])
    vi.stubGlobal(name, { getItem: tell(name), setItem: tell(name), removeItem: tell(name) });
  vi.stubGlobal('navigator', { ...navigator, languages: ['en'], sendBeacon: tell('sendBeacon') });
  const cookie = vi.spyOn(document, 'cookie', 'set');
  const question = { kind: 'nps', id: 'q', label: 'How?' } as const;
  await show({ cards: cards({ block: 'coupon', pool: 'ten' }, { block: 'question', question }) });
  find<HTMLInputElement>('[type=radio]').click();
  find('form').dispatchEvent(new Event('submit', { cancelable: true }));
  expect([used, cookie.mock.calls]).toEqual([[], []]);
  cookie.mockRestore();
});
