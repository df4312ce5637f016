import { useLayoutEffect, useRef } from 'preact/hooks';
import type { View } from './view.js';

/** Shows a dialog as modal, anything else as a popover, so that no z-index of the page is ever above it. */
export function raise(surface: HTMLElement): void {
  if (surface.localName == 'dialog') {
    // A dialog the page took out keeps `open` and would refuse.
    surface.removeAttribute('open');
    (surface as HTMLDialogElement).showModal();
  } else if (!surface.matches(':popover-open')) {
    surface.showPopover?.();
  }
}

/** Raises the element when it is mounted. */
export function useTopLayer<E extends HTMLElement>(view: View) {
  const ref = useRef<E>(null);
  useLayoutEffect(() => {
    const surface = ref.current!;
    view.surfaces.add(surface);
    raise(surface);
    return () => void view.surfaces.delete(surface);
  }, []);
  return ref;
}

/** Calls back once when the element is really on the screen: not in a hidden tab, not with nothing to see. */
export function whenVisible(surface: Element, callback: () => void): () => void {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    callback();
  });
  observer.observe(surface);
  return () => observer.disconnect();
}
