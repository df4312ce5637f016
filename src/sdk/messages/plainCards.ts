import type { Card } from '../../core/content.js';
import { isShown } from './shownContent.js';
import type { CreateCards } from './view.js';

/** Cards without questions: `next` goes to the card named, else to the following one, else to the end; past what is empty. */
export const createPlainCards: CreateCards = (view, { element, drawBlocks, replaceCard }) => {
  const {
    content: { cards },
    state,
  } = view;
  const after = (card: Card) =>
    card.end ? undefined : cards.find(({ id }) => id == (card.next ?? cards[cards.indexOf(card) + 1]?.id));
  /** This card, or the next one with something on it; in a circle it ends after as many as there are. */
  const shownFrom = (card: Card | undefined): Card | undefined => {
    let found = card;
    for (let left = cards.length; found && !isShown(found);) found = left-- ? after(found) : undefined;
    return found;
  };
  const draw = (card: Card): HTMLElement => {
    const next = () => {
      const to = shownFrom(after(card));
      if (!to || to.end) view.complete();
      if (!to) view.leave('end');
      else replaceCard(drawn, draw(to));
    };
    state.trail = [card];
    const drawn = element('div', { class: 'card' }, ...drawBlocks(card.blocks, view, next));
    return drawn;
  };
  return draw(state.trail[0] ?? shownFrom(cards[0]) ?? cards.find(isShown)!);
};
