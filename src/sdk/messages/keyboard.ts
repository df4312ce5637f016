import type { CardTools } from './view.js';

/** A part of the viewport lower than this, px, is no keyboard: the browser's own bars come and go as well. */
const LEAST_PX = 80;

/**
 * Keeps a survey above an on-screen keyboard, which covers the page's lower end without telling its layout: only the visual viewport
 * shrinks. To be called as one of its fields takes the focus; it ends with the form.
 */
export function keepAboveKeyboard(form: HTMLElement, { guarded }: CardTools): void {
  const view = visualViewport;
  const surface = form.closest<HTMLElement>('.surface');
  if (!view || !surface || surface.classList.contains('inline')) return;
  const end = new AbortController();
  const place = guarded(() => {
    if (!form.isConnected) end.abort();
    // Who has zoomed in moves about by themselves.
    const covered = view.scale > 1.05 ? 0 : innerHeight - view.height - view.offsetTop;
    const isCovered = form.isConnected && covered > LEAST_PX;
    surface.style.setProperty('margin-block-end', isCovered ? `${covered}px` : '');
    surface.style.setProperty('max-height', isCovered ? `${view.height - 24}px` : '');
    if (isCovered) form.querySelector(':focus')?.scrollIntoView({ block: 'nearest' });
  });
  for (const type of ['resize', 'scroll']) view.addEventListener(type, place, { signal: end.signal });
  place();
}
