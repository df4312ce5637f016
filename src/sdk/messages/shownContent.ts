import type { Block, Card, Content } from '../../core/content.js';
import { blocks } from './blocks.js';
import type { MessageRequest } from './contract.js';
import { formats } from './formats.js';

const questions = ['nps', 'csat', 'ces', 'rating', 'thumbs', 'choice', 'picture', 'text', 'date', 'contact'];

/**
 * What of the content this version can show, and may: unknown blocks are skipped, and questions for personal data where the site does not
 * ask them. A card that is left without blocks is still on the way to the others. Null if nothing is left, the format is unknown, or nobody
 * asked for what covers the page.
 */
export function shownContent({
  content,
  theme,
  allowsContacts,
  userActivated,
}: MessageRequest): Content | null {
  const { format } = content;
  if (!Object.hasOwn(formats, format) || (format == 'full-screen' && !userActivated)) return null;
  const isKnown = (block: Block) =>
    block.block == 'question'
      ? questions.includes(block.question.kind) && (allowsContacts || block.question.kind != 'contact')
      : Object.hasOwn(blocks, block.block);
  const cards = content.cards.map((card) => ({ ...card, blocks: card.blocks.filter(isKnown) }));
  const position = content.position ?? content.theme?.position ?? theme?.position;
  return cards.some(isShown) ? { ...content, cards, position } : null;
}

/** How many blocks of a content are left out of what is shown of it. */
export const omittedFrom = (content: Content, shown: Content) => countOf(content) - countOf(shown);

const countOf = ({ cards }: Content) => cards.flatMap(({ blocks }) => blocks).length;

/** Whether there is anything on a card. */
export const isShown = ({ blocks }: Card) => blocks.length > 0;

/** True if a card holds such a block, so that the chunk that draws it is needed. */
export const has = ({ cards }: Content, kind: Block['block']) =>
  cards.some((card) => card.blocks.some(({ block }) => block == kind));
