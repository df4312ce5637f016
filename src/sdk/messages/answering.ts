import type { Card, Question } from '../../core/content.js';
import type { Json, Properties } from '../../core/events.js';
import { nextCard } from '../../core/survey.js';
import { isEmpty, isLast, progressOf, questionsOf, resumedTrail } from './surveyFlow.js';
import type { View } from './view.js';

/** One visitor going through the cards: where they are and what they answered. */
export interface Answering {
  /** As given, saved or not. */
  answers: Properties;
  /** The card on show. */
  card: () => Card;
  progress: () => { at: number; of: number; isLast: boolean };
  /** Saves the answers of the card and goes on; false if there is nothing to go on to. */
  forward: () => boolean;
  back: () => void;
}

/** Starts, or resumes, the cards of a survey. Each answer is saved when its card is left forward. */
export function createAnswering(view: View): Answering {
  const { cards } = view.content;
  /** Cards gone through, the one on show last. */
  const trail = resumedTrail(cards, view.answers);
  const answers = { ...view.answers };
  const card = () => cards.find(({ id }) => id == trail.at(-1))!;
  return {
    answers,
    card,
    progress: () => ({ ...progressOf(cards, trail, answers), isLast: isLast(cards, card().id, answers) }),
    forward() {
      const left = card();
      for (const question of questionsOf(left)) save(view, left, question, answers[question.id]);
      const next = cards.find(({ id }) => id == nextCard(cards, left.id, answers));
      if (!next || next.end) finish(view);
      if (next) trail.push(next.id);
      return !!next;
    },
    back: () => void trail.pop(),
  };
}

/** Saves an answer that is new or changed. */
function save(view: View, card: Card, question: Question, given: Json | undefined): void {
  const value = (typeof given == 'string' ? given.trim() : given) ?? null;
  const saved = view.answers[question.id];
  if ((isEmpty(value) && isEmpty(saved)) || JSON.stringify(value) == JSON.stringify(saved)) return;
  view.answers[question.id] = value;
  const { id, kind, label } = question;
  view.events.answered({ card: card.id, question: id, kind, value, wording: view.say(label) });
}

/** Completed: a tab that is opened again starts afresh. */
function finish(view: View): void {
  view.complete();
  view.answers = {};
}
