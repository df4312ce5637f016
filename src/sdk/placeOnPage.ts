/** What the page has to say about a message: whether there is room, and in which language. */
import { slotSelector } from '../core/launcher.js';
import type { Campaign } from '../core/program.js';

/** Whether the visitor has just done something. */
export const isActive = () => !!navigator.userActivation?.isActive;

/** Whether the page has something open that is to be seen to first. */
export const isModalOpen = () =>
  [...document.querySelectorAll('dialog[open],[aria-modal=true]')].some(
    (open) =>
      (open.ariaModal || isModal(open)) &&
      // Not every browser can tell; what has no box cannot be seen in any.
      (open.checkVisibility?.() ?? open.getClientRects().length),
  );

function isModal(dialog: Element): boolean {
  try {
    return dialog.matches(':modal');
  } catch {
    // A browser that does not know the word.
    return false;
  }
}

/** Whether there is room for it on this page now, whichever variant it is: whom it cannot be shown is not exposed. */
export async function hasPlace({ variants }: Pick<Campaign, 'variants'>): Promise<boolean> {
  for (const { format, slot, anchor } of variants.map(({ content }) => content)) {
    if (format === 'full-screen' && !isActive()) return false;
    if (!slot && !anchor) continue;
    await pageReady();
    try {
      if (!document.querySelector(slot ? slotSelector(slot) : anchor!)) return false;
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
