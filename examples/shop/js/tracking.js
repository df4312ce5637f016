const BRAND = 'Haoto';

/** Tells Kikubari. Page views are its own affair, so the shop never sends them. */
function track(name, properties) {
  window.kikubari('track', name, properties);
}

/** A list, its products and where they stand in it. */
export function trackList(name, list, products) {
  track(name, { ...list, items: products.map(([product, index]) => ({ ...toItem(product), index })) });
}

/** An event about pieces of one product. */
export function trackProduct(name, product, quantity = 1) {
  track(name, {
    currency: 'JPY',
    value: product.price * quantity,
    items: [{ ...toItem(product), quantity }],
  });
}

/** An event about the whole cart or order. `value` is the goods after the coupon, without shipping. */
export function trackOrder(name, lines, { goods, coupon }, properties) {
  const items = lines.map(({ product, quantity }) => ({ ...toItem(product), quantity }));
  track(name, { currency: 'JPY', value: goods, ...properties, ...(coupon && { coupon }), items });
}

/** Names stay Japanese in both languages of the shop, so that a report counts each product once. */
function toItem(product) {
  return {
    item_id: product.id,
    item_name: product.name.ja,
    item_brand: BRAND,
    item_category: product.category,
    price: product.price,
  };
}
