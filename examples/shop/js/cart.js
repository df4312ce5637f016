import { findProduct } from './products.js';
import { readStored, writeStored } from './storage.js';
import { knownCoupon } from './totals.js';

const KEY = 'shop-cart';
/** Most pieces of one product in one order. */
export const MAX_QUANTITY = 10;

const listeners = [];
let cart = readCart();

// Another tab, or this page back from the browser's cache, may hold an older cart than the storage.
window.addEventListener('storage', (event) => event.key === KEY && reload());
window.addEventListener('pageshow', (event) => event.persisted && reload());

/** Lines of product and quantity, in the order they were added. */
export function cartLines() {
  return cart.lines.map(({ id, quantity }) => ({ product: findProduct(id), quantity }));
}

/** Number of pieces in the cart. */
export function cartCount() {
  return cart.lines.reduce((count, line) => count + line.quantity, 0);
}

/** The coupon code in force, or `undefined`. */
export function cartCoupon() {
  return cart.coupon;
}

/** Calls `listener` now and whenever the cart changes, here or in another tab. */
export function withCart(listener) {
  listeners.push(listener);
  listener();
}

/** Adds pieces up to `MAX_QUANTITY` and returns how many were added. */
export function addToCart(id, quantity) {
  return setQuantity(id, quantityOf(id) + quantity);
}

/** Sets a line's quantity, 0 removes the line; returns the difference. */
export function setQuantity(id, wanted) {
  const before = quantityOf(id);
  const quantity = Math.max(0, Math.min(MAX_QUANTITY, wanted));
  const others = cart.lines.filter((line) => line.id !== id);
  const lines = before
    ? cart.lines.map((line) => (line.id === id ? { id, quantity } : line)).filter((line) => line.quantity)
    : [...others, { id, quantity }];
  keep({ ...cart, lines });
  return quantity - before;
}

export function setCoupon(coupon) {
  keep({ ...cart, coupon });
}

/** Empties the cart behind a page that is about to be left, so nothing is drawn again. */
export function emptyCart() {
  cart = { lines: [] };
  writeStored(KEY, cart);
}

function quantityOf(id) {
  return cart.lines.find((line) => line.id === id)?.quantity ?? 0;
}

function keep(next) {
  cart = next;
  writeStored(KEY, cart);
  for (const listener of listeners) listener();
}

function reload() {
  cart = readCart();
  for (const listener of listeners) listener();
}

/** What is stored may be old or edited: only known products in sensible quantities come back. */
function readCart() {
  const stored = readStored(KEY);
  const lines = Array.isArray(stored?.lines) ? stored.lines : [];
  return {
    lines: lines.filter(isUsable),
    coupon: knownCoupon(String(stored?.coupon ?? '')),
  };
}

function isUsable(line) {
  const quantity = line?.quantity;
  return findProduct(line?.id) && Number.isInteger(quantity) && quantity > 0 && quantity <= MAX_QUANTITY;
}
