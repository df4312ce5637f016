import type { Card, Question } from '../../core/content.js';
import type { Properties } from '../../core/events.js';
import type { Child } from './element.js';
import type { SurveyWords } from './surveyWords.js';
import type { CardTools, View } from './view.js';

/** What drawing a question takes. */
export interface Asking {
  view: View;
  tools: CardTools;
  words: SurveyWords;
  /** As given so far, by question; what is chosen and written goes in here. */
  answers: Properties;
  /** Cards gone through, the one on show last. */
  trail: Card[];
}

/** A question on a card. The browser's own inputs hold what is chosen and written. */
export interface Field {
  question: Question;
  shown: HTMLElement;
  /** Says under the question what is wrong with its answer; '' takes that back. True if something is. */
  showProblem: (problem: string) => boolean;
}

type Of<Kind extends Question['kind']> = Extract<Question, { kind: Kind }>;

/** Draws one question with its label and the place for what is wrong with the answer. */
export function drawQuestion(question: Question, asking: Asking): Field {
  const { element } = asking.tools;
  const { id, kind, label, required } = question;
  const problem = element('p', { class: 'problem', role: 'alert', id: `problem-${id}` });
  const wording = [asking.view.say(label), !required && element('small', {}, ` ${asking.words.optional}`)];
  const text = kind == 'text' && drawText(question, asking, problem.id);
  const shown = text
    ? element('div', {}, element('label', { for: id }, ...wording), text, problem)
    : drawGroup(question as Exclude<Question, Of<'text'>>, asking, wording, problem);
  return {
    question,
    shown,
    showProblem(wrong) {
      problem.textContent = wrong;
      if (text) text.setAttribute('aria-invalid', `${!!wrong}`);
      return !!wrong;
    },
  };
}

function drawText(question: Of<'text'>, { tools, view, answers }: Asking, describedBy: string) {
  const { id, placeholder, maxLength, required } = question;
  const given = answers[id];
  const text: HTMLTextAreaElement = tools.element(
    'textarea',
    {
      id,
      'data-start': true,
      rows: 4,
      placeholder: view.say(placeholder),
      maxlength: maxLength,
      required,
      'aria-describedby': describedBy,
      input: () => (answers[id] = text.value),
    },
    typeof given == 'string' && given,
  );
  return text;
}

/** What is chosen from: each value with its input's accessible name, where that is not what it shows, and what it shows. */
type Option = [value: string | number, name: string | false, ...shows: Child[]];

function drawGroup(
  question: Exclude<Question, Of<'text'>>,
  asking: Asking,
  wording: Child[],
  problem: HTMLElement,
): HTMLElement {
  const { id, kind } = question;
  const { answers, tools } = asking;
  const { element } = tools;
  const isChoice = kind == 'choice';
  const isMultiple = isChoice && question.multiple;
  const options = isChoice
    ? question.choices.map(({ value, label }): Option => [value, false, asking.view.say(label)])
    : scoresOf(kind == 'nps', asking);
  const ends = !isChoice && drawEnds(question, asking);
  const given = [answers[id]].flat();
  const inputs = options.map(([value, name]) =>
    element('input', {
      type: isMultiple ? 'checkbox' : 'radio',
      name: id,
      checked: given.includes(value),
      'aria-label': name,
    }),
  );
  const input = () => {
    const chosen = options.filter((_, at) => inputs[at]!.checked).map(([value]) => value);
    answers[id] = isMultiple ? chosen : chosen[0]!;
  };
  return element(
    'fieldset',
    { 'aria-describedby': `${ends ? `${ends.id} ` : ''}${problem.id}`, input },
    element('legend', { 'data-start': true, tabindex: -1 }, ...wording),
    element(
      'div',
      { class: isChoice ? 'choices' : `scale ${kind}` },
      ...options.map(([, , ...shows], at) => element('label', {}, inputs[at], element('span', {}, ...shows))),
    ),
    ends,
    problem,
  );
}

/** 0 to 10 for NPS; else 1 to 5, with faces. */
function scoresOf(isNps: boolean, { tools, words }: Asking): Option[] {
  const options: Option[] = [];
  const last = isNps ? 10 : 5;
  for (let score = isNps ? 0 : 1; score <= last; score++)
    options.push([score, words.score(score, last), !isNps && tools.drawing(24, faceOf(score)), `${score}`]);
  return options;
}

/** A face whose mouth bends with the score; the number beside it says the same. */
function faceOf(score: number): string {
  const bend = (score - 3) * 2.2;
  const corner = 16 - bend / 2;
  return `M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0zM9 9.2v.6M15 9.2v.6M8 ${corner}Q12 ${16 + bend} 16 ${corner}`;
}

/** What the lowest and the highest score mean. */
function drawEnds({ id, low, high }: Of<'nps' | 'csat'>, { tools: { element }, view: { say } }: Asking) {
  const ends = [low, high].map((end) => element('span', {}, say(end)));
  return (low || high) && element('p', { class: 'ends', id: `ends-${id}` }, ...ends);
}
