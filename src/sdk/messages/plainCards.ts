import type { Card } from '../../core/content.js';
import type { CreateCards } from './view.js';

/** Cards without questions: `next` goes to the card named, else to the following one, else to the end. */
export const createPlainCards: CreateCards = (view, { element, drawBlocks, replaceCard }) => {
  const {
    content: { cards },
    state,
  } = view;
  const draw = (card: Card): HTMLElement => {
    const next = () => {
      const to = cards.find(({ id }) => id == (card.next ?? cards[cards.indexOf(card) + 1]?.id));
      if (!to || to.end || card.end) view.complete();
      if (!to || card.end) view.leave('end');
      else replaceCard(drawn, draw(to));
    };
    state.trail = [card];
    const drawn = element('div', { class: 'card' }, ...drawBlocks(card.blocks, view, next));
    return drawn;
  };
  return draw(state.trail[0] ?? cards[0]!);
};
