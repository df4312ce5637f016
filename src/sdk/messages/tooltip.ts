import { element } from './element.js';
import { guarded } from './fault.js';
import { createPanel } from './panel.js';
import { bestPlace } from './tooltipPlace.js';
import { tooltipCss } from './tooltipStyles.js';
import type { View } from './view.js';

/** How often it is looked whether the anchor has moved by itself, ms; scrolling and resizing are heard of. */
const lookMs = 200;
/** An anchor that cannot be seen for so many looks is gone. */
const looksAtMost = 5;

/** Not every browser can tell; what has no box cannot be seen in any. */
const isVisible = (one: Element) =>
  one.checkVisibility?.({ checkOpacity: true, checkVisibilityCSS: true }) ?? one.getClientRects().length > 0;

/** What it points at. Throws where there is none. */
export function anchorOf({ content }: View): Element {
  // Pages keep several of a kind, and show one: a menu for phones and one for others.
  const anchor = [...document.querySelectorAll(content.anchor!)].find(isVisible);
  if (!anchor) throw new Error('no anchor');
  return anchor;
}

/** Tells whether an element is in view, now and later; it may also be scrolled out of a box of the page's: only the browser knows what clips it. */
function watchView(anchor: Element, { stops }: View, hear: (isInView: boolean) => void): void {
  const observer = new IntersectionObserver(
    guarded((entries) => entries.forEach(({ isIntersecting }) => hear(isIntersecting))),
  );
  observer.observe(anchor);
  stops.push(() => observer.disconnect());
}

/** A panel that points at an element of the page, follows it, and goes when that is gone. Throws where there is none. */
export function createTooltip(view: View, card: HTMLElement): HTMLElement {
  const anchor = anchorOf(view);
  view.adopt(tooltipCss);
  const panel = createPanel(view, card, 'tooltip');
  const arrow = element('i', { class: 'arrow' });
  panel.append(arrow);
  let looks = 0;
  let isInView = false;
  const place = guarded(() => {
    if (!panel.isConnected) return;
    const at = anchor.getBoundingClientRect();
    const isThere = isVisible(anchor) && at.width + at.height > 0;
    if (isThere) looks = 0;
    const isShown = isThere && isInView;
    // What is hidden loses the focus.
    if (!isShown && panel.matches(':focus-within')) return;
    panel.style.setProperty('visibility', isShown ? 'visible' : 'hidden');
    if (!isShown) return;
    const { offsetWidth: width, offsetHeight: height } = panel;
    const { side, x, y, tip } = bestPlace(at, { width, height }, view.content.position);
    panel.dataset.side = side;
    for (const [name, value] of Object.entries({ x, y, tip }))
      panel.style.setProperty(`--${name}`, `${value}px`);
  });
  watchView(anchor, view, (is) => {
    isInView = is;
    place();
  });
  const end = new AbortController();
  const look = guarded(() => {
    if (!panel.isConnected) return end.abort();
    place();
    if (looks++ > looksAtMost) return view.leave('removed');
    setTimeout(look, lookMs);
  });
  const begin = () => {
    const hear = { capture: true, passive: true, signal: end.signal };
    for (const type of ['scroll', 'resize']) addEventListener(type, place, hear);
    look();
  };
  let hasBegun = false;
  // Its size is known when the browser has laid it out, which is before anybody sees it, and may change later.
  new ResizeObserver(
    guarded(() => {
      // The first call may come before it is on the page, and the last one when it no longer is.
      if (!panel.isConnected) return;
      if (hasBegun) return place();
      hasBegun = true;
      begin();
    }),
  ).observe(panel);
  return panel;
}
