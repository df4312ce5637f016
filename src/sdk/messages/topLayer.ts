import { guarded } from './fault.js';
import { focusStart } from './focus.js';

/**
 * Shows a surface in the top layer, so that no z-index of the page is ever above it: a dialog as modal, which takes the
 * focus, a popover, which does not. What is there already stays as it is: raised again it would take the focus from a field, and stand
 * above a dialog of the page. What stands in the page stays there.
 */
export function raise(surface: Element): void {
  // In `:is()`, where a word that the browser does not know is no error.
  if (surface.matches(':is(:modal,:popover-open)')) return;
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
