/** What a question to the past answers otherwise if only time goes by: events leave its window, or a session ends. */
import { behaviourAtom } from './atoms.js';
import { miss, spend } from './budget.js';
import { laterBy } from './changedWorld.js';
import type { Behaviour, Within } from './conditions.js';
import { durationMs } from './duration.js';
import { turningPoint } from './later.js';
import type { Stair } from './stairs.js';
import { testerOf } from './test.js';
import type { Attempt, Trial } from './trial.js';

const YEAR_MS = 366 * 86_400_000;
/** Of a past of which a part was pruned each moment costs a question. */
const MOST_MOMENTS = 50;

/** So many readings of one measure cost as much as looking at a clock on the wall. */
const READS = 20;

const wait = (until: number): Attempt[] => [[{ kind: 'wait', until }]];

const spanOf = (within: Within | undefined): number | undefined =>
  typeof within == 'string' && within != 'session' && within != 'ever' ? durationMs(within) : undefined;

/** For what can only cease to be so: once all has left the window, or sooner. */
export function passing(within: Within | undefined, { world, isSo }: Trial): Attempt[] {
  if (within == 'session') return [[{ kind: 'session' }]];
  const span = spanOf(within);
  if (span === undefined) return [];
  const { now } = world.occasion;
  const asked = (at: number) => isSo(laterBy(world, at));
  // An event may be of a clock that was a year ahead.
  const end = [now + span + 1, now + span + YEAR_MS].find(asked);
  return end === undefined ? [] : wait(turningPoint(asked, now, end));
}

/**
 * Of what is measured: the first moment at which so much has left the window that the rest is as wanted, which it need not be any
 * more when all has.
 */
export function leaving(node: Behaviour, trial: Trial): Attempt[] {
  const { world, wanted, isSo, atoms } = trial;
  const { event, within, is = { gte: 1 } } = node;
  const span = spanOf(within);
  if (span === undefined) return passing(within, trial);
  const { key } = behaviourAtom(node);
  const atom = atoms.list.findIndex((one) => one.key == key);
  const { past, facts, occasion } = world;
  const pruned = past.pruned
    ?.before(event)
    .flatMap(({ days }) => days.flatMap(({ first, last }) => [first, last]));
  const times = [...timesIn(past.states()[atom]), ...(pruned ?? [])];
  spend(world, times.length / READS, 'moments');
  // The edge is in the window.
  const moments = [...new Set(times.map((time) => Math.floor(time + span) + 1))]
    .filter((at) => at > occasion.now)
    .sort((a, b) => a - b);
  if (past.pruned) {
    if (moments.length > MOST_MOMENTS) miss(world, { because: 'unsearched' });
    const at = moments.slice(0, MOST_MOMENTS).find((moment) => isSo(laterBy(world, moment)));
    return at === undefined ? passing(within, trial) : wait(at);
  }
  const { one, none } = testerOf(is);
  const at = moments.find((moment) => {
    const value = past.read(atom, moment, facts.visit.session);
    return (value === undefined ? none : one(value, moment)) == wanted;
  });
  return at === undefined ? [] : wait(at);
}

/** The times of the events that a measure keeps: a list of them, or of stairs that begin with one, or beside their values. */
function timesIn(state: unknown): number[] {
  const list = Array.isArray(state) ? state : ((state as { times?: number[] } | undefined)?.times ?? []);
  return (list as (number | Stair)[]).map((one) => (Array.isArray(one) ? one[0] : one));
}
