/** @jsxRuntime classic */
/** @jsx h */
import type { h } from 'preact';
import type { Card, Question } from '../../core/content.js';
import type { Json } from '../../core/events.js';
import { nextCard } from '../../core/survey.js';
import { createQuestion } from './questions.js';
import { isEmpty, isLast, problemsOf, progressOf, questionsOf, resumedTrail } from './surveyFlow.js';
import { surveyCss } from './surveyStyles.js';
import { surveyWordsIn } from './surveyWords.js';
import type { CreateCards, View } from './view.js';

type PreactH = typeof h;

/** The survey chunk's one export: cards with questions, and their stylesheet. Preact's `h` is the message chunk's. */
export function createSurvey(h: PreactH): { createCards: CreateCards; css: string } {
  const renderQuestion = createQuestion(h);
  const createCards: CreateCards = (view, { renderBlocks, focusStart }) => {
    const { say } = view;
    const { cards, label } = view.content;
    const words = surveyWordsIn(view.language);
    const trail = resumedTrail(cards, view.answers);
    const answers = { ...view.answers };
    let problems: { [question: string]: string } = {};
    const current = () => cards.find(({ id }) => id == trail.at(-1))!;
    const redraw = () => {
      view.draw();
      focusStart();
    };
    const back = () => {
      trail.pop();
      problems = {};
      redraw();
    };
    const submit = () => {
      const card = current();
      problems = problemsOf(card, answers, words);
      if (Object.keys(problems).length) {
        view.draw();
        return focusStart('[data-wrong] :is(input,textarea)');
      }
      for (const question of questionsOf(card)) save(view, card, question, answers[question.id]);
      const next = cards.find(({ id }) => id == nextCard(cards, card.id, answers));
      if (!next || next.end) finish(view);
      if (!next) return view.leave('end');
      trail.push(next.id);
      redraw();
    };
    const renderBlock = (block: Card['blocks'][number]) => {
      if (block.block != 'question') return renderBlocks([block], view, submit);
      const { question } = block;
      const problem = problems[question.id] ?? '';
      const onAnswer = (value: Json) => {
        answers[question.id] = value;
        problems = {};
        view.draw();
      };
      return (
        <div key={question.id} data-wrong={problem ? '' : undefined}>
          {renderQuestion({ question, value: answers[question.id], problem, words, say, onAnswer })}
        </div>
      );
    };
    const renderSteps = (card: Card) => {
      const { at, of } = progressOf(cards, trail, answers);
      return (
        <div class="steps">
          {trail.length > 1 && (
            <button type="button" class="button quiet" onClick={back}>
              {words.back}
            </button>
          )}
          {of > 1 && <p class="muted">{words.step(at, of)}</p>}
          {!actionsOf(card).includes('next') && (
            <button class="button">{isLast(cards, card.id, answers) ? words.send : words.next}</button>
          )}
        </div>
      );
    };
    const renderEnd = (card: Card) =>
      !actionsOf(card).length && (
        <div class="steps">
          <button type="button" class="button quiet" onClick={() => view.leave('end')}>
            {words.close}
          </button>
        </div>
      );
    return () => {
      const card = current();
      const onSubmit = (event: Event) => {
        event.preventDefault();
        submit();
      };
      return (
        <form class="card survey" key={card.id} noValidate onSubmit={onSubmit}>
          {label && !card.end && <p class="eyebrow muted">{say(label)}</p>}
          {card.blocks.map(renderBlock)}
          {card.end ? renderEnd(card) : renderSteps(card)}
        </form>
      );
    };
  };
  return { createCards, css: surveyCss };
}

/** What the author's own buttons on a card do. */
const actionsOf = ({ blocks }: Card) =>
  blocks.flatMap((block) => (block.block == 'buttons' ? block.buttons.map(({ action }) => action.do) : []));

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
