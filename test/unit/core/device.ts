/** Lets a random log come in as it may, with checkpoints and pruning on the way, and asks what is asked. */
import { restorePast, takeCheckpoint } from '../../../src/core/checkpoint.js';
import type { PastEvent, PrunedPast } from '../../../src/core/decision.js';
import { createPast, pastOf, turnedTo, type FoldedPast } from '../../../src/core/fold.js';
import { eventsOf } from '../../../src/core/history.js';
import { recall } from '../../../src/core/recall.js';
import { EMPTY_SNAPSHOT, pinsOf, retain, RETENTION } from '../../../src/core/retention.js';
import type { AtomSet } from '../../../src/core/rules.js';
import type { Question, Turn } from './foldLog.js';
import { inOrder } from './naive.js';
import type { Tally } from './simulation.js';
import type { World } from './worlds.js';

export interface Life {
  world: World;
  turns: Turn[];
  acts: string[];
  questions: Question[];
  /** Compiles the program once more, as another page does. */
  atoms: () => AtomSet;
  /** Events the log is pruned down to; absent: it is not pruned. */
  kept?: number;
}

/** The moment that is asked about, and all there was until then, in order. */
export interface Moment {
  past: FoldedPast;
  events: PastEvent[];
  now: number;
  question: Question;
}

/** A device and its log. */
export function live(life: Life, compare: (moment: Moment) => void, tally: Tally): void {
  const { world, turns, acts, questions, atoms, kept } = life;
  const set = atoms();
  let past = createPast(set);
  let pruned: PrunedPast | undefined;
  let snapshot = EMPTY_SNAPSHOT;
  const moved = new Set<number>();
  let waiting: Turn[] = [];
  const come: Turn[] = [];

  const all = () => inOrder(come.flatMap(({ row }) => eventsOf(row)));
  const clock = () => come.at(-1)?.row.events.at(-1)?.time ?? world.start;
  /** What is in the log or pinned. */
  const left = () => [
    ...snapshot.pinned,
    ...come.filter(({ row }) => !moved.has(row.key)).flatMap(({ row }) => eventsOf(row)),
  ];
  const take = (turn: Turn) => {
    if (come.some(({ row }) => row.key > turn.row.key)) tally('row of another tab that came late');
    come.push(turn);
    eventsOf(turn.row).forEach(past.add);
  };
  /** The last key up to which nothing is missing. */
  const whole = () =>
    Math.max(
      0,
      Math.min(...waiting.map(({ row }) => row.key - 1), ...come.map(({ row }) => row.key).slice(-1)),
    );
  const checkpoint = (now: number, isRestored: boolean) => {
    const saved = takeCheckpoint(set, past, whole(), now);
    tally('checkpoint');
    if (!isRestored) return;
    past = restorePast(atoms(), JSON.parse(JSON.stringify(saved)), pruned)!;
    // Some of it is read again that is in it already.
    come
      .filter(({ row }) => row.key > saved.through - 2 && !moved.has(row.key))
      .forEach(({ row }) => eventsOf(row).forEach(past.add));
    tally('past restored from a checkpoint');
  };
  const prune = (now: number, events: number) => {
    // It reads the log, where all rows are.
    waiting.splice(0).forEach(take);
    const rows = come
      .filter(({ row }) => !moved.has(row.key))
      .map(({ row }) => ({ ...row, length: 100, isFree: row.key % 4 > 0 || row.key < whole() - 6 }))
      .sort((a, b) => a.key - b.key);
    const limits = { ...RETENTION, events, pinned: 2, names: 2, tallies: 6 };
    const kept = retain(snapshot, rows, now, limits, pinsOf(undefined));
    snapshot = JSON.parse(JSON.stringify(kept.snapshot)) as typeof snapshot;
    for (const key of kept.moved) moved.add(key);
    if (!kept.moved.length) return;
    tally('log pruned');
    past = pastOf(atoms(), left(), (pruned = recall(snapshot)));
  };

  turns.forEach((turn, index) => {
    // Whoever tries to write it again does so within moments, not when the log has been pruned.
    if (come.some(({ row }) => row.id === turn.row.id && moved.has(row.key))) return;
    waiting.push({ ...turn });
    for (const other of [...waiting].reverse()) if (other.late-- <= 0) take(other);
    waiting = waiting.filter(({ late }) => late >= 0);
    const question = questions[index % questions.length]!;
    const now = clock() + question.later;
    const act = acts[index % acts.length]!;
    if (act === 'again') left().forEach(past.add);
    if (act === 'turn') past = turnedTo(atoms(), past)!;
    if (act === 'prune' && kept !== undefined) prune(now, kept);
    if ((act === 'checkpoint' || act === 'restore') && come.length) checkpoint(now, act === 'restore');
    if (act === 'nothing') return;
    tally('question');
    // What a page does then: it reads the log again.
    if (!past.serves(now)) {
      tally('clock put back so far that the log was read again');
      past = pastOf(atoms(), left(), pruned);
    }
    compare({ past, events: all(), now, question });
  });
  survey(world, all(), tally);
}

/** What of the hard kinds there was in a log. */
function survey({ title, change }: World, events: PastEvent[], tally: Tally): void {
  const times = events.map(({ time }) => time);
  tally('event', events.length);
  if (times.some((time, index) => time < times[index - 1]!)) tally('log on a clock that ran backwards');
  if (new Set(times).size < times.length) tally('log with events of one time');
  if (new Set(events.map(({ session }) => session)).size > 1) tally('log of several sessions');
  if (change && Math.min(...times) < change && Math.max(...times) >= change) tally(`log across: ${title}`);
}

const WINDOW_MS: { [window: string]: number } = { '10m': 600_000, '1h': 3_600_000, '1d': 86_400_000 };

/** Whether an event of that name stands exactly on the edge of the window. */
export function isOnEdge(name: string, within: unknown, events: PastEvent[], now: number): boolean {
  const edges =
    typeof within === 'string'
      ? [now - WINDOW_MS[within]!]
      : Object.values((within ?? {}) as { [end: string]: string }).map((date) => Date.parse(date));
  return events.some((event) => event.name === name && edges.includes(event.time));
}
