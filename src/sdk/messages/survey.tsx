/** @jsxRuntime classic */
/** @jsx h */
import type { h } from 'preact';
import type { Card } from '../../core/content.js';
import { createAnswering } from './answering.js';
import type { Answering } from './answering.js';
import { createQuestion } from './questions.js';
import { isLast, progressOf } from './surveyFlow.js';
import { surveyCss } from './surveyStyles.js';
import { surveyWordsIn } from './surveyWords.js';
import type { SurveyWords } from './surveyWords.js';
import type { CreateCards, View } from './view.js';

type PreactH = typeof h;

/** The survey chunk's one export: cards with questions, and their stylesheet. Preact's `h` is the message chunk's. */
export function createSurvey(h: PreactH): { createCards: CreateCards; css: string } {
  const renderQuestion = createQuestion(h);
  const createCards: CreateCards = (view, { renderBlocks, focusStart }) => {
    const { say, content } = view;
    const words = surveyWordsIn(view.language);
    const now = createAnswering(view, words, focusStart);
    const renderBlock = (block: Card['blocks'][number]) => {
      if (block.block != 'question') return renderBlocks([block], view, now.submit);
      const { question } = block;
      const { id } = question;
      const problem = now.problems[id] ?? '';
      const props = { question, problem, words, say, value: now.answers[id] };
      return (
        <div key={id} data-wrong={problem ? '' : undefined}>
          {renderQuestion({ ...props, onAnswer: (value) => now.answer(id, value) })}
        </div>
      );
    };
    return () => {
      const card = now.card();
      const onSubmit = (event: Event) => {
        event.preventDefault();
        now.submit();
      };
      return (
        <form class="card survey" key={card.id} noValidate onSubmit={onSubmit}>
          {content.label && !card.end && <p class="eyebrow muted">{say(content.label)}</p>}
          {card.blocks.map(renderBlock)}
          {card.end ? renderEnd(h, card, view, words) : renderSteps(h, view, now, words)}
        </form>
      );
    };
  };
  return { createCards, css: surveyCss };
}

/** What the author's own buttons on a card do. */
const actionsOf = ({ blocks }: Card) =>
  blocks.flatMap((block) => (block.block == 'buttons' ? block.buttons.map(({ action }) => action.do) : []));

function renderSteps(h: PreactH, { content: { cards } }: View, now: Answering, words: SurveyWords) {
  const card = now.card();
  const { at, of } = progressOf(cards, now.trail, now.answers);
  return (
    <div class="steps">
      {at > 1 && (
        <button type="button" class="button quiet" onClick={now.back}>
          {words.back}
        </button>
      )}
      {of > 1 && <p class="muted">{words.step(at, of)}</p>}
      {!actionsOf(card).includes('next') && (
        <button class="button">{isLast(cards, card.id, now.answers) ? words.send : words.next}</button>
      )}
    </div>
  );
}

function renderEnd(h: PreactH, card: Card, view: View, words: SurveyWords) {
  if (actionsOf(card).length) return null;
  return (
    <div class="steps">
      <button type="button" class="button quiet" onClick={() => view.leave('end')}>
        {words.close}
      </button>
    </div>
  );
}
