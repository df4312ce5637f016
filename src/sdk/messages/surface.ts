import { drawing, element } from './element.js';
import type { Properties } from './element.js';
import { nameOf } from './language.js';
import type { View } from './view.js';

/** What a card lies on: named, with the live region and the button that closes it. */
export function createSurface<Tag extends 'dialog' | 'div'>(
  tag: Tag,
  look: string,
  view: View,
  card: HTMLElement,
  properties: Properties,
): HTMLElementTagNameMap[Tag] {
  const close = {
    type: 'button',
    class: 'close',
    'aria-label': view.words({ part: 'close', en: 'Close', ja: '閉じる' }),
    click: () => view.leave('close'),
  };
  return element(
    tag,
    { class: `surface ${look}`, 'aria-label': nameOf(view), ...properties },
    element(
      'div',
      { class: 'inside' },
      card,
      element('p', { role: 'status', class: 'unseen' }),
      // What stands in the page is part of it.
      look != 'inline' && element('button', close, drawing(20, 'M5 5l10 10M15 5L5 15')),
    ),
  );
}
