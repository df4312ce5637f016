import { focusStart } from './focus.js';
import type { Host } from './host.js';
import { nameOf } from './language.js';
import { leaveThen } from './motion.js';
import { renderPanel } from './panel.js';
import type { Cards, View } from './view.js';

/**
 * A quiet launcher at the edge and the panel it opens. Opening is the reader's own act, so the focus goes into the panel and
 * comes back to the launcher.
 */
export function createTab(view: View, { shadow, root }: Host, loadCards: (view: View) => Promise<Cards>) {
  const { content, say } = view;
  let cards: Cards | undefined;
  const panel = () => root.querySelector<HTMLElement>('.surface');
  const close = () =>
    leaveThen(panel(), () => {
      const hadFocus = shadow.activeElement;
      cards = undefined;
      view.draw();
      if (hadFocus) root.querySelector('button')?.focus();
    });
  const panelView: View = Object.create(view, { leave: { value: close } }) as View;
  const toggle = async () => {
    if (cards) return close();
    try {
      cards = await loadCards(panelView);
    } catch {
      return;
    }
    view.draw();
    focusStart(panel());
    view.events.opened();
  };
  return () => (
    <>
      <div popover="manual" class="launcher" data-position={content.position}>
        <button type="button" aria-expanded={!!cards} onClick={() => void toggle()}>
          {say(content.launcher ?? nameOf(content))}
        </button>
      </div>
      {cards && renderPanel(panelView, cards)}
    </>
  );
}
