import type { Card } from '../../core/content.js';
import type { Properties } from '../../core/events.js';
import { isEmpty, questionsOf } from './surveyFlow.js';
import type { View } from './view.js';

/** Saves what is new or changed in the answers to a card, as they were given. */
export function saveAnswers(view: View, card: Card, answers: Properties): void {
  for (const { id, kind, label } of questionsOf(card)) {
    const given = answers[id];
    const value = (typeof given == 'string' ? given.trim() : given) ?? null;
    const saved = view.answers[id];
    if ((isEmpty(value) && isEmpty(saved)) || JSON.stringify(value) == JSON.stringify(saved)) continue;
    view.answers[id] = value;
    view.events.answered({ card: card.id, question: id, kind, value, wording: view.say(label) });
  }
}
