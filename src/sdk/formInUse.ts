import type { Faults } from './faults.js';

/** Where one writes or chooses; buttons are none. */
const FIELD =
  'input:not([type=submit]):not([type=button]):not([type=reset]):not([type=image]),textarea,select,[contenteditable]:not([contenteditable=false])';

/** The form that is in use: the last one in which a field had the focus or something was done, until it is submitted. */
export interface FormInUse {
  isInUse(): boolean;
  /** Whether its field lies in an element that matches; in any if there is no selector. */
  isWithin(selector: string | undefined): boolean;
  /** The page is another one. */
  leave(): void;
}

/** What is in use, and the field of it that was used last; where there is no form the field is one. */
interface InUse {
  form: Element;
  field: Element;
}

export function watchForm({ listen }: Faults, signal: AbortSignal, used: () => void): FormInUse {
  let current: InUse | undefined;
  /** Trees within the page whose forms nobody else hears of. */
  const heard = new WeakSet<Node>();
  const submitted = ({ target }: Event) => {
    if (target === current?.form) current = undefined;
  };
  listen(window, 'submit', submitted, signal);
  listen(
    window,
    'focusin keydown input click',
    (event: Event) => {
      // Within a shadow root the event itself names only its host.
      const [target] = event.composedPath();
      if (!(target instanceof Element)) return;
      const field = target.closest(FIELD);
      const form = (field as HTMLInputElement | null)?.form ?? target.closest('form') ?? field;
      // A form is begun in a field; what is done elsewhere in it after that counts too.
      if (!form || (!field && form !== current?.form)) return;
      const root = form.getRootNode();
      if (isOurs(root)) return;
      if (root !== document && !heard.has(root)) {
        heard.add(root);
        // It is not composed, so it goes no further than that.
        listen(root, 'submit', submitted, signal);
      }
      current = { form, field: field ?? current!.field };
      used();
    },
    signal,
  );
  return {
    // A page may take it away once it has sent what was in it.
    isInUse: () => !!current?.form.isConnected,
    isWithin(selector) {
      if (!current?.form.isConnected) return false;
      return selector === undefined || isIn(current.field, selector);
    },
    leave: () => void (current = undefined),
  };
}

/** Our own messages are no forms of the page. */
const isOurs = (root: Node) => root instanceof ShadowRoot && root.host.hasAttribute('data-kikubari');

/** Also across shadow roots; false for what is no selector. */
function isIn(element: Element, selector: string): boolean {
  try {
    for (let at: Element | undefined = element; at;) {
      if (at.closest(selector)) return true;
      const root: Node = at.getRootNode();
      at = root instanceof ShadowRoot ? root.host : undefined;
    }
  } catch {
    // It cannot be read.
  }
  return false;
}
