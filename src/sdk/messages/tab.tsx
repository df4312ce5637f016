import { focusStart } from './focus.js';
import type { Host } from './host.js';
import { nameOf } from './language.js';
import { leaveThen } from './motion.js';
import { renderPanel } from './panel.js';
import type { Cards, Reason, View } from './view.js';

/**
 * A quiet launcher at the edge and the panel it opens. Opening is the reader's own act, so the focus goes into the panel and
 * comes back to the launcher.
 */
export function createTab(view: View, { shadow, root }: Host, loadCards: (view: View) => Promise<Cards>) {
  const { content, say } = view;
  let cards: Cards | undefined;
  const panel = () => root.querySelector<HTMLElement>('.surface');
  const close = (reason: Reason) => {
    if (!cards) return;
    cards = undefined;
    leaveThen(panel(), () => {
      const hadFocus = shadow.activeElement;
      view.draw();
      if (hadFocus) root.querySelector('button')?.focus();
    });
    view.events.closed(view.isComplete ? 'end' : reason);
  };
  const panelView: View = Object.create(view, { leave: { value: close } }) as View;
  const open = async () => {
    const loaded = await loadCards(panelView);
    if (cards) return;
    cards = loaded;
    view.isComplete = false;
    view.draw();
    focusStart(panel());
    view.events.opened();
  };
  return () => (
    <>
      <div popover="manual" class="launcher" data-position={content.position}>
        <button type="button" aria-haspopup="dialog" onClick={() => void open().catch(() => {})}>
          {say(content.launcher ?? nameOf(content))}
        </button>
      </div>
      {cards && renderPanel(panelView, cards)}
    </>
  );
}
