// @vitest-environment-options {"url": "https://shop.example/tea/green"}
/** Whoever makes a link to the site's page must not choose where a message leads; on https, where more can be led to than on http (S3). */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../src/core/events.js';
import { drawProduct } from '../../../../src/sdk/messages/product.js';
import { createFill } from '../../../../src/sdk/messages/personalise.js';
import { safeImage, safeLink } from '../../../../src/sdk/messages/safeUrl.js';
import { expandFacts, NOW } from '../../../cases/expand.js';
import { noteTaking } from './drawing.fixture.js';

const script = ['javascript', 'alert(1)'].join(':');
const listOf = (text: string) => text.trim().split(/\s+/);
/** What somebody may write behind a `?` to be led away from the site, or to leave a gap that does so. */
const CHOSEN = [
  ...listOf(String.raw`
    . .. / // \ : @ $ x 80 https: https:/ https script evil.example @evil.example .evil.example :443@evil.example
    /evil.example //evil.example ///evil.example /\evil.example \/evil.example \\evil.example evil。example ／／evil.example
    https://evil.example HTTPS:\\evil.example https:evil.example http://evil.example %2f%2fevil.example %2f %5cevil.example
    https://shop.example@evil.example https://shop.example.evil.example https://shop.example:8443/ data:text/html,x blob:x`),
  ...[
    '',
    '/\t/evil.example',
    '\n//evil.example',
    ' //evil.example',
    '\u0001//evil.example',
    '\ud83d//evil.example',
  ],
  ...['/\u202e/evil.example', script, ` ${script}`, `\u0001${script}`, script.replace('v', '\tv')],
];
/** Addresses as authors may write them, soundly or not. */
const WRITTEN = [
  ...listOf(String.raw`
    A A/B A/B/c /A/B /A/B/evil.example /AB /A./B AB A//B A:B A://B A@B A?B A//evil.example A/evil.example
    /A\B \A/B \A\B .//A/B ../A/B ?A=B #A .A/B /tea/A?size=B#A httpsA httpsA//B javaA:B javaAB javascriptA dataA
    https:A https:A/B https:/A/B https:///A/B https://A https://A/ https://A.shop.example/ https://A@B/
    https://shop.exampleA https://shop.example:A/ https://shop.example/A/B https://A@shop.example/`),
  ...[' A/B', '\t/A/B'],
];
/** `A` and `B` may be what the address of the page says. */
const addressOf = (written: string, [a, b]: [string, string]) =>
  written.replace(/[AB]/g, (letter) => `{{ ${letter === 'A' ? a : b} | default: "" }}`);

function filled(
  written: string,
  names: [string, string],
  [a, b]: [string, string],
  more: { [name: string]: Json } = {},
) {
  const query = new URLSearchParams({ a, b }).toString();
  const facts = { ...expandFacts({ page: { url: `https://shop.example/?${query}` } }) };
  facts.visit = { ...facts.visit, source: a };
  const known = { facts, event: { properties: { a, b } }, values: more };
  return createFill(known, 'en', () => NOW)(addressOf(written, names), true);
}

/** Of a link and of an image, where they may lead there. */
const addressesOf = (address: string) =>
  [safeLink(address), safeImage(address)].filter((safe) => safe !== undefined);

describe.each<[string, string]>([
  ['page.query.a', 'page.query.b'],
  ['visit.source', 'event.b'],
])('with {{ %s }} and {{ %s }} for A and B', (...names) => {
  test.each(WRITTEN)('%j leads to the site, or nowhere', (written) => {
    const wrong: unknown[] = [];
    for (const a of CHOSEN)
      for (const b of written.includes('B') ? CHOSEN : [''])
        for (const address of addressesOf(filled(written, names, [a, b])))
          if (new URL(address).origin !== 'https://shop.example') wrong.push({ a, b, address });
    expect(wrong).toEqual([]);
  });
});

describe('an address of the site', () => {
  const link = (written: string, a: string, b: string) =>
    safeLink(filled(written, ['page.query.a', 'page.query.b'], [a, b]));

  test('takes values as parts', () => {
    expect(link('/A/B', 'tea', 'a b/c?d')).toBe('https://shop.example/tea/a%20b%2Fc%3Fd');
    expect(link('https://shop.example/A?b=B', '日本', 'x&y')).toBe(
      'https://shop.example/%E6%97%A5%E6%9C%AC?b=x%26y',
    );
    expect(link('mailto:tea@shop.example?subject=A', 'a?b', '')).toBe(
      'mailto:tea@shop.example?subject=a%3Fb',
    );
  });

  test('leads nowhere where a value that is missing makes it that of another host', () => {
    for (const gap of ['', '.', '..', '\u202e']) expect(link('/A/B', gap, 'evil.example')).toBeUndefined();
  });

  test('may be of another host that the author wrote, or that the site itself has said', () => {
    const { origin } = new URL(link('https://mail.example/A', '@evil.example', '')!);
    expect(origin).toBe('https://mail.example');
    const values = {
      base: 'https://cdn.example',
      picture: 'https://cdn.example/a.png',
      path: '/a.png',
      none: '',
    };
    const own = (written: string, a = 'evil.example') =>
      safeImage(filled(written, ['page.query.a', 'page.query.b'], [a, ''], values));
    expect(own('{{ values.picture }}')).toBe('https://cdn.example/a.png');
    expect(own('{{ values.path }}')).toBe('https://shop.example/a.png');
    expect(own('{{ values.base }}/A.png', '日')).toBe('https://cdn.example/%E6%97%A5.png');
    // But the host it says is all of it.
    for (const written of [
      '{{ values.base }}A',
      '{{ values.base }}:A',
      '{{ values.none }}/{{ values.none }}/A',
    ])
      expect(own(written)).toBeUndefined();
  });
});

test.each([
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  ' //evil.example',
  '\u0001//evil.example',
])('%j leads nowhere, whoever says it', (address) => {
  expect([safeLink(address), safeImage(address)]).toEqual([undefined, undefined]);
  const said = filled('{{ values.url }}', ['page.query.a', 'page.query.b'], ['', ''], { url: address });
  expect(safeLink(said)).toBeUndefined();
});

test('a product whose address would be that of another host is no link, and its picture is not asked for there', () => {
  const facts = expandFacts({ page: { url: 'https://shop.example/?id=evil.example' } });
  const fill = createFill({ facts }, 'en', () => NOW);
  const href = '/{{ page.query.cat | default: "" }}/{{ page.query.id | default: "" }}';
  const { view } = noteTaking([], { fill });
  const shown = drawProduct({ block: 'product', id: 'tea', name: 'Tea', href, src: href }, view);
  expect([shown.localName, shown.querySelector('img')]).toEqual(['div', null]);
});
