// Calls made before kikubari.js has loaded wait here; it takes them over with the time and page they were made on.
window.kikubari =
  window.kikubari ||
  function () {
    (kikubari.q = kikubari.q || []).push([
      Date.now(),
      location.href,
      document.title,
      document.referrer,
      arguments,
    ]);
  };

import { startHeader } from './js/header.js';
import { startLanguage } from './js/language.js';
import { startCart } from './js/pages/cart.js';
import { startCheckout } from './js/pages/checkout.js';
import { startList } from './js/pages/list.js';
import { startProduct } from './js/pages/product.js';
import { startThanks } from './js/pages/thanks.js';

const pages = {
  list: startList,
  product: startProduct,
  cart: startCart,
  checkout: startCheckout,
  thanks: startThanks,
};

startLanguage();
startHeader();
pages[document.body.dataset.page]();
