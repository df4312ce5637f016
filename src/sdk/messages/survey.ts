import type { Card } from '../../core/content.js';
import { createAnswering } from './answering.js';
import type { Answering } from './answering.js';
import { drawQuestion } from './questions.js';
import type { Asking, Field } from './questions.js';
import { problemOf } from './surveyFlow.js';
import { surveyCss } from './surveyStyles.js';
import { surveyWordsIn } from './surveyWords.js';
import type { CreateCards } from './view.js';

/** The survey chunk's one export: cards with questions. What it draws with is the message chunk's. */
export const createSurvey: CreateCards = (view, tools) => {
  const { element, drawBlocks, replaceCard } = tools;
  const { say, content } = view;
  const words = surveyWordsIn(view.language);
  const now = createAnswering(view);
  tools.adopt(surveyCss);

  const draw = (): HTMLElement => {
    const card = now.card();
    const fields: Field[] = [];
    const turn = () => replaceCard(form, draw());
    const submit = () => {
      const [firstWrong] = fields.filter(({ question, showProblem }) => {
        const problem = problemOf(question, now.answers[question.id], words);
        showProblem(problem);
        return problem;
      });
      if (firstWrong) firstWrong.control.focus({ preventScroll: true });
      else if (now.forward()) turn();
      else view.leave('end');
    };
    const onAnswer = () => {
      fields.forEach(({ showProblem }) => showProblem(''));
      steps.update();
    };
    const asking: Asking = { view, tools, words, answers: now.answers, onAnswer };
    const steps = drawSteps(card, now, asking, turn);
    const blocks = card.blocks.flatMap((block) => {
      if (block.block != 'question') return drawBlocks([block], view, submit);
      const field = drawQuestion(block.question, asking);
      fields.push(field);
      return field.shown;
    });
    const send = (event: Event) => {
      event.preventDefault();
      submit();
    };
    const form = element(
      'form',
      { class: 'card survey', novalidate: true, submit: send },
      content.label && !card.end && element('p', { class: 'eyebrow muted' }, say(content.label)),
      ...blocks,
      steps.shown,
    );
    return form;
  };
  return draw();
};

/** The row below a card: back, how far one is, and on. An answer may change the way ahead, and `update` says so. */
function drawSteps(
  card: Card,
  now: Answering,
  { view, words, tools: { element } }: Asking,
  turn: () => void,
) {
  const button = (look: string, label: string, click?: () => void) =>
    element('button', { type: click && 'button', class: `button ${look}`, click }, label);
  const back = () => {
    now.back();
    turn();
  };
  const actions = card.blocks.flatMap((block) =>
    block.block == 'buttons' ? block.buttons.map(({ action }) => action.do) : [],
  );
  const step = element('p', { class: 'muted' });
  const send = button('', '');
  const update = () => {
    const { at, of, isLast } = now.progress();
    step.textContent = of > 1 ? words.step(at, of) : '';
    send.textContent = isLast ? words.send : words.next;
  };
  update();
  const parts = card.end
    ? [!actions.length && button('quiet', view.words.close, () => view.leave('end'))]
    : [now.progress().at > 1 && button('quiet', words.back, back), step, !actions.includes('next') && send];
  return { update, shown: element('div', { class: 'steps' }, ...parts) };
}
