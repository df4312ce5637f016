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

/** Moves the focus to where reading starts: the heading or question, else the first control. */
export function focusStart(within: Element): void {
  const start =
    within.querySelector<HTMLElement>('[data-start]') ??
    within.querySelector<HTMLElement>('input,textarea,a,button');
  start?.focus({ preventScroll: true });
}
