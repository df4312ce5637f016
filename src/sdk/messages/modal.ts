import { guarded } from './fault.js';
import { modalCss } from './modalStyles.js';
import { createSurface } from './surface.js';
import type { View } from './view.js';

/** A modal, or a message over all of the page: the browser's own dialog traps the focus and makes the page behind it inert. */
export function createModal(view: View, card: HTMLElement, look: string): HTMLElement {
  view.adopt(modalCss);
  /** Whether it is outside of the dialog's box: one that covers the page has nothing beside it. */
  const isBeside = ({ target, clientX: x, clientY: y }: MouseEvent) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    return target == dialog && (x < left || x > right || y < top || y > bottom);
  };
  let isMeant = false;
  const dialog: HTMLElement = createSurface('dialog', look, view, card, {
    // A second Esc skips `cancel`; a dialog the page took out is not closed by the reader.
    close: () => dialog.isConnected && view.leave('escape'),
    // A text that was selected from within ends beside the dialog too.
    pointerdown: (event) => (isMeant = isBeside(event)),
    click: (event) => isMeant && isBeside(event) && view.leave('backdrop'),
  });
  // Not beside the others: that name is one of those the build shortens.
  dialog.oncancel = guarded((event: Event) => {
    event.preventDefault();
    view.leave('escape');
  });
  return dialog;
}
