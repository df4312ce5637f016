import type { Card, Question } from '../../core/content.js';
import type { Json, Properties } from '../../core/events.js';
import { nextCard } from '../../core/survey.js';
import { isEmpty, problemsOf, questionsOf, resumedTrail } from './surveyFlow.js';
import type { SurveyWords } from './surveyWords.js';
import type { CardTools, View } from './view.js';

/** One visitor going through the cards: where they are, what they answered, what is wrong with it. */
export interface Answering {
  /** Cards gone through, the one on show last. */
  trail: string[];
  /** As given, saved or not. */
  answers: Properties;
  /** In words for the visitor, by question. */
  problems: { [question: string]: string };
  card: () => Card;
  answer: (question: string, value: Json) => void;
  submit: () => void;
  back: () => void;
}

/** Starts, or resumes, the cards of a survey. Each answer is saved when its card is left forward. */
export function createAnswering(
  view: View,
  words: SurveyWords,
  focusStart: CardTools['focusStart'],
): Answering {
  const { cards } = view.content;
  const card = () => cards.find(({ id }) => id == state.trail.at(-1))!;
  const redraw = (focusOn?: string) => {
    view.draw();
    focusStart(focusOn);
  };
  const state: Answering = {
    trail: resumedTrail(cards, view.answers),
    answers: { ...view.answers },
    problems: {},
    card,
    answer(question, value) {
      state.answers[question] = value;
      state.problems = {};
      view.draw();
    },
    submit() {
      const left = card();
      state.problems = problemsOf(left, state.answers, words);
      if (Object.keys(state.problems).length) return redraw('[data-wrong] :is(input,textarea)');
      for (const question of questionsOf(left)) save(view, left, question, state.answers[question.id]);
      const next = cards.find(({ id }) => id == nextCard(cards, left.id, state.answers));
      if (!next || next.end) finish(view);
      if (!next) return view.leave('end');
      state.trail.push(next.id);
      redraw();
    },
    back() {
      state.trail.pop();
      state.problems = {};
      redraw();
    },
  };
  return state;
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
