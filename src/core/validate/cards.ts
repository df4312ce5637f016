import type { Fields, Report } from './report.js';
import { checkFlag, checkId, fieldsAt, isFields, listAt, oneOf } from './report.js';
import { MOST } from './vocabulary.js';

/** Where one can go from a card: branches, `next` or the following card; `null` is the end. */
function exits(cards: readonly unknown[], index: number): (string | null)[] {
  const card = cards[index];
  if (!isFields(card) || card.end === true) return [null];
  const branches = Array.isArray(card.branches) ? card.branches.filter(isFields) : [];
  const following = cards[index + 1];
  const onwards = card.next ?? (isFields(following) ? following.id : null);
  return [...branches.map(({ to }) => to), onwards].map((to) =>
    typeof to === 'string' && to !== 'end' ? to : null,
  );
}

/** What checking cards needs beside them: the questions of the message, and the card it may begin with instead of the first. */
interface Around {
  questions: ReadonlySet<unknown>;
  instead: unknown;
}

/** Checks how cards lead to each other: known targets, every card reachable, no circle, no second `end`. */
export function checkCards(
  cards: readonly unknown[],
  path: string,
  { questions, instead }: Around,
  report: Report,
  checkTest: (value: unknown, path: string, report: Report) => void,
): void {
  const ids = new Set<unknown>();
  cards.forEach((value, index) => {
    const at = `${path}[${index}]`;
    const card = fieldsAt(value, at, ['id', 'blocks', 'branches', 'next', 'end'], report);
    if (card) checkCard(card, at, ids, report);
  });
  const ways = waysOf(cards);
  const isAskedBefore = askedBefore(cards, ways);
  const targets = [...ids].filter((id) => typeof id === 'string');
  const checkTarget = (to: unknown, at: string) => {
    if (to !== 'end' && !ids.has(to)) report(at, to, `is not a card; use ${oneOf([...targets, 'end'])}`);
  };
  cards.filter(isFields).forEach((card) => {
    const at = `${path}[${cards.indexOf(card)}]`;
    if (card.next !== undefined) checkTarget(card.next, `${at}.next`);
    if (card.branches === undefined) return;
    listAt(card.branches, `${at}.branches`, report, '{"is": {"gte": 9}, "to": "…"}', {
      most: MOST.branches,
      what: 'branches',
    }).forEach((value, index) => {
      const branch = fieldsAt(value, `${at}.branches[${index}]`, ['question', 'is', 'to'], report);
      if (branch) checkBranch(branch, `${at}.branches[${index}]`, card);
    });
  });
  checkWays(cards, path, ways, instead, report);

  function checkBranch(branch: Fields, at: string, card: Fields): void {
    checkTest(branch.is, `${at}.is`, report);
    checkTarget(branch.to, `${at}.to`);
    if (branch.question !== undefined) {
      if (!questions.has(branch.question))
        report(`${at}.question`, branch.question, 'is not a question of this message; name its id');
      else if (!isAskedBefore(branch.question, cards.indexOf(card)))
        report(
          `${at}.question`,
          branch.question,
          'is never asked before this card is left; branch on a card that comes after it',
        );
    } else if (!questionsOf(card).length)
      report(`${at}.question`, undefined, 'is missing, and this card has no question of its own; name one');
  }
}

function checkCard(card: Fields, at: string, ids: Set<unknown>, report: Report): void {
  const { id, end } = card;
  checkId(id, `${at}.id`, ids, report);
  checkFlag(end, `${at}.end`, report);
  if (id === 'end') report(`${at}.id`, id, 'is the word for closing a survey; choose another id');
  if (end === true && questionsOf(card).length)
    report(`${at}.end`, end, 'closes the survey before this card is answered; ask on a card before it');
}

/** The question blocks of a card. */
const questionsOf = ({ blocks }: Fields): Fields[] =>
  Array.isArray(blocks) ? blocks.filter(isFields).filter(({ block }) => block === 'question') : [];

/** By card, the cards one can go to from it. */
function waysOf(cards: readonly unknown[]): number[][] {
  const places = new Map(cards.map((card, index) => [isFields(card) && card.id, index] as const).reverse());
  return cards.map((_, index) =>
    exits(cards, index).flatMap((to) => (to === null ? [] : (places.get(to) ?? []))),
  );
}

/** Whether a question can have been asked by the time one leaves a card: on that card, or on one that leads to it. */
function askedBefore(
  cards: readonly unknown[],
  ways: readonly number[][],
): (question: unknown, card: number) => boolean {
  const places = new Map<unknown, number>(
    cards.flatMap((card, index) =>
      isFields(card)
        ? questionsOf(card).map(({ question }) => [isFields(question) && question.id, index] as const)
        : [],
    ),
  );
  const reached = new Map<number, Set<number>>();
  return (question, card) => {
    const from = places.get(question)!;
    let after = reached.get(from);
    if (!after) {
      reached.set(from, (after = new Set([from])));
      // What is added on the way is gone on from as well.
      for (const index of after) for (const next of ways[index]!) after.add(next);
    }
    return after.has(card);
  };
}

function checkWays(
  cards: readonly unknown[],
  path: string,
  ways: readonly number[][],
  instead: unknown,
  report: Report,
): void {
  const indexOf = (id: string) => cards.findIndex((card) => isFields(card) && card.id === id);
  const open = new Set<number>();
  const done = new Set<number>();
  const walk = (index: number): void => {
    if (index < 0 || done.has(index)) return;
    if (open.has(index)) {
      const { id } = cards[index] as Fields;
      report(
        `${path}[${index}]`,
        id,
        'can be reached from itself, so the survey may never end; lead on to a later card',
      );
      return;
    }
    open.add(index);
    for (const to of ways[index]!) walk(to);
    open.delete(index);
    done.add(index);
  };
  if (cards.length) walk(0);
  if (typeof instead === 'string') walk(indexOf(instead));
  cards.forEach((card, index) => {
    if (isFields(card) && !done.has(index))
      report(`${path}[${index}]`, card.id, 'is never reached; lead a branch or "next" to it, or remove it');
  });
}
