/** The one code in circulation; the cart-saver campaign shows it to visitors who hesitate. */
const COUPONS = { THANKYOU10: { percentOff: 10 } };

export const FREE_SHIPPING_FROM = 5500;

/** Delivery choices: price in yen, and days until it arrives. */
export const shippingTiers = {
  standard: { price: 660, freeFrom: FREE_SHIPPING_FROM, days: 4 },
  express: { price: 1100, days: 1 },
};

/** The coupon code somebody typed, as we write it, or `undefined` when there is no such coupon. */
export function knownCoupon(typed) {
  const code = typed.normalize('NFKC').trim().toUpperCase();
  return Object.hasOwn(COUPONS, code) ? code : undefined;
}

/** Price of a delivery for goods worth `goods` yen. */
export function shippingPrice(tier, goods) {
  const { price, freeFrom = Infinity } = shippingTiers[tier];
  return goods >= freeFrom ? 0 : price;
}

/**
 * Adds up an order, all in yen with tax included: `goods` is what the lines cost after the coupon, `total` what is
 * paid, `tax` the consumption tax that `total` contains.
 */
export function addUp(lines, coupon, tier = 'standard') {
  const subtotal = sum(lines.map(linePrice));
  const percentOff = COUPONS[coupon]?.percentOff ?? 0;
  const discount = Math.floor((subtotal * percentOff) / 100);
  const goods = subtotal - discount;
  const shipping = lines.length ? shippingPrice(tier, goods) : 0;
  const goodsTax = sum(
    lines.map((line) => taxWithin(linePrice(line) * (1 - percentOff / 100), line.product.taxPercent)),
  );
  return {
    coupon,
    subtotal,
    discount,
    goods,
    shipping,
    tax: Math.floor(goodsTax + taxWithin(shipping, 10)),
    total: goods + shipping,
  };
}

function linePrice({ product, quantity }) {
  return product.price * quantity;
}

function taxWithin(price, percent) {
  return (price * percent) / (100 + percent);
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
