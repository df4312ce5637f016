import type { Block, Content } from '../../core/content.js';
import { blocks } from './blocks.js';
import { formats } from './formats.js';

const questions = ['nps', 'csat', 'choice', 'text'];

const isKnown = (block: Block) =>
  block.block == 'question' ? questions.includes(block.question.kind) : Object.hasOwn(blocks, block.block);

/** What of the content this version can show: unknown blocks are skipped; null if nothing is left or the format is unknown. */
export function shownContent(content: Content): Content | null {
  if (!Object.hasOwn(formats, content.format)) return null;
  const cards = content.cards
    .map((card) => ({ ...card, blocks: card.blocks.filter(isKnown) }))
    .filter((card) => card.blocks.length > 0);
  return cards.length > 0 ? { ...content, cards } : null;
}

/** True if a card holds such a block, so that the chunk that draws it is needed. */
export const has = ({ cards }: Content, kind: Block['block']) =>
  cards.some((card) => card.blocks.some(({ block }) => block == kind));
