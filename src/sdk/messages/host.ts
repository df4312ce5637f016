import { element } from './element.js';
import { guarded } from './fault.js';

/** How often a message that the page took out comes back before it gives up. */
const returnsAtMost = 3;

export interface Host {
  element: HTMLElement;
  root: HTMLElement;
  shadow: ShadowRoot;
  /** Says which language it is in, and which way that is written. */
  speak: (language: string, direction: string) => void;
  /** Adds a stylesheet, once. */
  adopt: (css: string) => void;
}

/** The host element, with an open shadow root and its stylesheet; of a message in the page, or over it. Throws where that cannot be had. */
export function createHost(css: string, isInline: boolean): Host {
  const host = element('div', { 'data-kikubari': isInline ? 'inline' : true });
  const root = element('div', { class: 'root' });
  // On the root too: the reset of the host takes its language away from line breaking.
  const speak = (lang: string, dir: string) =>
    [host, root].forEach((each) => Object.assign(each, { lang, dir }));
  const shadow = host.attachShadow({ mode: 'open' });
  const adopted = new Set<string>();
  // A constructed one, since no CSP directive stops it.
  const adopt = (css: string) => {
    if (adopted.has(css)) return;
    adopted.add(css);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
  };
  adopt(css);
  shadow.append(root);
  // A page's single-key shortcuts and focus traps must not act on what is typed here: to them the target is a plain div.
  for (const type of ['keydown', 'keypress', 'keyup', 'focusin', 'focusout']) {
    shadow.addEventListener(
      type,
      guarded((event) => event.stopPropagation()),
    );
  }
  return { element: host, root, shadow, speak, adopt };
}

/** Puts the host into the page, or a place of it, and back when the page removes it, at most 3 times. The result ends the watch. */
export function keepInPage(
  element: HTMLElement,
  slot: Element | null,
  onReturn: () => void,
  onGivenUp: () => void,
): () => void {
  let returns = 0;
  const observer = new MutationObserver(
    guarded(() => {
      // Moving it is removing it too, and what leaves the page leaves the top layer.
      if (element.isConnected) return onReturn();
      if (returns++ >= returnsAtMost || slot?.isConnected === false) {
        observer.disconnect();
        return onGivenUp();
      }
      insert();
      onReturn();
    }),
  );
  const insert = () => {
    (slot ?? document.body ?? document.documentElement).append(element);
    // Child lists only: a subtree watch would cost the page on every change it makes.
    for (const place of slot
      ? [slot, slot.parentNode]
      : [document, document.documentElement, document.body]) {
      if (place) observer.observe(place, { childList: true });
    }
  };
  insert();
  return () => observer.disconnect();
}
