import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inlineOf, type Stretch } from '../../../../src/core/inline.js';

const plain = (text: string): Stretch => ({ text });
const strong = (text: string): Stretch => ({ text, look: 'strong' });
const em = (text: string): Stretch => ({ text, look: 'em' });
const link = (text: string, href: string): Stretch => ({ text, look: 'link', href });

describe('inlineOf', () => {
  it.each<[text: string, ...stretches: Stretch[]]>([
    [''],
    ['Hello', plain('Hello')],
    ['**now**', strong('now')],
    ['a **now** b', plain('a '), strong('now'), plain(' b')],
    ['*now*', em('now')],
    ['a*b*c', plain('a'), em('b'), plain('c')],
    ['**a***b*', strong('a'), em('b')],
    ['[Terms](/terms)', link('Terms', '/terms')],
    [
      'See [a b](https://a.example/?b=c#d).',
      plain('See '),
      link('a b', 'https://a.example/?b=c#d'),
      plain('.'),
    ],
    ['[a](b)[c](d)', link('a', 'b'), link('c', 'd')],
    ['**二つ**目\n三つ目', strong('二つ'), plain('目\n三つ目')],
  ])('takes %j apart', (text, ...stretches) => expect(inlineOf(text)).toEqual(stretches));

  it.each([
    '*',
    '**',
    '***',
    '****',
    '**now',
    'now**',
    '*now',
    '5 * 3 * 2',
    '[Terms]',
    '[Terms](',
    '[Terms]()',
    '[](/terms)',
    '[Terms] (/terms)',
    '[Terms](/a b)',
    '[Terms](/a\nb)',
    '(/terms)[Terms]',
    '_now_ `x` <b>now</b> ~~no~~',
    '![tea](tea.png'.slice(1),
  ])('leaves %j as it is', (text) => expect(inlineOf(text)).toEqual([plain(text)]));

  it('lets no mark hold another', () => {
    expect(inlineOf('**a *b* c**')).toEqual([plain('**a '), em('b'), plain(' c**')]);
    expect(inlineOf('[a **b**](c)')).toEqual([link('a **b**', 'c')]);
    expect(inlineOf('**[a](b)**')).toEqual([strong('[a](b)')]);
    expect(inlineOf('[a [b](c)](d)')).toEqual([plain('[a '), link('b', 'c'), plain('](d)')]);
  });

  it.each<[text: string, ...stretches: Stretch[]]>([
    ['\\*now\\*', plain('*now*')],
    ['\\**now*', plain('*'), em('now')],
    ['*now\\*', plain('*now*')],
    ['**now\\**', plain('**now**')],
    ['**5\\*3**', strong('5*3')],
    ['*5\\*3*', em('5*3')],
    ['\\[a](b)', plain('[a](b)')],
    ['[a\\](b)', plain('[a](b)')],
    ['[\\[1\\]](b)', link('[1]', 'b')],
    ['[5\\*3](b)', link('5*3', 'b')],
    ['\\\\*a*', plain('\\'), em('a')],
    ['**a\\\\**', strong('a\\')],
    ['C:\\new \\', plain('C:\\new \\')],
    ['**C:\\new**', strong('C:\\new')],
  ])('takes what follows a backslash literally in %s', (text, ...stretches) =>
    expect(inlineOf(text)).toEqual(stretches),
  );

  it.each<[text: string, ...stretches: Stretch[]]>([
    [
      '{{ a.b | default: "*" }}, {{ a.c | default: "*" }}',
      plain('{{ a.b | default: "*" }}, {{ a.c | default: "*" }}'),
    ],
    ['{{ a.b | default: "\\*" }}', plain('{{ a.b | default: "\\*" }}')],
    ['{{ a.b | default: "[x](y)" }}', plain('{{ a.b | default: "[x](y)" }}')],
    ['**{{ a.b | default: "*" }}**', strong('{{ a.b | default: "*" }}')],
    ['[{{ a.b | default: "]" }}](c)', link('{{ a.b | default: "]" }}', 'c')],
    ['[a](/b?c={{ d.e | default: "f g (h)" }}&i)', link('a', '/b?c={{ d.e | default: "f g (h)" }}&i')],
    ['[a]({{ d.e | default: "/" }})', link('a', '{{ d.e | default: "/" }}')],
  ])('keeps placeholders whole in %s', (text, ...stretches) => expect(inlineOf(text)).toEqual(stretches));

  it('gives a text without marks back whole', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!/[*[\]\\{]/.test(text));
        expect(inlineOf(text)).toEqual(text ? [plain(text)] : []);
      }),
    ));

  it('gives back what was escaped', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('{{'));
        expect(inlineOf(text.replace(/[\\*[\]]/g, '\\$&'))).toEqual(text ? [plain(text)] : []);
      }),
    ));

  it('loses nothing but marks, whatever they stand around', () => {
    const part = fc.constantFrom('*', '**', '[', ']', '](', '(', ')', '\\', '{{', '}}', ' ', 'a', '/b', 'あ');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        const said = inlineOf(text);
        for (const { text: words, look, href } of said) {
          expect(words).not.toBe('');
          expect(href !== undefined).toBe(look === 'link');
        }
        const letters = (of: string) => of.replace(/[^abあ]/g, '');
        expect(letters(said.map(({ text: words, href = '' }) => words + href).join(''))).toBe(letters(text));
      }),
    );
  });

  it('reads nothing twice: what is never closed is done in a moment', { timeout: 20_000 }, () => {
    const units = [
      '*',
      '**',
      '*a',
      '**a',
      '[',
      '[a](',
      '[a]({{ ',
      '[a](b',
      '{{',
      '{{*',
      '*{{*}}',
      '\\',
      '\\*',
      'a',
      '](',
    ];
    for (const unit of units) {
      const text = unit.repeat(100_000 / unit.length);
      for (const before of ['', '*', '**', '[', '[a](', '{{'])
        expect(inlineOf(before + text).length).toBeGreaterThan(0);
    }
  });
});
