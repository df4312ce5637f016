import { describe, expect, test } from 'vitest';
import type { Block, Card, Content } from '../../../../src/core/content.js';
import { directionOf, languageOf, nameOf } from '../../../../src/sdk/messages/language.js';
import { has, shownContent } from '../../../../src/sdk/messages/shownContent.js';
import { requestFor } from './drawing.fixture.js';

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

  test('Arabic and Hebrew run from right to left', () => {
    expect(['ar', 'he-IL', 'en', 'ja', 'arn'].map(directionOf)).toEqual(['rtl', 'rtl', 'ltr', 'ltr', 'ltr']);
  });
});

describe('the name of a message', () => {
  const question: Block = { block: 'question', question: { kind: 'nps', id: 'q', label: 'How?' } };
  test('is the author’s label, else heading, question, text', () => {
    const text: Block = { block: 'text', text: 'Some words' };
    expect(nameOf({ ...content(heading('Title')), label: 'Label' })).toBe('Label');
    expect(nameOf(content(text, question, heading('Title')))).toBe('Title');
    expect(nameOf(content(text, question))).toBe('How?');
    expect(nameOf(content(text))).toBe('Some words');
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
