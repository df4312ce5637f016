import type { Card, Question } from '../../core/content.js';
import type { Json, Properties } from '../../core/events.js';
import { nextCard, questionsOf } from '../../core/survey.js';
import { otherOf } from './options.js';
import type { SurveyWords } from './surveyWords.js';

/** True for no answer at all: nothing chosen, only blanks written. */
export const isEmpty = (value: Json | undefined): boolean =>
  // A number or a truth value has no length.
  value == null || (typeof value == 'string' ? value.trim() : (value as Json[])).length === 0;

/** What is wrong with the answers to a question, in words for the visitor; empty if they may be sent. `isRefused`: by the browser. */
export function problemOf(
  question: Question,
  answers: Properties,
  words: SurveyWords,
  isRefused = false,
): string {
  const { id, kind, required } = question;
  const value = answers[id];
  const isWritten = kind == 'text' || kind == 'contact';
  if (isRefused) {
    const by = kind == 'contact' ? question.field : kind;
    return by == 'date' || by == 'email' ? words.refused[by] : words.refused.other;
  }
  if (isEmpty(value)) {
    if (!required) return '';
    return isWritten ? words.requiredText : words.requiredChoice;
  }
  if (required && [value].flat().includes('other') && kind == 'choice' && question.other)
    if (isEmpty(answers[otherOf(id)])) return words.requiredText;
  const most = kind == 'text' && question.maxLength;
  return most && `${value as string}`.length > most ? words.tooLong(most) : '';
}

/** As it is saved, and as branches see it: without the blanks around it. */
export const trimmed = (value: Json | undefined) => (typeof value == 'string' ? value.trim() : value);

/**
 * The card that answers given on these cards lead to from the last of them, if the survey goes on: past cards of which this version can
 * show nothing. What was taken back, or answered on a way one has left, is no answer for branches either.
 */
export function cardAfter(
  cards: readonly Card[],
  trail: readonly Card[],
  answers: Properties,
): Card | undefined {
  const given = trail
    .flatMap(questionsOf)
    .flatMap(({ id }) => (isEmpty(answers[id]) ? [] : [[id, trimmed(answers[id])!] as const]));
  const answered = Object.fromEntries(given);
  let at = trail.at(-1);
  // Should they lead in a circle, no further than there are cards.
  for (let left = cards.length; at && left--;) {
    const next = nextCard(cards, at.id, answered);
    at = cards.find(({ id }) => id == next);
    if (at?.blocks.length) return at;
  }
  return undefined;
}

/** These cards, and those that come after them as the answers lead, without closing cards; a loop ends it. */
function pathFrom(cards: readonly Card[], trail: readonly Card[], answers: Properties): Card[] {
  const path = [...trail];
  let card: Card | undefined;
  while ((card = cardAfter(cards, path, answers)) && !card.end && !path.includes(card)) path.push(card);
  return path;
}

/**
 * The cards to have behind you when a survey resumes, the last one to be asked now: the first of which something is not known, be it
 * that there was no answer (null), or that comes after all that is.
 */
export function resumedTrail(cards: readonly Card[], answers: Properties): Card[] {
  const start = cards[0]!;
  const first =
    (start.blocks.length ? start : cardAfter(cards, [start], answers)) ??
    // Where no code is left it may begin with a closing card.
    cards.find(({ blocks }) => blocks.length)!;
  const path = pathFrom(cards, [first], answers);
  const isKnown = ({ id }: Question) => answers[id] !== undefined;
  const last = path.map((card) => questionsOf(card).some(isKnown)).lastIndexOf(true);
  const firstOpen = path.findIndex((card, at) => at > last || !questionsOf(card).every(isKnown));
  return path.slice(0, firstOpen + 1 || path.length);
}

/** Whether a card asks something, which information does not. */
export const asks = (card: Card) => questionsOf(card).length > 0;

/**
 * How far one is in the cards that ask, how many they will be if the rest goes as the answers so far lead, and whether no card comes after
 * this.
 */
export function progressOf(
  cards: readonly Card[],
  trail: readonly Card[],
  answers: Properties,
): { at: number; of: number; isLast: boolean } {
  const path = pathFrom(cards, trail, answers);
  return {
    at: trail.filter(asks).length,
    of: path.filter(asks).length,
    isLast: path.length == trail.length,
  };
}
