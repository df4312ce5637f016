import { guarded } from './fault.js';

/** How long a message takes to leave, in ms; the exit motion of the stylesheet is as long. */
const leaveMs = 160;

/** Starts the exit motion of an element, then calls back. At once for readers who want less motion, but never synchronously:
 * a link must still be in the page when its click has been handled. */
export function leaveThen(element: HTMLElement | null, callback: () => void): void {
  if (element) element.dataset.leaving = '';
  setTimeout(guarded(callback), matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : leaveMs);
}
