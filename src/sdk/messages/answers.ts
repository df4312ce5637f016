import type { Asking } from './questions.js';
import { cardAfter, isEmpty, questionsOf } from './surveyFlow.js';

/** Leaves the card forward: saves what is new or changed and goes to the card it leads to; false if there is none. */
export function goOn({ view, answers, trail }: Asking): boolean {
  const card = trail.at(-1)!;
  for (const { id, kind, label } of questionsOf(card)) {
    const given = answers[id];
    const value = (typeof given == 'string' ? given.trim() : given) ?? null;
    const saved = view.answers[id];
    if ((isEmpty(value) && isEmpty(saved)) || JSON.stringify(value) == JSON.stringify(saved)) continue;
    view.answers[id] = value;
    view.events.answered({ card: card.id, question: id, kind, value, wording: view.say(label) });
  }
  const next = cardAfter(view.content.cards, card, answers);
  if (!next || next.end) {
    view.complete();
    // A tab that is opened again starts afresh.
    view.answers = {};
  }
  if (next) trail.push(next);
  return !!next;
}
