import { modalCss } from './modalStyles.js';
import { createSurface } from './surface.js';
import type { View } from './view.js';

/** A modal: the browser's own dialog traps the focus and makes the page behind it inert. */
export function createModal(view: View, card: HTMLElement): HTMLElement {
  view.adopt(modalCss);
  const dialog: HTMLElement = createSurface('dialog', 'modal', view, card, {
    cancel: (event) => {
      event.preventDefault();
      view.leave('escape');
    },
    // A second Esc skips `cancel`; a dialog the page took out is not closed by the reader.
    close: () => dialog.isConnected && view.leave('escape'),
    click: ({ target }) => target == dialog && view.leave('backdrop'),
  });
  return dialog;
}
