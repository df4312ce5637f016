import { h } from './element.js';
import { say } from './language.js';
import { yen } from './money.js';
import { trackList } from './tracking.js';

/** A product in a list; a click on it is a `select_item`. `list` is `{ item_list_id, item_list_name }`. */
export function productCard(product, index, list, { heading = 'h3', isEager = false } = {}) {
  return h(
    'li',
    {},
    h(
      'a',
      {
        class: 'card',
        href: `product.html?id=${product.id}`,
        'data-test': 'product-card',
        'data-product': product.id,
        'data-focus': `card-${product.id}`,
        onclick: () => trackList('select_item', list, [[product, index]]),
      },
      h(
        'span',
        { class: 'card-picture' },
        h('img', {
          src: product.image,
          width: 600,
          height: 600,
          alt: '',
          loading: isEager ? 'eager' : 'lazy',
        }),
      ),
      h(heading, { class: 'card-name' }, say(product.name)),
      h('p', { class: 'card-tagline' }, say(product.tagline)),
      h('p', { class: 'card-price' }, yen(product.price)),
    ),
  );
}
