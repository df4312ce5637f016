import { fill, h } from '../element.js';
import { say, withLanguage } from '../language.js';
import { productCard } from '../productCard.js';
import { categories, products } from '../products.js';
import { trackList } from '../tracking.js';

export function startList() {
  const asked = new URLSearchParams(location.search).get('category');
  const category = Object.hasOwn(categories, asked ?? '') ? asked : 'all';
  const shown = products.filter((product) => category === 'all' || product.category === category);
  const list = { item_list_id: category, item_list_name: categories[category].name.ja };

  document.querySelector('[data-hero]').hidden = category !== 'all';
  withLanguage(() => drawList(category, shown, list));
  trackList(
    'view_item_list',
    list,
    shown.map((product, index) => [product, index]),
  );
}

function drawList(category, shown, list) {
  const { name, lead } = categories[category];
  // A category has no hero above it, so its name is the page's heading.
  const heading = h(category === 'all' ? 'h2' : 'h1', { id: 'list-heading' }, say(name));
  fill(document.querySelector('[data-list-head]'), heading, h('p', {}, say(lead)));
  if (category !== 'all') document.title = say({ ja: `${name.ja}｜葉音`, en: `${name.en} | Haoto` });
  const cards = shown.map((product, index) =>
    productCard(product, index, list, { heading: category === 'all' ? 'h3' : 'h2', isEager: index < 4 }),
  );
  fill(document.querySelector('[data-list]'), cards);
}
