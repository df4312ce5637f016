import { cartCount, withCart } from './cart.js';
import { say, withLanguage } from './language.js';

/** Number of pieces on the cart link, and the mark on the category one is in. */
export function startHeader() {
  withLanguage(() => withCount());
  withCart(withCount);
  markCategory();
}

function withCount() {
  const count = cartCount();
  const badge = document.querySelector('[data-cart-count]');
  badge.textContent = String(count);
  badge.hidden = count === 0;
  const label = { ja: `カート（${count}点）`, en: `Cart, ${count} ${count === 1 ? 'item' : 'items'}` };
  document.querySelector('[data-test="go-to-cart"]').setAttribute('aria-label', say(label));
}

function markCategory() {
  if (document.body.dataset.page !== 'list') return;
  const here = new URLSearchParams(location.search).get('category');
  for (const link of document.querySelectorAll('[data-category]')) {
    if (link.dataset.category === (here ?? 'all')) link.setAttribute('aria-current', 'page');
  }
}
