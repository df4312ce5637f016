import { guarded } from './fault.js';
import { modalCss } from './modalStyles.js';
import { createSurface } from './surface.js';
import type { View } from './view.js';

/** A modal, or a message over all of the page: the browser's own dialog traps the focus and makes the page behind it inert. */
export function createModal(view: View, card: HTMLElement, look: string): HTMLElement {
  view.adopt(modalCss);
  const dialog: HTMLElement = createSurface('dialog', look, view, card, {
    // A second Esc skips `cancel`; a dialog the page took out is not closed by the reader.
    close: () => dialog.isConnected && view.leave('escape'),
    click: ({ target }) => target == dialog && view.leave('backdrop'),
  });
  // Not beside the others: that name is one of those the build shortens.
  dialog.oncancel = guarded((event: Event) => {
    event.preventDefault();
    view.leave('escape');
  });
  return dialog;
}
