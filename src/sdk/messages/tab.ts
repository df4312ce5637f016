import { element } from './element.js';
import { createEnding } from './ending.js';
import type { Reason } from './ending.js';
import { guarded } from './fault.js';
import { focusStart } from './focus.js';
import { nameOf } from './language.js';
import { leaveThen } from './motion.js';
import { createPanel } from './panel.js';
import { tabCss } from './tabStyles.js';
import { raise } from './topLayer.js';
import type { View } from './view.js';

/**
 * A quiet launcher at the edge and the panel it opens. Opening is the reader's own act, so the focus goes into the panel and
 * comes back to the launcher.
 */
export function createTab(view: View, loadCards: (view: View) => Promise<HTMLElement>): HTMLElement {
  const { content, say, state } = view;
  view.adopt(tabCss);
  let panel: HTMLElement | undefined;
  const close = (reason: Reason) => {
    const closing = panel;
    if (!closing) return;
    panel = undefined;
    state.isOpen = false;
    leaveThen(closing, () => {
      const hadFocus = closing.matches(':focus-within');
      closing.remove();
      if (hadFocus) button.focus();
    });
    panelView.closed(reason);
  };
  const panelView: View = { ...view, leave: close };
  const open = async (asked?: Event) => {
    // A chunk that cannot be had is no fault of ours: it is asked for again at the next click.
    const card = await loadCards(panelView).catch(() => {});
    if (!card || panel || !launcher.isConnected) return;
    // In another language it is the same opening, which may have come to its end.
    if (!state.isOpen) state.ending = createEnding(view.events);
    Object.assign(panelView, state.ending);
    panel = createPanel(panelView, card);
    launcher.after(panel);
    raise(panel);
    // The focus came to the launcher only if it was inside.
    if (asked || button.matches(':focus')) focusStart(panel);
    if (!state.isOpen) view.events.opened();
    state.isOpen = true;
  };
  const button = element(
    'button',
    { type: 'button', 'aria-haspopup': 'dialog', click: open },
    say(content.launcher) || nameOf(view),
  );
  const launcher = element(
    'div',
    { popover: 'manual', class: 'launcher', 'data-position': content.position },
    button,
  );
  // Its place is taken once this task is over.
  if (state.isOpen) setTimeout(guarded(open));
  return launcher;
}
