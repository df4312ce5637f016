import { guarded } from './fault.js';
import { focusStart } from './focus.js';

/**
 * Shows a surface in the top layer, so that no z-index of the page is ever above it: a dialog as modal, which takes the
 * focus, a popover, which does not. What stands in the page stays there.
 */
export function raise(surface: Element): void {
  if (surface.localName == 'dialog') {
    // A dialog the page took out and we put back keeps `open` and would refuse.
    surface.removeAttribute('open');
    (surface as HTMLDialogElement).showModal();
    focusStart(surface);
  } else if (surface.hasAttribute('popover')) (surface as HTMLElement).showPopover?.();
}

/** Calls back once when the element is really on the screen: not in a hidden tab, not with nothing to see. */
export function whenVisible(surface: Element, callback: () => void): () => void {
  const observer = new IntersectionObserver(
    guarded((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      callback();
    }),
  );
  observer.observe(surface);
  return () => observer.disconnect();
}
