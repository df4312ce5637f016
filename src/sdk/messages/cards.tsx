import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CardsProps } from './view.js';

/** Cards without questions: `next` goes to the card named, else to the following one, else to the end. */
export function PlainCards({ view, cards, Blocks, focusStart }: CardsProps) {
  const [current, setCurrent] = useState(cards[0]!.id);
  const body = useRef<HTMLDivElement>(null);
  const isMoved = useRef(false);
  const at = cards.findIndex(({ id }) => id == current);
  const card = cards[at]!;
  useLayoutEffect(() => {
    if (isMoved.current) focusStart(body.current);
  }, [current]);
  const next = () => {
    const to = cards.find(({ id }) => id == (card.next ?? cards[at + 1]?.id));
    if (to && !card.end) {
      isMoved.current = true;
      setCurrent(to.id);
      if (!to.end) return;
    }
    view.complete();
    if (!to || card.end) view.leave('end');
  };
  return (
    <div class="card" key={current} ref={body}>
      <Blocks view={view} blocks={card.blocks} next={next} />
    </div>
  );
}
