/** @jsxRuntime classic */
/** @jsx h */
import type { h } from 'preact';
import type { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Card, Question } from '../../core/content.js';
import type { Json, Properties } from '../../core/events.js';
import { nextCard } from '../../core/survey.js';
import { createQuestion } from './questions.js';
import { isEmpty, isLast, problemOf, progressOf, questionsOf, resumedTrail } from './surveyFlow.js';
import { surveyCss } from './surveyStyles.js';
import { surveyWordsIn } from './surveyWords.js';
import type { CardsProps, View } from './view.js';

/** What the message chunk lends the survey chunk. */
export interface LentPreact {
  h: typeof h;
  useLayoutEffect: typeof useLayoutEffect;
  useRef: typeof useRef;
  useState: typeof useState;
}

/** The survey chunk's one export: cards with questions, and their stylesheet. */
export function createSurvey({ h, useLayoutEffect, useRef, useState }: LentPreact) {
  const renderQuestion = createQuestion({ h });

  function Cards({ view, cards, Blocks, focusStart }: CardsProps) {
    const { say, answers: kept } = view;
    const words = surveyWordsIn(view.language);
    const [trail, setTrail] = useState(() => resumedTrail(cards, kept));
    const [answers, setAnswers] = useState<Properties>({ ...kept });
    const [problems, setProblems] = useState<{ [question: string]: string }>({});
    const form = useRef<HTMLFormElement>(null);
    const isMoved = useRef(false);
    const card = cards.find(({ id }) => id == trail.at(-1))!;
    useLayoutEffect(() => {
      if (isMoved.current) focusStart(form.current);
    }, [card.id]);
    useLayoutEffect(() => {
      const wrong = Object.keys(problems)[0];
      if (wrong) form.current?.querySelector<HTMLElement>('[data-wrong] :is(input,textarea)')?.focus();
    }, [problems]);

    const go = (to: string[]) => {
      isMoved.current = true;
      setProblems({});
      setTrail(to);
    };
    const submit = () => {
      const wrong = questionsOf(card).flatMap((question) => {
        const problem = problemOf(question, answers[question.id], words);
        return problem ? [[question.id, problem]] : [];
      });
      if (wrong.length) return setProblems(Object.fromEntries(wrong) as typeof problems);
      for (const question of questionsOf(card)) save(view, card, question, answers[question.id]);
      const next = cards.find(({ id }) => id == nextCard(cards, card.id, answers));
      if (!next || next.end) finish(view);
      if (next) go([...trail, next.id]);
      else view.leave('end');
    };
    const answer = (question: Question, value: Json) => {
      setAnswers({ ...answers, [question.id]: value });
      setProblems({});
    };
    const { at, of } = progressOf(cards, trail, answers);
    const buttons = card.blocks.flatMap((block) => (block.block == 'buttons' ? block.buttons : []));
    const label = view.content.label;
    return (
      <form
        ref={form}
        class="card survey"
        key={card.id}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {label && !card.end && <p class="eyebrow muted">{say(label)}</p>}
        {card.blocks.map((block) =>
          block.block == 'question' ? (
            <div key={block.question.id} data-wrong={problems[block.question.id] ? '' : undefined}>
              {renderQuestion({
                question: block.question,
                value: answers[block.question.id],
                problem: problems[block.question.id] ?? '',
                words,
                say,
                onAnswer: (value) => answer(block.question, value),
              })}
            </div>
          ) : (
            <Blocks view={view} blocks={[block]} next={submit} />
          ),
        )}
        <div class="steps">
          {!card.end && trail.length > 1 && (
            <button type="button" class="button quiet" onClick={() => go(trail.slice(0, -1))}>
              {words.back}
            </button>
          )}
          {!card.end && of > 1 && <p class="muted">{words.step(at, of)}</p>}
          {!card.end && !buttons.some(({ action }) => action.do == 'next') && (
            <button class="button">{isLast(cards, card.id, answers) ? words.send : words.next}</button>
          )}
          {card.end && !buttons.length && (
            <button type="button" class="button quiet" onClick={() => view.leave('end')}>
              {words.close}
            </button>
          )}
        </div>
      </form>
    );
  }

  return { Cards, css: surveyCss };
}

/** Saves an answer that is new or changed. */
function save(view: View, card: Card, question: Question, given: Json | undefined): void {
  const value = typeof given == 'string' ? given.trim() : given;
  if (isEmpty(value) && isEmpty(view.answers[question.id])) return;
  if (JSON.stringify(value) == JSON.stringify(view.answers[question.id])) return;
  view.answers[question.id] = value ?? null;
  const { id, kind, label } = question;
  view.events.answered({ card: card.id, question: id, kind, value: value ?? null, wording: view.say(label) });
}

/** Completed: a tab that is opened again starts afresh. */
function finish(view: View): void {
  view.complete();
  for (const question of Object.keys(view.answers)) delete view.answers[question];
}
