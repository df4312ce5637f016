import { useRef, useState } from 'preact/hooks';
import { rememberFocus } from './focus.js';
import { nameOf } from './language.js';
import { leaveThen } from './motion.js';
import { Panel } from './panel.js';
import { useTopLayer } from './topLayer.js';
import type { View } from './view.js';

/** A quiet launcher at the edge. Opening it is the reader's own act, so the focus may go into the panel and comes back. */
export function Tab({ view }: { view: View }) {
  const ref = useTopLayer<HTMLDivElement>(view);
  const launcher = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState<View>();
  const { content, events, loadCards, say, surfaces } = view;
  const close = () => {
    const panel = [...surfaces].find((surface) => surface != ref.current) ?? null;
    const giveBack = rememberFocus(launcher.current);
    const hadFocus = !!panel?.matches(':focus-within');
    leaveThen(panel, () => {
      setOpened(undefined);
      if (hadFocus) giveBack();
    });
  };
  const open = async () => {
    setOpened({ ...view, Cards: await loadCards(), leave: close });
    events.opened();
  };
  const warm = () => void loadCards().catch(() => {});
  return (
    <>
      <div ref={ref} popover="manual" class="launcher" data-position={content.position ?? 'right'}>
        <button
          ref={launcher}
          type="button"
          aria-expanded={!!opened}
          onClick={() => (opened ? close() : void open().catch(() => {}))}
          onPointerEnter={warm}
          onFocus={warm}
        >
          {say(content.launcher ?? nameOf(content))}
        </button>
      </div>
      {opened && <Panel view={opened} isOpened />}
    </>
  );
}
