import { addToCart, MAX_QUANTITY } from '../cart.js';
import { fill, h } from '../element.js';
import { emptyState } from '../emptyState.js';
import { say, withLanguage } from '../language.js';
import { yen } from '../money.js';
import { productCard } from '../productCard.js';
import { categories, detailLabels, findProduct, products } from '../products.js';
import { quantityStepper } from '../quantityStepper.js';
import { trackProduct } from '../tracking.js';

const RELATED = { item_list_id: 'related', item_list_name: 'こちらもどうぞ' };

export function startProduct() {
  const product = findProduct(new URLSearchParams(location.search).get('id'));
  const main = document.querySelector('main');
  if (!product) {
    withLanguage(() => fill(main, unknownProduct()));
    return;
  }
  const draft = { quantity: 1 };
  withLanguage(() => drawProduct(main, product, draft));
  trackProduct('view_item', product);
}

function unknownProduct() {
  return emptyState(
    { ja: 'この商品は見つかりませんでした', en: 'We could not find this product' },
    {
      ja: 'お取り扱いを終えたか、リンクが変わった可能性があります。',
      en: 'We may have stopped carrying it, or the link has changed.',
    },
  );
}

function drawProduct(main, product, draft) {
  document.title = say({ ja: `${product.name.ja}｜葉音`, en: `${product.name.en} | Haoto` });
  fill(
    main,
    breadcrumbs(product),
    h(
      'article',
      { class: 'product' },
      h(
        'div',
        { class: 'product-picture' },
        h('img', {
          src: product.image,
          width: 600,
          height: 600,
          alt: say(product.name),
          fetchpriority: 'high',
        }),
      ),
      h(
        'div',
        { class: 'product-text' },
        h('h1', {}, say(product.name)),
        h('p', { class: 'product-tagline' }, say(product.tagline)),
        h(
          'p',
          { class: 'product-price' },
          yen(product.price),
          h('small', {}, say({ ja: '税込', en: 'tax included' })),
        ),
        purchaseForm(product, draft),
        h('p', { class: 'product-description' }, say(product.description)),
        details(product),
      ),
    ),
    related(product),
  );
}

function breadcrumbs({ category }) {
  return h(
    'nav',
    { class: 'breadcrumbs', 'aria-label': say({ ja: 'パンくず', en: 'Breadcrumbs' }) },
    h('a', { href: 'index.html' }, say(categories.all.name)),
    h('a', { href: `index.html?category=${category}` }, say(categories[category].name)),
  );
}

function purchaseForm(product, draft) {
  const stepperPlace = h('div', {});
  const done = h('p', { class: 'added', role: 'status' });
  const drawStepper = () => fill(stepperPlace, quantityStepper(product, draft.quantity, choose));
  const choose = (next) => {
    draft.quantity = next;
    drawStepper();
  };
  const add = () => {
    const added = addToCart(product.id, draft.quantity);
    if (added > 0) trackProduct('add_to_cart', product, added);
    fill(
      done,
      addedText(added),
      ' ',
      h('a', { href: 'cart.html' }, say({ ja: 'カートを見る', en: 'View cart' })),
    );
  };
  drawStepper();
  const label = say({ ja: 'カートに入れる', en: 'Add to cart' });
  const button = h(
    'button',
    { type: 'button', class: 'button', 'data-test': 'add-to-cart', onclick: add },
    label,
  );
  return h('div', { class: 'purchase' }, stepperPlace, button, done);
}

function addedText(added) {
  if (added > 0) return say({ ja: 'カートに入れました。', en: 'Added to your cart.' });
  return say({
    ja: `おひとり様${MAX_QUANTITY}点までとさせていただいています。`,
    en: `We can send at most ${MAX_QUANTITY} of these per order.`,
  });
}

function details(product) {
  const rows = product.details.map(([label, value]) =>
    h('div', {}, h('dt', {}, say(detailLabels[label])), h('dd', {}, say(value))),
  );
  return h('dl', { class: 'details' }, rows);
}

/** Four more: the same category first, then what follows in the shop. */
function related(product) {
  const at = products.indexOf(product);
  const others = [...products.slice(at + 1), ...products.slice(0, at)];
  const near = others.filter(({ category }) => category === product.category);
  const chosen = [...new Set([...near, ...others])].slice(0, 4);
  return h(
    'section',
    { class: 'related', 'aria-labelledby': 'related' },
    h('h2', { id: 'related' }, say({ ja: RELATED.item_list_name, en: 'You may also like' })),
    h(
      'ul',
      { class: 'cards' },
      chosen.map((other, index) => productCard(other, index, RELATED)),
    ),
  );
}
