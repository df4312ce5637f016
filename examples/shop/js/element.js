/**
 * Makes an element. `on…` attributes are listeners, `false` and `undefined` leave an attribute out; children are nodes
 * or text, never HTML.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return element;
}

/** Replaces what is in `place`; what had the focus and carries `data-focus` has it again afterwards. */
export function fill(place, ...children) {
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  place.replaceChildren(...children.flat().filter((child) => child !== undefined && child !== false));
  if (focused) place.querySelector(`[data-focus="${focused}"]`)?.focus();
}

/** Tells screen readers; sighted visitors see the change itself. */
export function announce(text) {
  document.querySelector('[data-announce]').textContent = text;
}
