import { nameOf } from './language.js';
import type { Cards, View } from './view.js';

/** A modal: the browser's own dialog traps the focus and makes the page behind it inert. */
export function renderModal(view: View, cards: Cards) {
  return (
    <dialog
      class="surface modal"
      aria-label={view.say(nameOf(view.content))}
      onCancel={(event) => {
        event.preventDefault();
        view.leave('escape');
      }}
      // A second Esc skips `cancel`; a dialog the page took out is not closed by the reader.
      onClose={(event) => event.currentTarget.isConnected && view.leave('escape')}
      onClick={(event) => event.target == event.currentTarget && view.leave('backdrop')}
    >
      {renderInside(view, cards)}
    </dialog>
  );
}

/** A banner, a slide-in or the tab's panel: in the top layer, but the page stays usable. */
export function renderPanel(view: View, cards: Cards) {
  const { format, position } = view.content;
  const isBanner = format == 'banner';
  return (
    <div
      key="panel"
      popover="manual"
      role={isBanner ? 'region' : 'dialog'}
      aria-label={view.say(nameOf(view.content))}
      class={`surface ${isBanner ? 'banner' : 'slide-in'}`}
      data-position={position}
      onKeyDown={(event) => event.key == 'Escape' && !event.isComposing && view.leave('escape')}
    >
      {renderInside(view, cards)}
    </div>
  );
}

function renderInside(view: View, cards: Cards) {
  return (
    <div class="inside">
      {cards()}
      <p role="status" class="unseen">
        {view.announced}
      </p>
      <button type="button" class="close" aria-label={view.words.close} onClick={() => view.leave('close')}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M5 5l10 10M15 5L5 15" />
        </svg>
      </button>
    </div>
  );
}
