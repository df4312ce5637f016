import type { Card, Question } from '../../core/content.js';
import type { Json, Properties } from '../../core/events.js';
import { nextCard } from '../../core/survey.js';
import type { SurveyWords } from './surveyWords.js';

/** The questions of a card. */
export const questionsOf = (card: Card): Question[] =>
  card.blocks.flatMap((block) => (block.block == 'question' ? [block.question] : []));

/** True for no answer at all: nothing chosen, only blanks written. */
export const isEmpty = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  (typeof value == 'string' && !value.trim()) ||
  (Array.isArray(value) && !value.length);

/** What is wrong with the answer, in words for the visitor; empty if it may be sent. */
export function problemOf(question: Question, value: Json | undefined, words: SurveyWords): string {
  const { kind } = question;
  if (isEmpty(value)) {
    if (!question.required) return '';
    return kind == 'text' ? words.requiredText : words.requiredChoice;
  }
  const most = kind == 'text' ? question.maxLength : undefined;
  return most && typeof value == 'string' && value.length > most ? words.tooLong(most) : '';
}

/** The cards from `first` on, as these answers lead, without closing cards; a loop ends it. */
function pathFrom(cards: readonly Card[], first: string | null, answers: Properties): string[] {
  const path: string[] = [];
  for (let id = first; id && !path.includes(id); id = nextCard(cards, id, answers)) {
    if (!cards.find((card) => card.id == id)?.end) path.push(id);
  }
  return path;
}

/** The cards to have behind you when a survey resumes, the last one to be asked now: the first that lacks an answer. */
export function resumedTrail(cards: readonly Card[], answers: Properties): string[] {
  const path = pathFrom(cards, cards[0]?.id ?? null, answers);
  const isOpen = (id: string) =>
    questionsOf(cards.find((card) => card.id == id)!).some((question) => isEmpty(answers[question.id]));
  const at = Object.keys(answers).length ? path.findIndex(isOpen) : 0;
  return at < 0 ? path : path.slice(0, at + 1);
}

/** How far one is, and how long it will be if the rest goes as the answers so far lead. */
export function progressOf(
  cards: readonly Card[],
  trail: readonly string[],
  answers: Properties,
): { at: number; of: number } {
  const ahead = pathFrom(cards, trail.at(-1) ?? null, answers).filter(
    (id) => !trail.slice(0, -1).includes(id),
  );
  return { at: trail.length, of: trail.length - 1 + Math.max(1, ahead.length) };
}

/** True if nothing is asked after this card: its button sends. */
export function isLast(cards: readonly Card[], id: string, answers: Properties): boolean {
  return pathFrom(cards, id, answers).length < 2;
}
