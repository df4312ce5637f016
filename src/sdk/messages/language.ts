import type { Block, Card, Content, Text } from '../../core/content.js';

/**
 * The language a message comes out in: the first preferred one any of its texts has a wording for (`fr-CA`, then `fr`),
 * else the campaign's own. It becomes `lang`, and chooses the frame's own words.
 */
export function languageOf(content: Content, languages: readonly string[], own: string): string {
  const available = new Set(
    textsOf(content).flatMap((text) => (typeof text == 'string' ? [own] : Object.keys(text))),
  );
  const known = new Map([...available].map((tag) => [tag.toLowerCase(), tag]));
  for (const language of languages) {
    for (let tag = language.toLowerCase(); tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
      const found = known.get(tag);
      if (found) return found;
    }
  }
  return own;
}

/** `rtl` for languages written from right to left. */
export const directionOf = (language: string) =>
  /^(ar|fa|he|iw|ps|sd|ug|ur|yi)\b/i.test(language) ? 'rtl' : 'ltr';

/** The accessible name's source: the author's label, else the first heading, else the first question, else the first text. */
export function nameOf({ label, cards }: Content): Text {
  const blocks = cards.flatMap((card) => card.blocks);
  const texts = (kind: Block['block']) => blocks.filter(({ block }) => block == kind).map(wordingOf);
  return label ?? [...texts('heading'), ...texts('question'), ...texts('text')][0] ?? '';
}

const wordingOf = (block: Block): Text =>
  'text' in block ? block.text : block.block == 'question' ? block.question.label : '';

function textsOf(content: Content): Text[] {
  const ofCard = ({ blocks }: Card) => blocks.map(wordingOf).filter((text) => text != '');
  return [content.launcher, content.label, ...content.cards.flatMap(ofCard)].filter(
    (text) => text !== undefined,
  );
}
