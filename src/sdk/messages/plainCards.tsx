import type { CreateCards } from './view.js';

/** Cards without questions: `next` goes to the card named, else to the following one, else to the end. */
export const createPlainCards: CreateCards = (view, { renderBlocks, focusStart }) => {
  const { cards } = view.content;
  let card = cards[0]!;
  const next = () => {
    const to = cards.find(({ id }) => id == (card.next ?? cards[cards.indexOf(card) + 1]?.id));
    if (!to || to.end || card.end) view.complete();
    if (!to || card.end) return view.leave('end');
    card = to;
    view.draw();
    focusStart();
  };
  return () => (
    <div class="card" key={card.id}>
      {renderBlocks(card.blocks, view, next)}
    </div>
  );
};
