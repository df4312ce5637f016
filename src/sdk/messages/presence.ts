import type { Theme } from '../../core/content.js';
import type { MessageEvents } from './contract.js';
import type { Ending, Reason } from './ending.js';
import { guarded } from './fault.js';
import { focusStart, rememberFocus } from './focus.js';
import { keepInPage } from './host.js';
import type { Host } from './host.js';
import { announceIn } from './liveRegion.js';
import { leaveThen } from './motion.js';
import { roomIn } from './slot.js';
import { applyTheme } from './theme.js';
import { raise, whenVisible } from './topLayer.js';

/** How long a live region must have been there, ms. */
const announceAfterMs = 200;

/** How a message comes, speaks up and goes. */
export interface Presence {
  /** Puts the element of a format on the page. Throws where that cannot be done. */
  enter: (main: HTMLElement, themes: (Theme | undefined)[], slot: Element | null) => void;
  /** Puts another element in its place: the same message in another language. */
  replace: (main: HTMLElement) => void;
  /** What is to be stopped when it is gone. */
  stops: (() => void)[];
  /** Says a text through the polite live region; resolves when it is gone again. */
  announce: (text: string) => Promise<void>;
  /** Resolves when it can be seen for the first time. */
  seen: Promise<void>;
  /** Takes it away and tells the page why. */
  leave: (reason: Reason) => void;
  /** Takes it off the page without a word. */
  unmount: () => void;
}

/** In every language. */
function keepToRoom(host: HTMLElement, slot: Element): void {
  const room = roomIn(slot);
  if (room) host.style.setProperty('--room', `${room}px`);
}

/** A live region is read only if it was there before its text, and by who can be shown the message. */
function announceSoon(root: Element, main: HTMLElement): void {
  const speak = guarded(() => announceIn(root, main.getAttribute('aria-label') ?? ''));
  if (main.matches('.surface[popover]')) setTimeout(speak, announceAfterMs);
}

/** Tells once that a message is visible, whichever of its elements is; `seen` resolves then. */
function createSight(events: MessageEvents, root: Element, stops: (() => void)[]) {
  let isSeen = false;
  let resolveSeen: () => void;
  const seen = new Promise<void>((resolve) => (resolveSeen = resolve));
  const see = (main: HTMLElement) =>
    stops.push(
      whenVisible(main, () => {
        if (isSeen) return;
        isSeen = true;
        resolveSeen();
        announceSoon(root, main);
        events.shown();
      }),
    );
  return { see, seen };
}

/** Who had the focus before the message got it. */
function createFocusMemory(shadow: ShadowRoot): { giveBack?: () => void } {
  const memory: { giveBack?: () => void } = {};
  const take = ({ relatedTarget: from }: FocusEventInit) => {
    if (from && !shadow.contains(from as Node)) memory.giveBack = rememberFocus(from as Element);
  };
  shadow.addEventListener('focusin', guarded(take));
  return memory;
}

export function createPresence(
  { element, root, shadow }: Host,
  events: MessageEvents,
  { closed }: Ending,
): Presence {
  let isHere = true;
  const focus = createFocusMemory(shadow);
  const stops: (() => void)[] = [];

  const unmount = () => {
    isHere = false;
    stops.forEach((stop) => stop());
    element.remove();
  };
  const leave = (reason: Reason) => {
    if (!isHere) return;
    isHere = false;
    leaveThen(root, () => {
      // Of a dialog it may have gone on to the browser's own controls.
      const isOwed = shadow.activeElement ?? root.querySelector('dialog');
      unmount();
      if (isOwed) focus.giveBack?.();
    });
    closed(reason);
  };
  const { see, seen } = createSight(events, root, stops);
  const giveUp = () => {
    unmount();
    events.closed('removed');
  };
  const enter: Presence['enter'] = (main, themes, slot) => {
    // A deadline may be over before it comes.
    if (!isHere) throw new Error('gone');
    if (slot) keepToRoom(element, slot);
    root.append(main);
    if (main.localName == 'dialog') focus.giveBack = rememberFocus();
    stops.push(
      applyTheme(root, themes),
      keepInPage(element, slot, () => [...root.children].forEach(raise), giveUp),
    );
    raise(main);
    see(main);
  };
  const replace = (main: HTMLElement) => {
    if (!isHere) return;
    const hadFocus = shadow.activeElement;
    root.replaceChildren(main);
    raise(main);
    see(main);
    if (hadFocus) focusStart(main);
  };
  return { enter, replace, announce: (text) => announceIn(root, text), seen, leave, unmount, stops };
}
