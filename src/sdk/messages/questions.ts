import type { Question } from '../../core/content.js';
import { daysOf, drawDropdown, drawField } from './fields.js';
import type { Child } from './element.js';
import { drawOther, optionsOf, type Option } from './options.js';
import type { SurveyWords } from './surveyWords.js';
import type { CardTools, View } from './view.js';

/** What drawing a question takes. */
export interface Asking {
  view: View;
  tools: CardTools;
  words: SurveyWords;
}

/** A question on a card. The browser's own inputs hold what is chosen and written. */
export interface Field {
  question: Question;
  shown: HTMLElement;
  /** Whether the browser itself finds fault with what is written. */
  isRefused: () => boolean;
  /** Says under the question what is wrong with its answer; '' takes that back. True if something is. */
  showProblem: (problem: string) => boolean;
}

export type Of<Kind extends Question['kind']> = Extract<Question, { kind: Kind }>;
/** Questions with one control, which a label can name. */
export type Single = Of<'text' | 'date' | 'contact'>;

/** Draws one question with its label and the place for what is wrong with the answer. */
export function drawQuestion(question: Question, asking: Asking): Field {
  const { element } = asking.tools;
  const { id, kind, label, required } = question;
  const problem = element('p', { class: 'problem', role: 'alert', id: `problem-${id}` });
  const wording = [asking.view.say(label), !required && element('small', {}, ` ${asking.words.optional}`)];
  const days = kind == 'date' && daysOf(question, asking.view.language);
  const hint = days && element('p', { class: 'ends', id: `ends-${id}` }, days);
  const isDropdown = kind == 'choice' && question.look == 'dropdown';
  const control = isDropdown
    ? drawDropdown(question, asking, problem.id)
    : kind == 'text' || kind == 'date' || kind == 'contact'
      ? drawField(question, asking, hint ? `${hint.id} ${problem.id}` : problem.id)
      : undefined;
  const shown = control
    ? element(
        'div',
        {},
        element('label', { for: id }, ...wording),
        control,
        isDropdown && drawOther(question, asking, () => control.value == 'other'),
        hint,
        problem,
      )
    : drawGroup(question as Exclude<Question, Single>, asking, wording, problem);
  return {
    question,
    shown,
    isRefused: () => !!control && !control.validity.valid && !control.validity.valueMissing,
    showProblem(wrong) {
      problem.textContent = wrong && days ? `${wrong} ${days}` : wrong;
      // With a choice of one's own made, what is wrong is the line beside it.
      const marked = shown.querySelector('input.line:not([hidden])') ?? control;
      marked?.setAttribute('aria-invalid', `${!!wrong}`);
      return !!wrong;
    },
  };
}

function drawGroup(
  question: Exclude<Question, Single>,
  asking: Asking,
  wording: Child[],
  problem: HTMLElement,
): HTMLElement {
  const { id, kind } = question;
  const { drafts } = asking.view.state;
  const { element } = asking.tools;
  const isMultiple = 'multiple' in question && question.multiple;
  const options = optionsOf(question, asking);
  const ends = 'low' in question || 'high' in question ? drawEnds(question, asking) : undefined;
  const given = [drafts[id]].flat();
  const inputs = options.map(({ value, name }) =>
    element('input', {
      type: isMultiple ? 'checkbox' : 'radio',
      name: id,
      checked: given.includes(value),
      'aria-label': name,
    }),
  );
  const other = kind == 'choice' && drawOther(question, asking, () => inputs.at(-1)!.checked);
  const input = () => {
    const chosen = options.filter((_, at) => inputs[at]!.checked).map(({ value }) => value);
    drafts[id] = isMultiple ? chosen : chosen[0]!;
  };
  const row = ({ shows }: Option, at: number) =>
    element('label', {}, inputs[at], element('span', {}, ...shows));
  return element(
    'fieldset',
    { 'aria-describedby': `${ends ? `${ends.id} ` : ''}${problem.id}`, input },
    element('legend', { 'data-start': true, tabindex: -1 }, ...wording),
    element('div', { class: lookOf(question, options.length) }, ...options.map(row)),
    other,
    ends,
    problem,
  );
}

/** `scale` for scores, with how many there are; `choices` for what is chosen by its words, `pictures` by its look. */
function lookOf(question: Exclude<Question, Single>, count: number): string {
  if (question.kind == 'choice') return 'choices';
  if (question.kind == 'picture') return 'pictures';
  const stars = 'look' in question ? question.look == 'stars' : question.kind == 'rating';
  return `scale ${stars ? 'stars' : question.kind} of-${count}`;
}

/** What the lowest and the highest score mean. */
function drawEnds(
  { id, low, high }: Pick<Of<'nps'>, 'id' | 'low' | 'high'>,
  { tools: { element }, view: { say } }: Asking,
) {
  const ends = [low, high].map((end) => element('span', {}, say(end)));
  return element('p', { class: 'ends', id: `ends-${id}` }, ...ends);
}
