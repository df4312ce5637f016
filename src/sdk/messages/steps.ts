import type { Card } from '../../core/content.js';
import type { Asking } from './questions.js';
import { asks, progressOf } from './surveyFlow.js';

/** The row below a card: back, how far one is, and on. An answer may change the way ahead, and `update` says so. */
export function drawSteps(
  card: Card,
  { view, words, tools: { element } }: Asking,
  turn: () => void,
): { shown: HTMLElement; update: () => void } {
  const { trail } = view.state;
  const authors = card.blocks.flatMap((block) => ('buttons' in block ? block.buttons : []));
  const step = element('p', { class: 'muted' });
  const send = element('button', { class: 'button' });
  const quiet = (label: string, click: () => void) =>
    element('button', { type: 'button', class: 'button quiet', click }, label);
  const update = () => {
    const { at, of, isLast } = progressOf(view.content.cards, trail, view.state.drafts);
    step.textContent = of > 1 && asks(card) ? words.step(at, of) : '';
    send.textContent = isLast ? words.send : words.next;
  };
  const back = () => {
    trail.pop();
    turn();
  };
  update();
  const parts = card.end
    ? [!authors.length && quiet(words.close, () => view.leave('end'))]
    : [
        trail.length > 1 && quiet(words.back, back),
        step,
        !authors.some(({ action }) => action.do == 'next') && send,
      ];
  return { update, shown: element('div', { class: 'steps' }, ...parts) };
}
