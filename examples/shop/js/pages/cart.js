import { cartCoupon, cartLines, setQuantity, withCart } from '../cart.js';
import { startCouponForm } from '../couponForm.js';
import { announce, fill, h } from '../element.js';
import { emptyState } from '../emptyState.js';
import { say, withLanguage } from '../language.js';
import { yen } from '../money.js';
import { quantityStepper } from '../quantityStepper.js';
import { shippingHint, summaryRows } from '../summary.js';
import { addUp } from '../totals.js';
import { trackOrder, trackProduct } from '../tracking.js';

export function startCart() {
  startCouponForm(document.querySelector('[data-coupon]'));
  withLanguage(drawCart);
  withCart(drawCart);
  const lines = cartLines();
  if (lines.length) trackOrder('view_cart', lines, addUp(lines, cartCoupon()));
}

function drawCart() {
  const lines = cartLines();
  const totals = addUp(lines, cartCoupon());
  document.querySelector('[data-full]').hidden = lines.length === 0;
  const empty = document.querySelector('[data-empty]');
  empty.hidden = lines.length > 0;
  fill(empty, lines.length === 0 && emptyCartText());
  fill(document.querySelector('[data-lines]'), lines.map(cartLine));
  fill(document.querySelector('[data-totals]'), summaryRows(totals), shippingHint(totals));
}

function emptyCartText() {
  return emptyState(
    { ja: 'カートは空です', en: 'Your cart is empty' },
    { ja: 'お気に入りの一品が見つかりますように。', en: 'May you find something you like.' },
  );
}

function cartLine({ product, quantity }) {
  const href = `product.html?id=${product.id}`;
  return h(
    'li',
    { class: 'line', 'data-product': product.id },
    h('img', { class: 'line-picture', src: product.image, width: 600, height: 600, alt: '' }),
    h(
      'div',
      { class: 'line-text' },
      h('h2', { class: 'line-name' }, h('a', { href }, say(product.name))),
      h('p', { class: 'line-unit' }, yen(product.price)),
    ),
    quantityStepper(product, quantity, (next) => change(product, next)),
    h('p', { class: 'line-price' }, yen(product.price * quantity)),
    removeButton(product),
  );
}

function removeButton(product) {
  const name = say(product.name);
  return h(
    'button',
    {
      type: 'button',
      class: 'link-button line-remove',
      'aria-label': say({ ja: `${name}を削除`, en: `Remove ${name}` }),
      onclick: () => remove(product),
    },
    say({ ja: '削除', en: 'Remove' }),
  );
}

function change(product, next) {
  const difference = setQuantity(product.id, next);
  if (difference > 0) trackProduct('add_to_cart', product, difference);
  if (difference < 0) trackProduct('remove_from_cart', product, -difference);
}

function remove(product) {
  change(product, 0);
  announce(say({ ja: `${product.name.ja}を削除しました。`, en: `${product.name.en} was removed.` }));
  document.querySelector('main section:not([hidden]) h1').focus();
}
