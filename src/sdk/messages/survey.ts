import { goOn } from './answers.js';
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
  const { element, drawBlocks, focusOn, replaceCard } = tools;
  const { say, content, leave } = view;
  const words = view.words(surveyWords);
  const { cards, label } = content;
  const answers = { ...view.answers };
  const trail = resumedTrail(cards, answers);
  const asking: Asking = { view, tools, words, answers, trail };
  view.adopt(surveyCss);

  const draw = (): HTMLElement => {
    const card = trail.at(-1)!;
    const fields: Field[] = [];
    const turn = () => replaceCard(form, draw());
    const next = () => {
      const [wrong] = fields.filter(({ question, showProblem }) =>
        showProblem(problemOf(question, answers[question.id], words)),
      );
      if (wrong) focusOn(wrong.shown, 'input,textarea');
      else if (goOn(asking)) turn();
      else leave('end');
    };
    const steps = drawSteps(card, asking, turn);
    const form = element(
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
        // Comes after the question's own listener, which has taken the answer.
        input() {
          for (const { showProblem } of fields) showProblem('');
          steps.update();
        },
      },
      label && !card.end && element('p', { class: 'eyebrow muted' }, say(label)),
      ...card.blocks.flatMap((block) => {
        if (block.block != 'question') return drawBlocks([block], view, next);
        const field = drawQuestion(block.question, asking);
        fields.push(field);
        return field.shown;
      }),
      steps.shown,
    );
    return form;
  };
  return draw();
};
