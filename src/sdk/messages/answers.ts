import { otherOf } from './options.js';
import type { Asking } from './questions.js';
import { questionsOf } from '../../core/survey.js';
import { cardAfter, isEmpty, trimmed } from './surveyFlow.js';

/** Leaves the card forward: saves what is new or changed and goes to the card it leads to; false if there is none. */
export function goOn({ view }: Asking): boolean {
  const { state } = view;
  const { answers, drafts } = state;
  const card = state.trail.at(-1)!;
  for (const { id, kind, label } of questionsOf(card)) {
    const value = trimmed(drafts[id]) ?? null;
    const saved = answers[id];
    const words = otherOf(id);
    const other = [value].flat().includes('other') ? `${(drafts[words] as string) ?? ''}`.trim() : '';
    if (isEmpty(value) && isEmpty(saved)) {
      answers[id] = null;
      view.events.passedOver(id);
      continue;
    }
    if (JSON.stringify([value, other]) == JSON.stringify([saved, answers[words] ?? ''])) continue;
    answers[id] = value;
    delete answers[words];
    if (other) answers[words] = other;
    view.events.answered({
      card: card.id,
      question: id,
      kind,
      value,
      // As it is written: filled in it would name the visitor, and be a wording of its own for each.
      wording: view.wording(label),
      ...(other && { other }),
    });
  }
  const next = cardAfter(view.content.cards, state.trail, drafts);
  if (!next || next.end) {
    view.complete();
    // A tab that is opened again starts afresh.
    for (const given of [answers, drafts]) for (const id of Object.keys(given)) delete given[id];
    state.trail = [];
  }
  if (next) state.trail.push(next);
  return !!next;
}
