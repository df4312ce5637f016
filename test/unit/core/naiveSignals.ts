/** Brute force for the signals of the log: all page views are looked at, the log is read from its end. Shares nothing with src/core. */
import type { PastEvent } from '../../../src/core/decision.js';

/** The page views of a session that are returns, and whether its last page view is one. `log` must be in order. */
export function naiveReturns(log: PastEvent[], session: string): [count: number, isLast: boolean] {
  const views = log.filter(
    (event) =>
      event.name === '$page_view' && event.session === session && typeof event.properties?.url === 'string',
  );
  const pageOf = (view: PastEvent) => (view.properties!.url as string).split('#')[0];
  // What was loaded again is no stay of its own.
  const stays = views.filter((view, at) => !at || pageOf(view) !== pageOf(views[at - 1]!));
  const returns = stays.filter((view, at) => {
    if (at < 2) return false;
    const [one, other] = [stays[at - 2]!, stays[at - 1]!];
    return pageOf(view) === pageOf(one) && view.time - other.time <= 30_000;
  });
  return [returns.length, returns.length > 0 && returns.at(-1) === views.at(-1)];
}

/** What the cart is worth; undefined if that is not known. `log` must be in order. */
export function naiveCart(log: PastEvent[]): number | undefined {
  let isBought = false;
  for (const { name, properties } of [...log].reverse()) {
    if (name === 'purchase') isBought = true;
    if (name !== 'cart_updated') continue;
    if (isBought) return 0;
    return typeof properties?.value === 'number' ? properties.value : undefined;
  }
  return undefined;
}
