import { vi } from 'vitest';

/**
 * What messages need of a browser and jsdom has not: constructed stylesheets, the top layer, layout. Everything is in view. The result
 * undoes it.
 */
export function drawingBrowser(): () => void {
  vi.stubGlobal('matchMedia', () => Object.assign(new EventTarget(), { matches: false }));
  vi.stubGlobal('visualViewport', null);
  vi.stubGlobal(
    'CSSStyleSheet',
    class {
      replaceSync() {}
    },
  );
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(private readonly hear: (entries: { isIntersecting: boolean }[]) => void) {}
      observe() {
        queueMicrotask(() => this.hear([{ isIntersecting: true }]));
      }
      disconnect() {}
    },
  );
  const missing: [object, string, unknown][] = [
    [ShadowRoot.prototype, 'adoptedStyleSheets', []],
    [HTMLDialogElement.prototype, 'showModal', () => {}],
    [HTMLElement.prototype, 'showPopover', () => {}],
  ];
  for (const [holder, name, value] of missing)
    Object.defineProperty(holder, name, { value, writable: true, configurable: true });
  return () => {
    for (const [holder, name] of missing) Reflect.deleteProperty(holder, name);
    vi.unstubAllGlobals();
    document.body.replaceChildren();
  };
}

/** The inside of the message that is on the page. */
export const inside = () => document.querySelector('[data-kikubari]')?.shadowRoot;
