import type { Theme } from '../../core/content.js';
import type { MessageEvents } from './contract.js';
import type { Ending, Reason } from './ending.js';
import { guarded } from './fault.js';
import { rememberFocus } from './focus.js';
import { keepInPage } from './host.js';
import type { Host } from './host.js';
import { announceIn } from './liveRegion.js';
import { leaveThen } from './motion.js';
import { applyTheme } from './theme.js';
import { raise, whenVisible } from './topLayer.js';

/** A live region is read only if it was there before its text: for so long, in ms. */
const announceAfterMs = 200;

/** How a message comes, speaks up and goes. */
export interface Presence {
  /** Puts the element of a format on the page. Throws where that cannot be done. */
  enter: (main: HTMLElement, themes: (Theme | undefined)[]) => void;
  /** Says a text through the polite live region; resolves when it is gone again. */
  announce: (text: string) => Promise<void>;
  /** Takes it away and tells the page why. */
  leave: (reason: Reason) => void;
  /** Takes it off the page without a word. */
  unmount: () => void;
}

export function createPresence(
  { element, root, shadow }: Host,
  events: MessageEvents,
  { closed }: Ending,
): Presence {
  let isHere = true;
  let giveFocusBack: (() => void) | undefined;
  const stops: (() => void)[] = [];

  const announce = (text: string) => announceIn(root, text);
  const unmount = () => {
    isHere = false;
    stops.forEach((stop) => stop());
    element.remove();
  };
  const leave = (reason: Reason) => {
    if (!isHere) return;
    isHere = false;
    leaveThen(root, () => {
      const hadFocus = shadow.activeElement;
      unmount();
      if (hadFocus) giveFocusBack?.();
    });
    closed(reason);
  };
  const takeFocus = ({ relatedTarget: from }: FocusEventInit) => {
    if (from && !shadow.contains(from as Node)) giveFocusBack = rememberFocus(from as Element);
  };
  const enter = (main: HTMLElement, themes: (Theme | undefined)[]) => {
    root.append(main);
    if (main.localName == 'dialog') giveFocusBack = rememberFocus();
    shadow.addEventListener('focusin', guarded(takeFocus));
    stops.push(
      applyTheme(root, themes),
      keepInPage(
        element,
        () => [...root.children].forEach(raise),
        () => {
          unmount();
          events.closed('removed');
        },
      ),
    );
    raise(main);
    stops.push(whenVisible(main, () => events.shown()));
    const speak = guarded(() => announce(main.getAttribute('aria-label') ?? ''));
    if (main.matches('.surface[popover]')) setTimeout(speak, announceAfterMs);
  };
  return { enter, announce, leave, unmount };
}
