import { goOn } from './answers.js';
import { keepAboveKeyboard } from './keyboard.js';
import { drawQuestion } from './questions.js';
import type { Asking, Field } from './questions.js';
import { drawSteps } from './steps.js';
import { problemOf, resumedTrail } from './surveyFlow.js';
import { surveyCss } from './surveyStyles.js';
import { surveyWords } from './surveyWords.js';
import type { CreateCards } from './view.js';

/**
 * The survey chunk's one export: cards with questions, resumed where answers end. Each answer is saved when its card is left
 * forward. What it draws with is the message chunk's.
 */
export const createSurvey: CreateCards = (view, tools) => {
  const { content, state } = view;
  // Who comes back to it, in another language or to a tab that was closed, finds it as they left it.
  if (!state.trail.length || (state.trail.at(-1)!.end && state.isOpen === false)) {
    Object.assign(state.drafts, state.answers);
    state.trail = resumedTrail(content.cards, state.drafts);
  }
  view.adopt(surveyCss);
  return drawCard({ view, tools, words: view.words(surveyWords) });
};

/** Draws the card one is at, which goes on to the next by itself. */
function drawCard(asking: Asking): HTMLElement {
  const { element, drawBlocks, replaceCard } = asking.tools;
  const { view } = asking;
  const { label } = view.content;
  const card = view.state.trail.at(-1)!;
  const fields: Field[] = [];
  const turn = () => replaceCard(form, drawCard(asking));
  const next = () => {
    // While it leaves it can be sent once more.
    if (card != view.state.trail.at(-1) || refuses(fields, asking)) return;
    if (goOn(asking)) turn();
    else view.leave('end');
  };
  const steps = drawSteps(card, asking, turn);
  let isFollowing = false;
  const form: HTMLElement = element(
    'form',
    {
      class: 'card survey',
      // Should our listener ever fail, the browser must not send the form and leave the page.
      method: 'dialog',
      novalidate: true,
      submit(event) {
        event.preventDefault();
        next();
      },
      focusin() {
        if (!isFollowing) keepAboveKeyboard(form, asking.tools);
        isFollowing = true;
      },
      // Comes after the question's own listener, which has taken the answer.
      input() {
        for (const { showProblem } of fields) showProblem('');
        steps.update();
      },
    },
    label && !card.end && element('p', { class: 'eyebrow muted' }, view.say(label)),
    ...card.blocks.flatMap((block) => {
      if (block.block != 'question') return drawBlocks([block], view, next);
      const field = drawQuestion(block.question, asking);
      fields.push(field);
      return field.shown;
    }),
    steps.shown,
  );
  return form;
}

/** Says what is wrong with the answers of a card, and goes to the first of them; true if there is such a one. */
function refuses(fields: Field[], { view, tools, words }: Asking): boolean {
  const [wrong] = fields.filter(({ question, showProblem, isRefused }) =>
    showProblem(problemOf(question, view.state.drafts, words, isRefused())),
  );
  // With a choice made, what is wrong is the line beside it.
  return (
    !!wrong &&
    ['input.line:not([hidden])', 'input,textarea,select'].some((where) => tools.focusOn(wrong.shown, where))
  );
}
