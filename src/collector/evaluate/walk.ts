import { messageOf } from '../clearError.js';
import type { ReportContext } from '../reports/report.js';
import { createBreath, type Breath } from './breath.js';
import { countWanted, rangeOf, readRange, type VisitorLog, type Wanted } from './visitorLogs.js';

/** Events read at once: some ten megabytes. */
const EVENTS_PER_RANGE = 10_000;
const MAX_RANGES = 1_000;

/** How much of the site is walked, and how much was. */
export interface Walked {
  /** Share of all persons, drawn by the hash of the person; 1 for all. */
  share: number;
}

export interface Extent {
  share: number;
  /** When this has passed, the persons seen so far are the sample. */
  maxMs: number;
}

/**
 * Hands every visitor of the site to `look`, all visitors of a person in a row, and resolves to how much of the site that was.
 * Stops between ranges of persons when its time is up; those seen are then a sample as good as any. Breathes between visitors; a
 * look that is long may do so too.
 */
export async function walk(
  context: ReportContext,
  wanted: Wanted,
  { share, maxMs }: Extent,
  look: (log: VisitorLog, breath: Breath) => Promise<void> | void,
): Promise<Walked> {
  const breath = createBreath();
  const startedAt = performance.now();
  const count = (await countWanted(context, wanted)) * share;
  const ranges = Math.min(MAX_RANGES, Math.max(MIN_RANGES, Math.ceil(count / EVENTS_PER_RANGE)));
  for (let index = 0; index < ranges; index++) {
    for (const log of await readRange(context, wanted, rangeOf(index, index + 1, ranges, share))) {
      await look(log, breath);
      await breath();
    }
    if (performance.now() - startedAt > maxMs && index + 1 < ranges)
      return { share: (share * (index + 1)) / ranges };
  }
  return { share };
}

/** So that there is a place to stop at. */
const MIN_RANGES = 4;

/** Each may take half a minute: who would have to wait for more than so many has given up before its turn. */
const MOST_WAITING = 4;

/** Nothing was evaluated: too many wait already. */
class TooManyWaiting extends Error {}

/** One evaluation after the other: together they would only take each other's memory. */
let last: Promise<unknown> = Promise.resolve();
/** Of those begun and those that wait. */
let count = 0;
export async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  if (count > MOST_WAITING) throw new TooManyWaiting();
  count += 1;
  const mine = last.then(work);
  last = mine.catch(messageOf);
  try {
    return await mine;
  } finally {
    count -= 1;
  }
}

/** The answer, or that it cannot be had now. */
export async function orBusy<T>(answer: Promise<T>): Promise<T | 'busy'> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof TooManyWaiting) return 'busy';
    throw error;
  }
}
