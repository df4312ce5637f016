/** The element that has the focus, looked up through shadow roots. */
function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** Remembers who has the focus; the result gives it back, or to the nearest ancestor that is still there and takes it. */
export function rememberFocus(from: Element | null = focused()): () => void {
  const path: Element[] = [];
  for (let element = from; element;) {
    path.push(element);
    const root: Node = element.getRootNode();
    element = element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  }
  return () => {
    for (const element of path) {
      if (!element.isConnected) continue;
      (element as HTMLElement).focus?.({ preventScroll: true });
      if (focused() == element) return;
    }
  };
}

/** Moves the focus to the first element the selector names, if there is one; the page stays where it is. */
export function focusOn(within: Element, selector: string): boolean {
  const found = within.querySelector<HTMLElement>(selector);
  found?.focus({ preventScroll: true });
  return !!found;
}

/** Moves the focus to where reading starts: the heading or question, else the first control. */
export const focusStart = (within: Element): boolean =>
  focusOn(within, '[data-start]') || focusOn(within, 'input,textarea,select,a,button');
