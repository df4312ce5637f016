/** What the page has to say about a message: whether there is room, and in which language. */
import { slotSelector } from '../core/launcher.js';
import type { Campaign } from '../core/program.js';

/** Whether the visitor has just done something. */
export const isActive = () => !!navigator.userActivation?.isActive;

/**
 * Whether the page has something open that is to be seen to first. What is open in a shadow root of the page's has the focus: there it is
 * looked for, but not in ours.
 */
export function isModalOpen(): boolean {
  let root: Document | ShadowRoot | null | undefined = document;
  for (; root; root = root.activeElement?.closest(':not([data-kikubari])')?.shadowRoot)
    // In `:is()`, where a word that the browser does not know is no error.
    if ([...root.querySelectorAll(':is(dialog:modal,[aria-modal=true])')].some(isInView)) return true;
  return false;
}

/** Not every browser can tell; what has no box cannot be seen in any. */
const isVisible = (one: Element) =>
  one.checkVisibility?.({ checkOpacity: true, checkVisibilityCSS: true }) ?? one.getClientRects().length > 0;

/** Pages keep what is closed: hidden, transparent, or beside the page. */
function isInView(open: Element): boolean {
  const { left, top, right, bottom } = open.getBoundingClientRect();
  return (
    isVisible(open) &&
    // Where its contents are placed elsewhere it has no room of its own.
    (left == right || top == bottom || (right > 0 && bottom > 0 && left < innerWidth && top < innerHeight))
  );
}

/** Whether there is room for it on this page now, whichever variant it is: whom it cannot be shown is not exposed. */
export async function hasPlace({ variants }: Pick<Campaign, 'variants'>): Promise<boolean> {
  for (const { format, slot, anchor } of variants.map(({ content }) => content)) {
    if (format === 'full-screen' && !isActive()) return false;
    if (!slot && !anchor) continue;
    await pageReady();
    try {
      // Beside an element that cannot be seen nothing can stand, and a slot has room for one message.
      const place = [...document.querySelectorAll(slot ? slotSelector(slot) : anchor!)].find(
        (one) => slot || isVisible(one),
      );
      if (!place || (slot && place.querySelector(':scope>[data-kikubari]'))) return false;
    } catch {
      return false;
    }
  }
  return true;
}

/**
 * After the page's own deferred scripts: until then it may not have said which language it is in. `readyState` turns
 * `interactive` before they run, so only the navigation's timing tells whether the event is still to come.
 */
export async function pageReady(): Promise<void> {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (document.readyState === 'complete' || !navigation || navigation.domContentLoadedEventStart) return;
  await new Promise((resolve) => addEventListener('DOMContentLoaded', resolve, { once: true }));
}

/** The page's own language goes before the browser's: a message should read as the page around it does. */
export function languages(): string[] {
  return [document.documentElement.lang, ...navigator.languages].filter(Boolean);
}
