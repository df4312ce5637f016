import { guarded } from './fault.js';

/** Attributes a message may have; `style` and `on…` are not among them, so that no page's CSP can object (S1). */
type AttributeName =
  | ('class' | 'dir' | 'for' | 'id' | 'lang' | 'role' | 'tabindex' | 'popover')
  | ('alt' | 'height' | 'href' | 'rel' | 'src' | 'target' | 'width')
  | (
      | 'autocomplete'
      | 'checked'
      | 'hidden'
      | 'max'
      | 'maxlength'
      | 'method'
      | 'min'
      | 'name'
      | 'novalidate'
      | 'placeholder'
      | 'readonly'
      | 'required'
      | 'rows'
      | 'selected'
      | 'type'
      | 'value'
    )
  | `aria-${string}`
  | `data-${string}`;

type Listeners = { [Type in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Type]) => unknown };

/** Attributes by name, listeners by the event's name. What is `undefined` or `false` is left out. */
export type Properties = Listeners & { [Name in AttributeName]?: string | number | boolean };

/** An element, or a text that becomes a text node; nothing stands for what is not there. */
export type Child = Node | string | false | undefined;

type Tag = Exclude<
  keyof HTMLElementTagNameMap,
  'style' | 'script' | 'link' | 'iframe' | 'object' | 'embed' | 'base'
>;

/** Makes an element of its attributes, listeners and children. It is drawn once: what changes later is changed in place. */
export function element<Name extends Tag>(
  tag: Name,
  properties: Properties,
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value == 'function') made.addEventListener(name, guarded(value as EventListener));
    else if (value !== undefined && value !== false) made.setAttribute(name, String(value));
  }
  if (tag == 'img') {
    // Until then it cannot be seen, see `styles.ts`; one that cannot be had leaves no broken frame.
    made.onload = guarded(() => made.setAttribute('data-here', ''));
    made.onerror = guarded(() => (made.hidden = true));
  }
  made.append(...children.filter((child): child is Node | string => !!child));
  return made;
}

/** A line drawing on a square of so many units; what it shows is said in words beside it. */
export function drawing(units: number, outline: string): SVGElement {
  const make = (tag: string, name: string, value: string) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
    made.setAttribute(name, value);
    return made;
  };
  const picture = make('svg', 'viewBox', `0 0 ${units} ${units}`);
  picture.setAttribute('aria-hidden', 'true');
  picture.append(make('path', 'd', outline));
  return picture;
}
