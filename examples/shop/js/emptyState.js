import { h } from './element.js';
import { say } from './language.js';

/** A page that has nothing to show says so and leads back to the shop. */
export function emptyState(title, lead) {
  return h(
    'div',
    { class: 'empty' },
    h('img', { src: 'images/mark.svg', width: 48, height: 48, alt: '' }),
    h('h1', { tabindex: -1 }, say(title)),
    h('p', {}, say(lead)),
    h('a', { class: 'button', href: 'index.html' }, say({ ja: '商品を見る', en: 'Browse the shop' })),
  );
}
