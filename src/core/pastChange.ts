/** What would have to happen, or to pass, for a question to the past to be answered otherwise. */
import { miss, spend } from './budget.js';
import type { Behaviour, Sequence, Test, Within } from './conditions.js';
import type { Json } from './events.js';
import { turningPoint } from './later.js';
import { leaderOf } from './leader.js';
import { leaving, passing } from './passing.js';
import { numbersIn } from './recall.js';
import { testerOf } from './test.js';
import type { Attempt, Trial } from './trial.js';
import { propertiesFor, valuesFor, type Value } from './valuesFor.js';

/** More of them is not a small change, and what is told of has been tried with each. */
const MOST_EVENTS = 1000;
/** So many numbers of a test cost as much to compare with as looking at a clock on the wall. */
const NUMBERS = 1e4;
/** Each different value is told of. */
const MOST_VALUES = 20;

/** In a window between dates an event counts once that has begun. */
function afterStart(within: Within | undefined, now: number, attempt: Attempt): Attempt {
  const from =
    typeof within == 'object' && 'from' in within && within.from ? Date.parse(within.from) : -Infinity;
  return from > now ? [{ kind: 'wait', until: from }, ...attempt] : attempt;
}

/**
 * The least whole number above `known` for which the test answers so; `Infinity` if only one beyond `most` more could; undefined if
 * there is none.
 */
function nextCount(trial: Trial, test: Test, known: number, most: number): number | undefined {
  const { world, wanted } = trial;
  const { now } = world.occasion;
  // Between the numbers it names a test does not change its mind.
  const edges = numbersIn(test as Json).flatMap((edge) => [
    Math.floor(edge),
    Math.ceil(edge),
    Math.floor(edge) + 1,
  ]);
  const counts = [...new Set([known + 1, ...edges])].filter((count) => count > known).sort((a, b) => a - b);
  const near = counts.filter((count) => count <= known + most);
  // A test may name very many, and looks at each of them every time.
  spend(world, (near.length * edges.length) / NUMBERS, 'moments');
  const { one } = testerOf(test);
  return (
    near.find((count) => one(count, now) == wanted) ?? (counts.length > near.length ? Infinity : undefined)
  );
}

export function behaviourAttempts(node: Behaviour, trial: Trial): Attempt[] {
  const { event, where, within, measure = 'count', of = '', is = { gte: 1 } } = node;
  const { world, wanted, found } = trial;
  const { now } = world.occasion;
  const plain = propertiesFor(where, now, world);
  const others = leaving(node, trial);
  if (!plain) return others;
  const happens = (count: number, value?: Value): Attempt => {
    const properties =
      value === undefined ? plain : (propertiesFor({ ...where, [of]: { eq: value } }, now, world) ?? plain);
    return afterStart(within, now, [{ kind: 'event', event, properties, count }]);
  };
  const [value] = found;
  const known = typeof value == 'number' ? value : 0;
  if (measure == 'count' || measure == 'distinct' || measure == 'most') {
    const most = measure == 'distinct' ? MOST_VALUES : MOST_EVENTS;
    const target = nextCount(trial, is, known, most);
    if (target === undefined) return others;
    const more = target - known;
    if (more > most) {
      miss(world, { because: 'tooMany', most });
      return others;
    }
    if (measure == 'count') return [...others, happens(more)];
    if (measure == 'most') return [...others, happens(more, leaderOf(trial.atoms, node, world) ?? 'new')];
    const fresh = Array.from({ length: more }, (_, index) => happens(1, `new-${index + 1}`));
    return [...others, fresh.flat()];
  }
  const values = valuesFor(is, wanted, value, now, world).filter((each) => each !== undefined);
  const needed = values.map((each) => (measure == 'sum' ? Number(each) - known : each));
  return [...others, ...needed.map((each) => happens(1, each))];
}

export function sequenceAttempts({ sequence, within, thenNot }: Sequence, trial: Trial): Attempt[] {
  const { world, wanted, isSo, alter } = trial;
  const { now } = world.occasion;
  const others = passing(within, trial);
  const happens = (
    { event, where }: { event: string; where?: Behaviour['where'] },
    count: number,
  ): Attempt => {
    const properties = propertiesFor(where, now, world);
    return properties ? [{ kind: 'event', event, properties, count }] : [];
  };
  if (!wanted) return thenNot ? [...others, happens(thenNot, 1)] : others;
  // The last steps only, as few as will do, and of the first of them as few events: the others have happened.
  for (let at = sequence.length - 1; at >= 0; at--) {
    const [step, ...rest] = sequence.slice(at);
    const { count: most = 1 } = step!;
    const attempt = (count: number) =>
      afterStart(within, now, [
        ...happens(step!, count),
        ...rest.flatMap((next) => happens(next, next.count ?? 1)),
      ]);
    if (sequence.slice(at).reduce((sum, { count = 1 }) => sum + count, 0) > MOST_EVENTS) {
      miss(world, { because: 'tooMany', most: MOST_EVENTS });
      break;
    }
    const does = (count: number) => isSo(alter(world, attempt(count)));
    if (does(most)) return [...others, attempt(turningPoint(does, 0, most))];
  }
  return others;
}
