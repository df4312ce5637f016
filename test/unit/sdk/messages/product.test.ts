import { expect, test } from 'vitest';
import type { Product } from '../../../../src/core/content.js';
import { createFill } from '../../../../src/sdk/messages/personalise.js';
import { drawProduct } from '../../../../src/sdk/messages/product.js';
import { expandFacts, NOW } from '../../../cases/expand.js';
import { noteTaking } from './drawing.fixture.js';

const script = ['javascript', 'alert(1)'].join(':');
const fill = createFill(
  { facts: expandFacts(), values: { name: '<b>Tea</b>', price: 1980, path: '/tea?x', script } },
  'en',
  () => NOW,
);

function draw(product: Partial<Product>) {
  const notes = noteTaking([], { fill, say: (text) => fill((text as string | undefined) ?? '') });
  const shown = drawProduct({ block: 'product', id: 'tea', name: 'Tea', ...product }, notes.view);
  return { shown, picture: shown.querySelector('img'), ...notes };
}

test('is a link with picture, name and price, filled in', () => {
  const { shown, picture, events, leave } = draw({
    name: '{{ values.name }}',
    price: '{{ values.price | money: "JPY" }}',
    src: 'https://cdn.example{{ values.path }}',
    href: '{{ values.path }}',
  });
  expect([shown.localName, shown.getAttribute('href')]).toEqual(['a', `${location.origin}/tea?x`]);
  expect([...shown.querySelectorAll('span > *')].map(({ innerHTML }) => innerHTML)).toEqual([
    '&lt;b&gt;Tea&lt;/b&gt;',
    '¥1,980',
  ]);
  expect(picture).toBeNull();
  shown.click();
  expect([events.clicked.mock.calls, leave.mock.calls]).toEqual([[['tea', 'link']], [['action']]]);
});

test('its picture says nothing that is not said beside it, keeps its room, and leaves no broken frame', () => {
  const { picture } = draw({ src: '/tea.png' });
  const named = ['src', 'alt', 'width', 'height'].map((name) => picture!.getAttribute(name));
  expect(named).toEqual([`${location.origin}/tea.png`, '', '72', '72']);
  picture!.dispatchEvent(new Event('error'));
  expect(picture!.hidden).toBe(true);
});

test.each<Partial<Product>>([{}, { href: '{{ values.script }}' }, { href: script }, { href: '//x.example' }])(
  'leads nowhere with %j, and a click on it says nothing',
  (product) => {
    const { shown, events } = draw(product);
    shown.click();
    expect([shown.localName, shown.hasAttribute('href'), events.clicked.mock.calls]).toEqual([
      'div',
      false,
      [],
    ]);
  },
);

test.each<Partial<Product>>([
  { src: '{{ values.script }}' },
  { src: 'http://x.example/a.png' },
  { src: '' },
  {},
])('has no picture with %j', (product) => expect(draw(product).picture).toBeNull());

test('has no empty line where no price is known', () => {
  for (const price of [undefined, '', '{{ values.unheard | money: "JPY" }}'])
    expect(draw({ price }).shown.querySelectorAll('span > *')).toHaveLength(1);
});
