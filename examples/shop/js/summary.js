import { h } from './element.js';
import { say } from './language.js';
import { yen } from './money.js';
import { FREE_SHIPPING_FROM } from './totals.js';

/** Subtotal, coupon, shipping and total as a description list. */
export function summaryRows({ subtotal, discount, shipping, tax, total }) {
  return h(
    'dl',
    { class: 'summary-rows' },
    row({ ja: '小計', en: 'Subtotal' }, yen(subtotal)),
    discount > 0 && row({ ja: 'クーポン割引', en: 'Coupon' }, `−${yen(discount)}`, 'is-discount'),
    row({ ja: '送料', en: 'Shipping' }, shipping ? yen(shipping) : say({ ja: '無料', en: 'Free' })),
    h(
      'div',
      { class: 'summary-total' },
      h('dt', {}, say({ ja: '合計（税込）', en: 'Total' })),
      h('dd', {}, h('strong', { 'data-test': 'cart-total', 'data-amount': total }, yen(total))),
    ),
    row({ ja: 'うち消費税', en: 'Consumption tax included' }, yen(tax), 'is-small'),
  );
}

/** How much is missing for free shipping; nothing once it is free. */
export function shippingHint({ goods, shipping }) {
  if (shipping === 0) return undefined;
  const missing = yen(FREE_SHIPPING_FROM - goods);
  const text = { ja: `あと${missing}で送料無料になります。`, en: `${missing} more for free shipping.` };
  return h('p', { class: 'hint' }, say(text));
}

/** Products of an order as a short list with pictures. */
export function summaryLines(lines) {
  return h(
    'ul',
    { class: 'summary-lines' },
    lines.map(({ product, quantity }) =>
      h(
        'li',
        {},
        h('img', { src: product.image, width: 600, height: 600, alt: '' }),
        h('span', {}, say(product.name), h('small', {}, ` × ${quantity}`)),
        h('span', { class: 'amount' }, yen(product.price * quantity)),
      ),
    ),
  );
}

function row(label, amount, className) {
  return h('div', { class: className }, h('dt', {}, say(label)), h('dd', {}, amount));
}
