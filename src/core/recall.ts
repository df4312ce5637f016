/** Answers conditions over a past of which a part was pruned: exactly where tallies allow it, else "unknown". */
import { AUTOMATIC } from './automatic.js';
import type { Behaviour, Test, Where, Within } from './conditions.js';
import type { PrunedPast } from './decision.js';
import type { Json } from './events.js';
import { addExactly, roundedSum, type ExactSum } from './exactSum.js';
import type { Scope } from './evaluate.js';
import type { Snapshot } from './retention.js';
import { costOf, exactSumOf, type Tally } from './tallies.js';
import { passes } from './test.js';
import { windowOf } from './window.js';

/** What tallies say of the pruned events that match and lie in a window. */
interface Share {
  /** So many are certain, and they sum up to that; undefined if it is not known. */
  least: number;
  sum: ExactSum | undefined;
  /** So many it could be. */
  most: number;
  /** And so much attention they could have cost, if they are exposures. */
  cost: number;
  /** Time of the latest and row key of the latest it could be. */
  last: number;
  until: number;
}

type Tallied = Pick<Snapshot, 'pruned' | 'forgotten'>;

/** What a snapshot's tallies say of the past; its pinned events are to be folded as all others are. */
export function recall(snapshot: Tallied): PrunedPast {
  const share = (name: string, where: Where | undefined, within: Within | undefined, scope: Scope) =>
    shareOf(snapshot, name, where, within, scope);
  return {
    before: (name) => snapshot.pruned.filter((entry) => entry.name == name),
    most: (name, where, within, scope) => share(name, where, within, scope).most,
    attention: (within, scope) => share(AUTOMATIC.exposure, undefined, within, scope).cost,
    complete(condition, scope, passed, found, otherwise, row, atom = 0) {
      if ('event' in condition) {
        const own = share(condition.event, condition.where, condition.within, scope);
        if (!own.most) return [passed, found];
        const { past, now, facts } = scope;
        const parts = () => past.parts(atom, now, facts.visit.session) as ExactSum;
        return (
          completeBehaviour(condition, found, own, row, scope.now, parts) ?? [
            otherwise,
            [unknownBefore([own])],
          ]
        );
      }
      const { sequence, thenNot } = condition;
      if (!sequence.length) return [passed, found];
      const shares = [...sequence, ...(thenNot ? [thenNot] : [])].map(({ event, where }, index) =>
        share(event, where, index ? 'ever' : condition.within, scope),
      );
      // What was pruned earlier than the sequence can have begun is no step of it.
      const start = shares[0]!.most ? 0 : row();
      const matters = shares.filter(({ most, until }) => most && until >= start);
      // More of the past completes more steps: what is complete stays so, unless what must not follow was pruned.
      const isComplete = passed && !(thenNot && matters.includes(shares.at(-1)!));
      if (isComplete || !matters.length) return [passed, found];
      return [otherwise, [unknownBefore(matters)]];
    },
  };
}

function unknownBefore(shares: Share[]): string {
  const day = new Date(Math.max(...shares.map(({ last }) => last)) + 86_400_000);
  return `unknown before ${day.toISOString().slice(0, 10)}`;
}

function shareOf(
  { pruned, forgotten }: Tallied,
  name: string,
  where: Where = {},
  within: Within | undefined,
  scope: Scope,
): Share {
  const window = windowOf(within);
  const { isSession, limit, until } = window;
  const from = Math.max(scope.now - limit, window.from);
  const since = isSession ? scope.past.sessionRow(scope.facts.visit.session) : 0;
  const total: Share = { least: 0, sum: [], most: 0, cost: 0, last: -Infinity, until: 0 };
  const { campaign, ...others } = where;
  const note = (least: number, known: Tally | undefined, most: number, last: number, until: number) => {
    total.least += least;
    total.sum = known && total.sum && exactSumOf(known).reduce(addExactly, total.sum);
    total.most += most;
    total.last = Math.max(total.last, last);
    total.until = Math.max(total.until, until);
  };
  for (const entry of pruned) {
    if (entry.name != name || entry.until < since) continue;
    const isSplit = entry.campaign !== undefined;
    if (isSplit && campaign && !passes(campaign, [entry.campaign!], scope.now)) continue;
    // A tally knows no other property, and no session.
    const isKnown = !isSession && !Object.keys(others).length && (isSplit || !campaign);
    for (const tally of entry.days) {
      const { count, first, last } = tally;
      if (last < from || first >= until) continue;
      const outside = Number(first < from) + Number(last >= until);
      if (count > outside) total.cost += costOf(tally);
      if (!outside) note(isKnown ? count : 0, isKnown ? tally : undefined, count, last, entry.until);
      // The window begins or ends between its first event and its last: what is known are those two.
      else
        note(
          isKnown && outside == 1 ? 1 : 0,
          undefined,
          isKnown ? count - outside : count,
          last,
          entry.until,
        );
    }
  }
  if (forgotten !== undefined && forgotten >= from && name[0] != '$')
    note(0, undefined, Infinity, forgotten, Infinity);
  return total;
}

/** Answer and finding with the share counted in; undefined if it cannot be known. */
function completeBehaviour(
  { measure = 'count', of, is = { gte: 1 } }: Behaviour,
  found: Json[],
  share: Share,
  row: () => number,
  now: number,
  parts: () => ExactSum,
): [boolean, Json[]] | undefined {
  const [value] = found;
  // An event more is at most one more that share a value, and may have none.
  if (measure == 'count' || measure == 'most') {
    const least = (value as number) + (measure == 'count' ? share.least : 0);
    const answer = answerBetween(is, least, (value as number) + share.most, now);
    return answer === undefined ? undefined : [answer, [least]];
  }
  if (measure == 'sum' && of == 'value' && share.sum) {
    const sum = roundedSum(parts().reduce(addExactly, share.sum));
    return [passes(is, [sum], now), [sum]];
  }
  // The last one is known if it is later than all that was pruned.
  if (measure == 'last' && found.length && row() > share.until) return [passes(is, found, now), found];
  return undefined;
}

/** The test's answer for every whole number from `least` to `most`; undefined if they differ. */
function answerBetween(is: Test, least: number, most: number, now: number): boolean | undefined {
  // Between the numbers it names a test does not change its mind.
  const edges = numbersIn(is as Json)
    .flatMap((edge) => [Math.ceil(edge) - 1, Math.floor(edge), Math.ceil(edge), Math.floor(edge) + 1])
    .filter((edge) => edge > least && edge < most);
  const answers = [least, ...edges, Math.min(most, Number.MAX_SAFE_INTEGER)].map((count) =>
    passes(is, [count], now),
  );
  return answers.every((answer) => answer == answers[0]) ? answers[0] : undefined;
}

/** All numbers a test names, however deep. */
export function numbersIn(value: Json): number[] {
  if (typeof value == 'number') return [value];
  return value && typeof value == 'object' ? Object.values(value).flatMap(numbersIn) : [];
}
