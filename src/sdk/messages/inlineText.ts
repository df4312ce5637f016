import { inlineOf } from '../../core/inline.js';
import { element } from './element.js';
import type { Child } from './element.js';
import { safeLink } from './safeUrl.js';
import type { View } from './view.js';

/** Draws a wording with what is strong, emphasised or a link in it. A link that must not be followed is its words. */
export const drawText = (wording: string, { fill, events }: View): Child[] =>
  inlineOf(wording).map(({ text, look, href }) => {
    const words = fill(text);
    if (!look) return words;
    if (look != 'link') return element(look, {}, words);
    const address = safeLink(fill(href!, true));
    return address
      ? element('a', { href: address, click: () => events.clicked('link', 'link') }, words)
      : words;
  });
