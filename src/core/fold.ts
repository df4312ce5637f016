import { placeOf, type AtomState } from './atoms.js';
import type { Past, PastEvent, PrunedPast } from './decision.js';
import type { Json } from './events.js';
import type { AtomSet } from './rules.js';
import { lowerBound } from './stairs.js';

/** The form of a checkpoint. One of another form is not read. */
const FORMAT = 1;
/** So many of the latest ids stay known: a row whose writing is tried again comes within moments of the first try. */
const KNOWN_IDS = 50;

/**
 * All that a program asks of a log up to a row, as plain data: what is asked later needs only what came after. The keys of `states`
 * say what was asked, so another program can tell whether it can go on from here.
 */
export interface Checkpoint {
  format: number;
  /** Key of the last row in it. Every row up to it is: keys only grow, so what one transaction reads is whole. */
  through: number;
  /** Ids of the last events in it. */
  known: string[];
  /** At this moment and before it does not answer: what left a window that long ago is gone. */
  until?: number;
  states: { [key: string]: Json };
}

/** The past, kept up to date event by event. */
export interface FoldedPast extends Past {
  /** Rows of other tabs may come late. Of events with one id the first in the log counts. */
  add(event: PastEvent): void;
  /** Whether it can answer at this moment; if not, because the clock was put far back, it is to be built from the log again. */
  serves(now: number): boolean;
  /** Row key of the checkpoint, and how many events came since. */
  through(): number;
  pending(): number;
  /** All up to row `through`, which must be whole. What left every window before `now` is let go. */
  checkpoint(through: number, now: number): Checkpoint;
  /** The same past for another program; undefined if that asks what this one did not. */
  turnedTo(atoms: AtomSet): FoldedPast | undefined;
}

const EMPTY: Checkpoint = { format: FORMAT, through: -1, known: [], states: {} };

/** A past with nothing in it, or with what is in a checkpoint (see `restorePast`). `pruned`: what `recall` says of older events. */
export function createPast(atoms: AtomSet, base: Checkpoint = EMPTY, pruned?: PrunedPast): FoldedPast {
  let tail = createTail(base);
  const states = statesOf(atoms, base);
  /** Atoms whose state lacks an event that came late: they are folded again, from the checkpoint. */
  const outdated = new Set<number>();
  const update = () => {
    if (!outdated.size) return states;
    for (const index of outdated) states[index] = stateOf(atoms, index, base);
    foldInto(atoms, states, tail.events, (index) => outdated.has(index));
    outdated.clear();
    return states;
  };
  const outdate = (event: PastEvent) => atoms.concernedBy(event).forEach((index) => outdated.add(index));
  const add = (event: PastEvent) => {
    const late = tail.add(event);
    if (late) late.forEach(outdate);
    else foldInto(atoms, states, [event], () => true);
  };
  return {
    pruned,
    read: (atom, now, session) => update()[atom]!.read(now, session),
    key: (atom, now, session) => update()[atom]!.key(now, session),
    sessionKey: (session) => update()[atoms.sessionStart]!.key(0, session) ?? 0,
    add,
    serves: (now) => base.until === undefined || now > base.until,
    through: () => base.through,
    pending: () => tail.events.length,
    checkpoint(through, now) {
      const taken = tail.events.filter(({ sequence: [key] }) => key <= through);
      const rest = tail.events.slice(taken.length);
      let whole = update();
      if (rest.length) foldInto(atoms, (whole = statesOf(atoms, base)), taken, () => true);
      base = checkpointOf(atoms, whole, base, taken, through, now);
      tail = createTail(base);
      rest.forEach(tail.add);
      return base;
    },
    turnedTo(other) {
      const past = isOf(other, base) ? createPast(other, base, pruned) : undefined;
      if (past) tail.events.forEach(past.add);
      return past;
    },
  };
}

const stateOf = ({ list }: AtomSet, index: number, { states }: Checkpoint) =>
  list[index]!.create(states[list[index]!.key]);
const statesOf = (atoms: AtomSet, base: Checkpoint) =>
  atoms.list.map((_, index) => stateOf(atoms, index, base));

function foldInto(
  atoms: AtomSet,
  states: AtomState[],
  events: readonly PastEvent[],
  isWanted: (index: number) => boolean,
): void {
  for (const event of events)
    for (const index of atoms.concernedBy(event))
      if (isWanted(index)) states[index]!.fold(event, placeOf(event));
}

/** Everything after a checkpoint, in order and once, so that an event that comes late can be folded in from there. */
function createTail({ through, known }: Checkpoint) {
  const events: PastEvent[] = [];
  const places = new Map<string, number>(known.map((id) => [id, -1]));
  return {
    events: events as readonly PastEvent[],
    /** Nothing if the event is the last one now; else the events that are out of their order, none if it was known. */
    add(event: PastEvent): PastEvent[] | undefined {
      const place = placeOf(event);
      const before = places.get(event.id) ?? Infinity;
      if (event.sequence[0] <= through || before <= place) return [];
      places.set(event.id, place);
      const late = before < Infinity ? events.splice(lowerBound(events, before, placeOf), 1) : [];
      const at = lowerBound(events, place, placeOf);
      events.splice(at, 0, event);
      return at < events.length - 1 || late.length ? [event, ...late] : undefined;
    },
  };
}

function checkpointOf(
  { list }: AtomSet,
  states: AtomState[],
  base: Checkpoint,
  taken: readonly PastEvent[],
  through: number,
  now: number,
): Checkpoint {
  const limits = [base.until, ...states.map((state) => state.trim(now))];
  const until = Math.max(...limits.filter((limit) => limit !== undefined), -Infinity);
  return {
    format: FORMAT,
    through,
    known: [...base.known, ...taken.map(({ id }) => id)].slice(-KNOWN_IDS),
    ...(until > -Infinity && { until }),
    states: Object.fromEntries(states.map((state, index) => [list[index]!.key, state.save()])),
  };
}

/** Whether the checkpoint answers all that these atoms ask. */
function isOf({ list }: AtomSet, { through, states }: Checkpoint): boolean {
  return through < 0 || list.every(({ key }) => Object.hasOwn(states, key) && Array.isArray(states[key]));
}

/** The past of a checkpoint; undefined if that is of another form, of another program, or damaged: then the log is to be read. */
export function restorePast(atoms: AtomSet, saved: unknown, pruned?: PrunedPast): FoldedPast | undefined {
  try {
    const base = saved as Checkpoint;
    const { format, through, known, until = 0 } = base;
    const isSound =
      format === FORMAT &&
      through >= 0 &&
      known.every((id) => typeof id == 'string') &&
      typeof until == 'number';
    return isSound && isOf(atoms, base) ? createPast(atoms, base, pruned) : undefined;
  } catch {
    return undefined;
  }
}

/** The past that a whole log makes, in whatever order its events come. */
export function pastOf(atoms: AtomSet, events: readonly PastEvent[], pruned?: PrunedPast): FoldedPast {
  const past = createPast(atoms, EMPTY, pruned);
  events.forEach(past.add);
  return past;
}
