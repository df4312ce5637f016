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
    if (!card) return;
    checkId(card.id, `${at}.id`, ids, report);
    checkFlag(card.end, `${at}.end`, report);
    if (card.id === 'end') report(`${at}.id`, card.id, 'is the word for closing a survey; choose another id');
  });
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
  checkWays(cards, path, instead, report);

  function checkBranch(branch: Fields, at: string, card: Fields): void {
    checkTest(branch.is, `${at}.is`, report);
    checkTarget(branch.to, `${at}.to`);
    if (branch.question !== undefined) {
      if (!questions.has(branch.question))
        report(`${at}.question`, branch.question, 'is not a question of this message; name its id');
    } else if (!(
      Array.isArray(card.blocks) && card.blocks.some((block) => isFields(block) && block.block === 'question')
    ))
      report(`${at}.question`, undefined, 'is missing, and this card has no question of its own; name one');
  }
}

function checkWays(cards: readonly unknown[], path: string, instead: unknown, report: Report): void {
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
    for (const to of exits(cards, index)) if (to !== null) walk(indexOf(to));
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
