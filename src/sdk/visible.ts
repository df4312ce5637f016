import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import type { Fire } from './triggers.js';

/** A page that changes is looked through for awaited elements at most this often, ms. */
const LOOK_MS = 200;

/** Fires once for each selector, when an element of it is half in view; elements may be added later. The result ends it. */
export function watchVisible(
  env: Environment,
  selectors: string[],
  guard: Faults['guard'],
  fire: Fire,
): () => void {
  const awaited = new Map<Element, string>();
  let timer: number | undefined;
  const seen = new IntersectionObserver(
    guard((entries: IntersectionObserverEntry[]) => {
      for (const { isIntersecting, target } of entries) {
        const selector = awaited.get(target);
        if (!isIntersecting || !selector) continue;
        seen.unobserve(target);
        fire({ trigger: 'visible', selector });
      }
    }),
    { threshold: 0.5 },
  );
  let missing = selectors;
  const look = guard(() => {
    timer = undefined;
    missing = missing.filter((selector) => {
      const element = query(selector);
      if (!element) return element === undefined;
      awaited.set(element, selector);
      seen.observe(element);
      return false;
    });
    if (!missing.length) added.disconnect();
  });
  const added = new MutationObserver(guard(() => (timer ??= env.later(look, LOOK_MS))));
  added.observe(document, { childList: true, subtree: true });
  look();
  return () => {
    env.cancel(timer);
    seen.disconnect();
    added.disconnect();
  };
}

/** Null if the selector cannot be read, undefined if there is no such element yet. */
function query(selector: string) {
  try {
    return document.querySelector(selector) ?? undefined;
  } catch {
    return null;
  }
}
