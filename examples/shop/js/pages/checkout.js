import { cartCoupon, cartLines, emptyCart, withCart } from '../cart.js';
import { startCouponForm } from '../couponForm.js';
import { fill } from '../element.js';
import { emptyState } from '../emptyState.js';
import { checkField, showFieldError } from '../formField.js';
import { say, withLanguage } from '../language.js';
import { yen } from '../money.js';
import { placeOrder } from '../order.js';
import { shippingHint, summaryLines, summaryRows } from '../summary.js';
import { addUp, shippingPrice } from '../totals.js';
import { trackOrder } from '../tracking.js';

export function startCheckout() {
  startCouponForm(document.querySelector('[data-coupon]'));
  withLanguage(drawCheckout);
  withCart(drawCheckout);
  const lines = cartLines();
  if (lines.length === 0) return;
  trackOrder('begin_checkout', lines, addUp(lines, cartCoupon()));
  startForm(document.querySelector('[data-checkout-form]'));
}

function startForm(form) {
  const toldShipping = once(() => {
    const lines = cartLines();
    const totals = addUp(lines, cartCoupon(), chosenTier());
    trackOrder('add_shipping_info', lines, totals, { shipping_tier: chosenTier() });
  });
  const fields = [...form.querySelectorAll('[data-check]')];
  // Whoever reaches the payment part is done with the delivery part.
  form.querySelector('[data-payment]').addEventListener('focusin', toldShipping);
  form.addEventListener('change', drawCheckout);
  for (const field of fields) field.addEventListener('input', () => showFieldError(field, undefined));
  withLanguage(() => fields.filter((field) => field.hasAttribute('aria-invalid')).forEach(checkField));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const wrong = fields.filter((field) => !checkField(field));
    if (wrong.length) return wrong[0].focus();
    if (cartLines().length === 0) return;
    toldShipping();
    placeOrder(cartLines(), cartCoupon(), chosenTier());
    emptyCart();
    location.assign('thanks.html');
  });
}

function drawCheckout() {
  const lines = cartLines();
  const totals = addUp(lines, cartCoupon(), chosenTier());
  document.querySelector('[data-full]').hidden = lines.length === 0;
  const empty = document.querySelector('[data-empty]');
  empty.hidden = lines.length > 0;
  fill(empty, lines.length === 0 && nothingToBuy());
  fill(document.querySelector('[data-lines]'), summaryLines(lines));
  fill(
    document.querySelector('[data-totals]'),
    summaryRows(totals),
    chosenTier() === 'standard' && shippingHint(totals),
  );
  for (const price of document.querySelectorAll('[data-tier-price]')) {
    const amount = shippingPrice(price.dataset.tierPrice, totals.goods);
    price.textContent = amount ? yen(amount) : say({ ja: '無料', en: 'Free' });
  }
}

function nothingToBuy() {
  return emptyState(
    { ja: 'カートは空です', en: 'Your cart is empty' },
    { ja: 'ご注文の前に、商品をカートに入れてください。', en: 'Please put something in your cart first.' },
  );
}

function chosenTier() {
  return document.querySelector('input[name="shipping"]:checked').value;
}

function once(action) {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    action();
  };
}
