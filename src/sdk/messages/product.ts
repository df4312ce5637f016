import type { Product } from '../../core/content.js';
import { element } from './element.js';
import { safeImage, safeLink } from './safeUrl.js';
import type { View } from './view.js';

/** Something to buy: its picture, name and price, all of it a link if it leads somewhere. */
export function drawProduct({ id, name, price, src, href }: Product, view: View): HTMLElement {
  const { say, fill, events } = view;
  view.adopt(productCss);
  const link = href && safeLink(fill(href, true));
  const address = src && safeImage(fill(src, true));
  const click = () => {
    events.clicked(id, 'link');
    view.leave('action');
  };
  return element(
    link ? 'a' : 'div',
    { class: 'product', href: link, click: link ? click : undefined },
    // What it shows is said beside it.
    address && element('img', { src: address, alt: '', width: 72, height: 72 }),
    element('span', {}, element('b', {}, say(name)), say(price) && element('span', {}, say(price))),
  );
}

const productCss = `
.product{display:flex;align-items:center;gap:16px;padding:12px;border:1px solid var(--border);border-radius:var(--inner);color:inherit;text-decoration:none}
a.product:hover{background:var(--tint)}
.product img{flex:none;width:72px;height:72px;object-fit:cover;background:var(--tint)}
.product>span{display:grid;gap:2px;min-width:0}
.product b{font-weight:600;line-height:1.4}
`;
