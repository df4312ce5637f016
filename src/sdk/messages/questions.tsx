/** @jsxRuntime classic */
/** @jsx h */
import type { ComponentChildren, h } from 'preact';
import type { Choice, Question, Text } from '../../core/content.js';
import type { Json } from '../../core/events.js';
import type { SurveyWords } from './surveyWords.js';

export interface QuestionProps {
  question: Question;
  value: Json | undefined;
  /** Empty if there is none. */
  problem: string;
  words: SurveyWords;
  say: (text: Text | undefined) => string;
  onAnswer: (value: Json) => void;
}

type Of<Kind extends Question['kind']> = QuestionProps & { question: Extract<Question, { kind: Kind }> };
type PreactH = typeof h;

/** Renders one question. Preact is an argument: the chunk must not bring a second one. */
export function createQuestion(h: PreactH) {
  return function renderQuestion(props: QuestionProps) {
    const { question } = props;
    if (question.kind == 'nps') return renderScale(h, { ...props, question }, 0, 10);
    if (question.kind == 'csat') return renderScale(h, { ...props, question }, 1, 5);
    if (question.kind == 'choice') return renderChoices(h, { ...props, question });
    return renderText(h, { ...props, question });
  };
}

const ids = (question: Question) => ({ problem: `problem-${question.id}`, ends: `ends-${question.id}` });

function describedBy(...parts: (string | false | undefined)[]): string | undefined {
  return parts.filter(Boolean).join(' ') || undefined;
}

function renderLabel(h: PreactH, { question, words, say }: QuestionProps): ComponentChildren {
  return [say(question.label), !question.required && <small> {words.optional}</small>];
}

function renderProblem(h: PreactH, { question, problem }: QuestionProps) {
  return (
    <p class="problem" role="alert" id={ids(question).problem}>
      {problem}
    </p>
  );
}

function renderScale(h: PreactH, props: Of<'nps' | 'csat'>, from: number, to: number) {
  const { question, value, problem, words, say, onAnswer } = props;
  const { low, high } = question;
  const hasEnds = !!(low || high);
  const scores = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return (
    <fieldset aria-describedby={describedBy(hasEnds && ids(question).ends, problem && ids(question).problem)}>
      <legend data-start tabIndex={-1}>
        {renderLabel(h, props)}
      </legend>
      <div class={`scale ${question.kind}`}>
        {scores.map((score) => (
          <label key={score}>
            <input
              type="radio"
              name={question.id}
              checked={value === score}
              aria-label={words.score(score, to)}
              onChange={() => onAnswer(score)}
            />
            <span>
              {question.kind == 'csat' && renderFace(h, score)}
              {score}
            </span>
          </label>
        ))}
      </div>
      {hasEnds && (
        <p class="ends" id={ids(question).ends}>
          <span>{say(low)}</span>
          <span>{say(high)}</span>
        </p>
      )}
      {renderProblem(h, props)}
    </fieldset>
  );
}

/** A face whose mouth bends with the score; the number beside it says the same. */
function renderFace(h: PreactH, score: number) {
  const bend = (score - 3) * 2.2;
  const mouth = `M8 ${16 - bend / 2}Q12 ${16 + bend} 16 ${16 - bend / 2}`;
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10" />
      <path d={`M9 9.2v.6M15 9.2v.6${mouth}`} />
    </svg>
  );
}

function renderChoices(h: PreactH, props: Of<'choice'>) {
  const { question, value, problem, say, onAnswer } = props;
  const { choices, multiple, id } = question;
  const chosen = Array.isArray(value) ? value : [];
  const toggle = (choice: Choice) =>
    choices.map((other) => other.value).filter((other) => chosen.includes(other) != (other == choice.value));
  return (
    <fieldset aria-describedby={describedBy(problem && ids(question).problem)}>
      <legend data-start tabIndex={-1}>
        {renderLabel(h, props)}
      </legend>
      <div class="choices">
        {choices.map((choice) => (
          <label key={choice.value}>
            <input
              type={multiple ? 'checkbox' : 'radio'}
              name={id}
              checked={multiple ? chosen.includes(choice.value) : value === choice.value}
              onChange={() => onAnswer(multiple ? toggle(choice) : choice.value)}
            />
            <span>{say(choice.label)}</span>
          </label>
        ))}
      </div>
      {renderProblem(h, props)}
    </fieldset>
  );
}

function renderText(h: PreactH, props: Of<'text'>) {
  const { question, value, problem, say, onAnswer } = props;
  return (
    <div class="written">
      <label for={question.id}>{renderLabel(h, props)}</label>
      <textarea
        id={question.id}
        data-start
        rows={4}
        value={typeof value == 'string' ? value : ''}
        placeholder={say(question.placeholder)}
        maxLength={question.maxLength}
        required={question.required}
        aria-invalid={!!problem}
        aria-describedby={describedBy(problem && ids(question).problem)}
        onInput={(event) => onAnswer(event.currentTarget.value)}
      />
      {renderProblem(h, props)}
    </div>
  );
}
