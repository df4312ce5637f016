import { describe, expect, test } from 'vitest';
import type { Block, Card, Content } from '../../../../src/core/content.js';
import { directionOf, languageOf, nameOf } from '../../../../src/sdk/messages/language.js';
import { has, shownContent } from '../../../../src/sdk/messages/shownContent.js';
import type { View } from '../../../../src/sdk/messages/view.js';
import { noteTaking, requestFor } from './drawing.fixture.js';

const content = (...blocks: Block[]): Content => ({ format: 'modal', cards: [{ id: 'a', blocks }] });
const heading = (text: Extract<Block, { block: 'heading' }>['text']): Block => ({ block: 'heading', text });

describe('the language of a message', () => {
  const both = content(heading({ en: 'Hello', ja: 'こんにちは' }));
  test.each([
    [['ja-JP', 'en'], 'ja'],
    [['fr-CA', 'en-GB'], 'en'],
    [['fr'], 'en'],
    [[], 'en'],
  ])('for %j is %s', (languages, expected) => {
    expect(languageOf(both, languages, 'en')).toBe(expected);
  });

  test('plain strings are in the campaign’s own language', () => {
    expect(languageOf(content(heading('Bonjour')), ['ja'], 'fr')).toBe('fr');
    expect(languageOf(content(heading('مرحبا')), ['ar-EG', 'en'], 'ar')).toBe('ar');
  });

  const texts = { en: 'A', ja: 'あ' };
  const rating = { kind: 'rating', id: 'q', label: 'How?' } as const;
  test.each<[where: string, block: unknown]>([
    ['an image', { block: 'image', src: '/a.png', alt: texts, width: 1, height: 1 }],
    ['a button', { block: 'buttons', buttons: [{ id: 'go', label: texts, action: { do: 'next' } }] }],
    ['a product', { block: 'product', id: 'p', name: texts }],
    ['a price', { block: 'product', id: 'p', name: 'Sencha', price: texts }],
    ['a coupon', { block: 'coupon', code: 'TEN', label: texts }],
    ['a countdown', { block: 'countdown', until: '', label: texts }],
    ['the end of a countdown', { block: 'countdown', until: '', ended: texts }],
    ['a text', { block: 'text', text: texts }],
    ['a question', { block: 'question', question: { ...rating, label: texts } }],
    ['the low end', { block: 'question', question: { ...rating, low: texts } }],
    ['the high end', { block: 'question', question: { ...rating, high: texts } }],
    [
      'a choice',
      { block: 'question', question: { kind: 'choice', choices: [{ value: 'a', label: texts }] } },
    ],
    ['one’s own choice', { block: 'question', question: { kind: 'choice', choices: [], other: texts } }],
    ['a field', { block: 'question', question: { kind: 'text', label: 'Why?', placeholder: texts } }],
  ])('is that of the reader where %s alone has it', (_, block) => {
    expect(languageOf(content(block as Block), ['ja', 'en'], 'en')).toBe('ja');
    expect(languageOf(content(block as Block), ['fr'], 'en')).toBe('en');
  });

  test('is no key of anything else', () => {
    const action = { do: 'link', href: '/', id: 'x' } as const;
    const buttons: Block = { block: 'buttons', buttons: [{ id: 'go', label: 'Go', action }] };
    const asked: Content = { ...content(buttons), theme: { text: '#000000', dark: { text: '#ffffff' } } };
    expect(languageOf(asked, ['id', 'do', 'dark', 'text'], 'en')).toBe('en');
    expect(languageOf({ ...asked, label: { id: 'Teh' } }, ['id'], 'en')).toBe('id');
    expect(languageOf({ ...asked, launcher: { id: 'Teh' } }, ['id'], 'en')).toBe('id');
  });

  test('Arabic and Hebrew run from right to left', () => {
    expect(['ar', 'he-IL', 'en', 'ja', 'arn'].map(directionOf)).toEqual(['rtl', 'rtl', 'ltr', 'ltr', 'ltr']);
  });

  test('the script a language is written in decides, else the one it usually is', () => {
    const rtl =
      'pa-Arab ku-Arab-IQ ff-Adlm en-Hebr ckb ks nqo syr dv ar-u-nu-latn ary arz azb fa-AF ' +
      'lrc mzn pnb prs ps rhg sd skr ug ur-Arab yi';
    const ltr =
      'ar-Latn ks-Deva sd-Deva-IN uz-Cyrl-AF pa pa-IN ku ff az uz en-u-nu-arab sr-Latn zh-Hant de-1996 ' +
      'dva heb-Latn ar-latn-EG psx ugo';
    expect(rtl.split(' ').filter((tag) => directionOf(tag) != 'rtl')).toEqual([]);
    expect(ltr.split(' ').filter((tag) => directionOf(tag) != 'ltr')).toEqual([]);
  });
});

describe('the name of a message', () => {
  const question: Block = { block: 'question', question: { kind: 'nps', id: 'q', label: 'How?' } };
  const named = (content: Content, more: Partial<View> = {}) =>
    nameOf(noteTaking([], { content, ...more }).view);
  const image = (alt: string): Block => ({ block: 'image', src: '/a.png', alt, width: 1, height: 1 });
  const button = { id: 'go', label: 'Buy', action: { do: 'close' } } as const;
  const buttons: Block = { block: 'buttons', buttons: [button, { ...button, label: 'No' }] };
  const until = '2026-12-01T00:00:00Z';

  test('is the author’s label, else heading, question, text', () => {
    const text: Block = { block: 'text', text: 'Some words' };
    expect(named({ ...content(heading('Title')), label: 'Label' })).toBe('Label');
    expect(named(content(text, question, heading('Title')))).toBe('Title');
    expect(named(content(text, question))).toBe('How?');
    expect(named(content(image('Tea'), text))).toBe('Some words');
  });

  test.each<[name: string, ...blocks: Block[]]>([
    ['Tea', buttons, image(''), image('Tea')],
    ['Sencha', buttons, { block: 'product', id: 'p', name: 'Sencha', price: '¥100' }],
    ['For you', buttons, { block: 'coupon', code: 'TEN', label: 'For you' }],
    ['TEN', { block: 'coupon', code: 'TEN' }],
    ['Time left', buttons, { block: 'countdown', until, label: 'Time left', ended: 'Over' }],
    ['Buy', { block: 'divider' }, image(''), { block: 'countdown', until }, buttons],
  ])('is "%s" of what else there is', (name, ...blocks) => {
    expect(named(content(...blocks))).toBe(name);
  });

  test('is none where nothing says anything, which authors are warned of', () => {
    expect(named(content({ block: 'divider' }, image('')))).toBe('');
  });

  test('is filled in as what is shown is, and has no marks', () => {
    const fill = (text: string) => text.replace('{{ visitor.name }}', '*Mei*');
    const say = (text: unknown) => fill((text as string | undefined) ?? '');
    const text = 'Here is **10 % off** for {{ visitor.name }}. [How it works](/terms) \\*';
    expect(named(content({ block: 'text', text }), { fill, say })).toBe(
      'Here is 10 % off for *Mei*. How it works *',
    );
    expect(named(content(heading('**{{ visitor.name }}**')), { fill, say })).toBe('***Mei***');
  });
});

describe('what can be shown', () => {
  const unknown = { block: 'hologram' } as unknown as Block;
  const unknownQuestion = {
    block: 'question',
    question: { kind: 'mood', id: 'q', label: '' },
  } as unknown as Block;

  test('leaves out blocks and questions of a newer version', () => {
    const shown = shownContent(requestFor(content(unknown, heading('Hi'), unknownQuestion)));
    expect(shown).toEqual(content(heading('Hi')));
  });

  test('keeps a card of which nothing is left, for others lead to it', () => {
    const after: Card = { id: 'b', blocks: [heading('Hi')] };
    const shown = shownContent(
      requestFor({ format: 'modal', cards: [{ id: 'a', next: 'b', blocks: [unknown] }, after] }),
    );
    expect(shown!.cards).toEqual([{ id: 'a', next: 'b', blocks: [] }, after]);
  });

  test('is nothing for an unknown format, or if nothing is left', () => {
    expect(shownContent(requestFor(content(unknown, unknownQuestion)))).toBeNull();
    for (const format of ['billboard', 'constructor'])
      expect(shownContent(requestFor({ ...content(heading('Hi')), format: format as never }))).toBeNull();
  });

  const contact: Block = {
    block: 'question',
    question: { kind: 'contact', id: 'mail', label: 'Mail', field: 'email' },
  };
  test('asks for personal data only where the site does', () => {
    const wanted = content(heading('Hi'), contact);
    expect(shownContent(requestFor(wanted))).toEqual(content(heading('Hi')));
    expect(shownContent(requestFor(wanted, { allowsContacts: true }))).toEqual(wanted);
    expect(shownContent(requestFor(content(contact)))).toBeNull();
  });

  test('covers the whole page only for who has just done something', () => {
    const full: Content = { ...content(heading('Hi')), format: 'full-screen' };
    expect(shownContent(requestFor(full))).toBeNull();
    expect(shownContent(requestFor(full, { userActivated: true }))).toEqual(full);
  });

  test.each<[Content['position'], Content['position'], Content['position'], Content['position']]>([
    ['top', 'bottom', 'left', 'top'],
    [undefined, 'bottom', 'left', 'bottom'],
    [undefined, undefined, 'left', 'left'],
    [undefined, undefined, undefined, undefined],
  ])(
    'stands at its own place (%s), its theme’s (%s) or the site’s (%s): %s',
    (own, theme, site, expected) => {
      const placed: Content = { ...content(heading('Hi')), position: own, theme: { position: theme } };
      expect(shownContent(requestFor(placed, { theme: { position: site } }))!.position).toBe(expected);
    },
  );

  test('the survey chunk is needed only for questions', () => {
    expect(has(content(heading('Hi')), 'question')).toBe(false);
    const question = { kind: 'text', id: 'q', label: '' } as const;
    expect(has(content({ block: 'question', question }), 'question')).toBe(true);
  });
});
