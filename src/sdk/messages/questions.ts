import type { Question } from '../../core/content.js';
import type { Properties } from '../../core/events.js';
import type { Child } from './element.js';
import type { SurveyWords } from './surveyWords.js';
import type { CardTools, View } from './view.js';

/** What drawing a question takes. */
export interface Asking {
  view: View;
  tools: CardTools;
  words: SurveyWords;
  /** As given before, by question; what is chosen and written goes in here. */
  answers: Properties;
  onAnswer: () => void;
}

/** A question on a card. The browser's own inputs hold what is chosen and written. */
export interface Field {
  question: Question;
  shown: HTMLElement;
  /** Where an answer begins: the first choice, or the text. */
  control: HTMLElement;
  /** Says under the question what is wrong with its answer; '' takes that back. */
  showProblem: (problem: string) => void;
}

interface Option {
  value: string | number;
  /** What it says to those who hear it, where that is not what it shows. */
  name?: string;
  shows: Child[];
}

type Of<Kind extends Question['kind']> = Extract<Question, { kind: Kind }>;

/** Draws one question with its label, its ends and the place for what is wrong with the answer. */
export function drawQuestion(question: Question, asking: Asking): Field {
  if (question.kind == 'text') return drawText(question, asking);
  if (question.kind == 'choice') return drawChoices(question, asking);
  return drawScale(question, asking);
}

function drawScale(question: Of<'nps' | 'csat'>, asking: Asking): Field {
  const [first, last] = question.kind == 'nps' ? [0, 10] : [1, 5];
  const options: Option[] = [];
  for (let value = first; value <= last; value++) {
    const face = question.kind == 'csat' && asking.tools.drawing(24, faceOf(value));
    options.push({ value, name: asking.words.score(value, last), shows: [face, `${value}`] });
  }
  return drawGroup(question, asking, 'radio', `scale ${question.kind}`, options, endsOf(question, asking));
}

/** A face whose mouth bends with the score; the number beside it says the same. */
function faceOf(score: number): string {
  const bend = (score - 3) * 2.2;
  const mouth = `M8 ${16 - bend / 2}Q12 ${16 + bend} 16 ${16 - bend / 2}`;
  return `M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0zM9 9.2v.6M15 9.2v.6${mouth}`;
}

/** What the lowest and the highest score mean. */
function endsOf({ id, low, high }: Of<'nps' | 'csat'>, { tools: { element }, view: { say } }: Asking) {
  if (!low && !high) return undefined;
  const properties = { class: 'ends', id: `ends-${id}` };
  return element('p', properties, element('span', {}, say(low)), element('span', {}, say(high)));
}

function drawChoices(question: Of<'choice'>, asking: Asking): Field {
  const options = question.choices.map(({ value, label }) => ({ value, shows: [asking.view.say(label)] }));
  return drawGroup(question, asking, question.multiple ? 'checkbox' : 'radio', 'choices', options);
}

function drawGroup(
  question: Question,
  asking: Asking,
  type: 'radio' | 'checkbox',
  look: string,
  options: Option[],
  ends?: HTMLElement,
): Field {
  const { element } = asking.tools;
  const { id } = question;
  const given = [asking.answers[id]].flat();
  const inputs = options.map(({ value, name }) =>
    element('input', { type, name: id, checked: given.includes(value), 'aria-label': name }),
  );
  const input = () => {
    const chosen = options.filter((_, at) => inputs[at]!.checked).map(({ value }) => value);
    asking.answers[id] = type == 'checkbox' ? chosen : chosen[0]!;
    asking.onAnswer();
  };
  const problem = drawProblem(id, asking);
  const shown = element(
    'fieldset',
    { 'aria-describedby': `${ends ? `${ends.id} ` : ''}${problem.id}`, input },
    element('legend', { 'data-start': true, tabindex: -1 }, ...labelOf(question, asking)),
    element(
      'div',
      { class: look },
      ...options.map(({ shows }, at) => element('label', {}, inputs[at], element('span', {}, ...shows))),
    ),
    ends,
    problem,
  );
  return { question, shown, control: inputs[0]!, showProblem: (text) => (problem.textContent = text) };
}

function drawText(question: Of<'text'>, asking: Asking): Field {
  const { element } = asking.tools;
  const { id, placeholder, maxLength, required } = question;
  const given = asking.answers[id];
  const input = () => {
    asking.answers[id] = control.value;
    asking.onAnswer();
  };
  const problem = drawProblem(id, asking);
  const control = element(
    'textarea',
    {
      id,
      'data-start': true,
      rows: 4,
      placeholder: asking.view.say(placeholder),
      maxlength: maxLength,
      required,
      'aria-describedby': problem.id,
      input,
    },
    typeof given == 'string' && given,
  );
  const label = element('label', { for: id }, ...labelOf(question, asking));
  const showProblem = (text: string) => {
    problem.textContent = text;
    control.setAttribute('aria-invalid', `${!!text}`);
  };
  return {
    question,
    shown: element('div', { class: 'written' }, label, control, problem),
    control,
    showProblem,
  };
}

const drawProblem = (id: string, { tools }: Asking) =>
  tools.element('p', { class: 'problem', role: 'alert', id: `problem-${id}` });

/** The label, and whether an answer may be left out. */
const labelOf = ({ label, required }: Question, { tools, view, words }: Asking): Child[] => [
  view.say(label),
  !required && tools.element('small', {}, ` ${words.optional}`),
];
