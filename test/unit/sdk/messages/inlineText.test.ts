import { expect, test } from 'vitest';
import { element } from '../../../../src/sdk/messages/element.js';
import { drawText } from '../../../../src/sdk/messages/inlineText.js';
import { createFill } from '../../../../src/sdk/messages/personalise.js';
import { expandFacts, NOW } from '../../../cases/expand.js';
import { noteTaking } from './drawing.fixture.js';

const attributes = {
  marks: '**bold** *it* [a](https://evil.example) \\',
  html: '<b>x</b>',
  path: '/a b?c=d',
  script: ['javascript', 'alert(1)'].join(':'),
};
const fill = createFill({ facts: expandFacts({ attributes }) }, 'en', () => NOW);

/** The text drawn in a paragraph. */
function draw(text: string) {
  const { view, events } = noteTaking([], { fill });
  const paragraph = element('p', {}, ...drawText(text, view));
  return { paragraph, events, html: paragraph.innerHTML };
}

test.each([
  ['plain', 'plain'],
  ['a **b c** d', 'a <strong>b c</strong> d'],
  ['a *b* *c d*', 'a <em>b</em> <em>c d</em>'],
  ['[a b](https://x.example/y)!', '<a href="https://x.example/y">a b</a>!'],
  ['[mail](mailto:a@b.example)', '<a href="mailto:a@b.example">mail</a>'],
  ['[home](/)', `<a href="${location.origin}/">home</a>`],
  ['2 * 3 * 4, ** and [words] (not)', '2 * 3 * 4, ** and [words] (not)'],
  ['\\*no\\* \\[no](x) \\\\', '*no* [no](x) \\'],
  ['<b>**x**</b>', '&lt;b&gt;<strong>x</strong>&lt;/b&gt;'],
  ['', ''],
])('%s', (text, expected) => {
  expect(draw(text).html).toBe(expected);
});

test.each([
  `${'javascript'}:alert`,
  'data:text/html,x',
  'http://other.example/',
  '//other.example/',
  'blob:x',
])('a link to %s is its words', (address) => expect(draw(`see [here](${address})`).html).toBe('see here'));

test('what a value says has no marks, wherever it stands', () => {
  expect(draw('Hi {{ visitor.marks }}').paragraph.children).toHaveLength(0);
  expect(draw('Hi {{ visitor.marks }}').paragraph.textContent).toBe(`Hi ${attributes.marks}`);
  const { paragraph } = draw('**{{ visitor.marks }}** *{{ visitor.html }}* [{{ visitor.marks }}](/x)');
  expect([...paragraph.children].map(({ localName, children }) => [localName, children.length])).toEqual([
    ['strong', 0],
    ['em', 0],
    ['a', 0],
  ]);
  expect(paragraph.textContent).toBe(`${attributes.marks} ${attributes.html} ${attributes.marks}`);
});

test('a value in an address cannot lead elsewhere, and one that is an address is judged', () => {
  expect(draw('[a](/search?q={{ visitor.path }})').paragraph.querySelector('a')!.href).toBe(
    `${location.origin}/search?q=%2Fa%20b%3Fc%3Dd`,
  );
  expect(draw('[a]({{ visitor.script }})').html).toBe('a');
  expect(draw('[a]({{ visitor.unheard | default: "/cart" }})').html).toBe(
    `<a href="${location.origin}/cart">a</a>`,
  );
});

test('a click on a link is told of, and leaves the message where it is', () => {
  const { paragraph, events } = draw('[a](#x)');
  paragraph.querySelector('a')!.click();
  expect([events.clicked.mock.calls, events.closed.mock.calls]).toEqual([[['link', 'link']], []]);
});
