import { useEffect, useState } from 'preact/hooks';
import { Blocks } from './blocks.js';
import { focusStart } from './focus.js';
import { nameOf } from './language.js';
import { useTopLayer } from './topLayer.js';
import type { View } from './view.js';

/** How long an announcement stays in the live region, in ms: long enough to be read, then gone from the reading order. */
const announcementMs = 5000;

/** A modal: the browser's own dialog traps the focus and makes the page behind it inert. */
export function Modal({ view }: { view: View }) {
  const ref = useTopLayer<HTMLDialogElement>(view);
  useEffect(() => focusStart(ref.current), []);
  return (
    <dialog
      ref={ref}
      class="surface modal"
      aria-label={view.say(nameOf(view.content))}
      onCancel={(event) => {
        event.preventDefault();
        view.leave('escape');
      }}
      onClose={() => ref.current?.isConnected && view.leave('escape')}
      onClick={(event) => event.target == ref.current && view.leave('backdrop')}
    >
      <Inside view={view} />
    </dialog>
  );
}

interface PanelProps {
  view: View;
  /** The reader opened it, so the focus moves in; else it is announced and takes nothing. */
  isOpened?: boolean;
}

/** A banner, a slide-in or the tab's panel: in the top layer, but the page stays usable. */
export function Panel({ view, isOpened }: PanelProps) {
  const ref = useTopLayer<HTMLDivElement>(view);
  const { format, position } = view.content;
  const name = view.say(nameOf(view.content));
  useEffect(() => {
    if (isOpened) focusStart(ref.current);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key == 'Escape' && !event.isComposing) view.leave('escape');
  };
  return (
    <div
      ref={ref}
      popover="manual"
      role={format == 'banner' ? 'region' : 'dialog'}
      aria-label={name}
      class={`surface ${format == 'banner' ? 'banner' : 'slide-in'}`}
      data-position={position ?? 'bottom-right'}
      onKeyDown={onKeyDown}
    >
      {!isOpened && <Announcement text={name} />}
      <Inside view={view} />
    </div>
  );
}

/** A polite live region: it must be in the page before its text is. */
function Announcement({ text }: { text: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timers = [setTimeout(() => setSaid(text), 200), setTimeout(() => setSaid(''), announcementMs)];
    return () => timers.forEach(clearTimeout);
  }, []);
  return (
    <p role="status" class="unseen">
      {said}
    </p>
  );
}

function Inside({ view }: { view: View }) {
  const { Cards, content, words } = view;
  return (
    <div class="inside">
      {Cards && <Cards view={view} cards={content.cards} Blocks={Blocks} focusStart={focusStart} />}
      <button type="button" class="close" aria-label={words.close} onClick={() => view.leave('close')}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M5 5l10 10M15 5L5 15" />
        </svg>
      </button>
    </div>
  );
}
