import type { Card, Question } from './content.js';
import type { Json } from './events.js';
import { passes } from './test.js';

/** The questions of a card. */
export const questionsOf = ({ blocks }: Card): Question[] =>
  blocks.flatMap((block) => ('question' in block ? [block.question] : []));

/**
 * The card after `currentId`: the first branch that holds, else `next`, else the following card. Null is the end: after
 * a closing card, at `end`, past the last card, and for a card that is not there.
 */
export function nextCard(
  cards: readonly Card[],
  currentId: string,
  answers: { [question: string]: Json },
): string | null {
  const at = cards.findIndex(({ id }) => id == currentId);
  const card = cards[at];
  if (!card || card.end) return null;
  const own = questionsOf(card)[0]?.id;
  const branch = card.branches?.find(({ question = own ?? '', is }) => {
    try {
      // A survey has no clock: what asks how long ago an answer is does not hold.
      return passes(is, Object.hasOwn(answers, question) ? [answers[question]!] : [], NaN);
    } catch {
      // An operator of a newer version: the visitor goes on by the plain way.
      return false;
    }
  });
  const to = branch?.to ?? card.next ?? cards[at + 1]?.id;
  return cards.some(({ id }) => id == to && to != 'end') ? to! : null;
}
