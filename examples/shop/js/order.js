import { findProduct } from './products.js';
import { readStored, writeStored } from './storage.js';
import { addUp, shippingTiers } from './totals.js';
import { trackOrder } from './tracking.js';

const KEY = 'shop-order';
/** Without 0, O, 1, I and L, which get mistaken on the phone. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** Keeps the order for the thank-you page: what was bought, never who bought it. */
export function placeOrder(lines, coupon, tier) {
  writeStored(KEY, {
    number: orderNumber(),
    placedAt: Date.now(),
    lines: lines.map(({ product, quantity }) => ({ id: product.id, quantity })),
    coupon,
    tier,
    isTracked: false,
  });
}

/** The last order placed in this browser, with its totals, or `undefined`. */
export function lastOrder() {
  const stored = readStored(KEY);
  if (!Array.isArray(stored?.lines) || !Number.isFinite(stored.placedAt)) return undefined;
  const lines = stored.lines
    .map((line) => ({ product: findProduct(line?.id), quantity: line?.quantity }))
    .filter(({ product, quantity }) => product && quantity > 0);
  const tier = Object.hasOwn(shippingTiers, stored.tier) ? stored.tier : 'standard';
  return { ...stored, tier, lines, totals: addUp(lines, stored.coupon, tier) };
}

/** Tells of the purchase once per order, however often the page is loaded. */
export function trackPurchaseOnce(order) {
  if (order.isTracked) return;
  writeStored(KEY, { ...readStored(KEY), isTracked: true });
  const { tax, shipping } = order.totals;
  trackOrder('purchase', order.lines, order.totals, {
    transaction_id: order.number,
    tax,
    shipping,
  });
}

function orderNumber() {
  const random = window.crypto.getRandomValues(new Uint8Array(8));
  const code = [...random].map((byte) => LETTERS[byte % LETTERS.length]).join('');
  return `HA-${code.slice(0, 4)}-${code.slice(4)}`;
}
