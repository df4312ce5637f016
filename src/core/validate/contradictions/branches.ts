import type { Test } from '../../conditions.js';
import type { Question } from '../../content.js';
import type { Json } from '../../events.js';
import type { Campaign } from '../../program.js';
import { scaleOf } from '../../question.js';
import { questionsOf } from '../../survey.js';
import type { Report } from '../report.js';
import { canHold } from './values.js';

/** Of branches that no answer takes, and of those that are taken whatever is answered. */
export function warnOfBranches({ variants }: Campaign, path: string, report: Report): void {
  variants.forEach(({ content: { cards } }, variant) => {
    const asked = new Map(cards.flatMap(questionsOf).map((question) => [question.id, question]));
    cards.forEach((card, at) =>
      card.branches?.forEach(({ question: id, is }, index) => {
        const own = questionsOf(card);
        const question = id === undefined ? own[0] : asked.get(id);
        const values = question && answersTo(question);
        if (!values) return;
        const where = `${path}.variants[${variant}].content.cards[${at}].branches[${index}].is`;
        if ('multiple' in question && question.multiple) return warnOfList(is, values, where, report);
        // What another card asks may not have been on the way.
        const domain = { values, canMiss: !question.required || !own.includes(question) };
        if (!canHold([{ test: is, isNegated: false }], domain))
          report(
            where,
            is,
            `is never so, whatever is answered (${listed(values)}); change it, or remove the branch`,
            'warning',
          );
        else if (!canHold([{ test: is, isNegated: true }], domain))
          report(
            where,
            is,
            'is always so, and what comes after it is never taken; change it, or use "next"',
            'warning',
          );
      }),
    );
  });
}

const listed = (values: Json[]) => values.map((value) => JSON.stringify(value)).join(', ');

/** All that can be answered, or chosen if several may be; undefined where that is written. */
function answersTo(question: Question): Json[] | undefined {
  const [first, last] = scaleOf(question) ?? [0, -1];
  if (first <= last) return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  if (question.kind === 'thumbs') return ['up', 'down'];
  if (!('choices' in question)) return undefined;
  const values = question.choices.map(({ value }) => value);
  return 'other' in question && question.other ? [...values, 'other'] : values;
}

/** Of comparisons that no list passes, though a list is what they are asked of. */
function warnOfList({ eq, in: among, contains }: Test, choices: Json[], path: string, report: Report): void {
  const noList = 'is never so, because the answer is a list; use "contains"';
  if (eq !== undefined && !Array.isArray(eq)) report(`${path}.eq`, eq, noList, 'warning');
  if (Array.isArray(among) && !among.some(Array.isArray)) report(`${path}.in`, among, noList, 'warning');
  if (contains !== undefined && !choices.includes(contains))
    report(`${path}.contains`, contains, `can never be chosen; use one of ${listed(choices)}`, 'warning');
}
