import { placeOf } from './atoms.js';
import type { Past, PastEvent, PrunedPast } from './decision.js';
import type { AtomSet } from './rules.js';
import { lowerBound } from './lowerBound.js';

/** What a past begins with: nothing, or what a checkpoint says of all before (`checkpoint.ts`). */
export interface Base {
  /** Key of the last row in it. Every row up to it is: keys only grow, so what one transaction reads is whole. */
  through: number;
  /** Ids of the last events in it. */
  known: string[];
  /** At this moment and before it does not answer: what left a window that long ago is gone. */
  until?: number;
  /** By the key of its atom each state as JSON. */
  states: { [key: string]: string };
}

/** The past, kept up to date event by event. */
export interface FoldedPast extends Past {
  /** Rows of other tabs may come late. Of events with one id the first in the log counts. */
  add(event: PastEvent): void;
  /** Whether it can answer at this moment; if not, because the clock was put far back, it is to be built from the log again. */
  serves(now: number): boolean;
  base(): Base;
  /** The events since, in order. */
  tail(): readonly PastEvent[];
  /** By number of the atom. */
  states(): never[];
  /** Takes a later base. */
  rebase(base: Base): void;
}

const NOTHING: Base = { through: -1, known: [], states: {} };

/** A past that begins with `base`. `pruned`: what `recall` says of events that have left the log. */
export function createPast(atoms: AtomSet, base: Base = NOTHING, pruned?: PrunedPast): FoldedPast {
  const { list } = atoms;
  const stateOf = (index: number) => {
    const { key, empty } = list[index]!;
    const saved = base.states[key];
    return (saved ? JSON.parse(saved) : empty()) as never;
  };
  const foldInto = (to: never[], events: readonly PastEvent[], wanted?: Set<number>) => {
    for (const event of events)
      for (const index of atoms.concernedBy(event))
        if (!wanted || wanted.has(index)) list[index]!.fold(to[index]!, event, placeOf(event));
  };

  let tail = createTail(base);
  const current = list.map((_, index) => stateOf(index));
  /** Atoms whose state lacks an event that came late: they are folded again, from the base. */
  const outdated = new Set<number>();
  const states = () => {
    if (outdated.size) {
      for (const index of outdated) current[index] = stateOf(index);
      foldInto(current, tail.events, outdated);
      outdated.clear();
    }
    return current;
  };
  return {
    pruned,
    read: (atom, now, session) => list[atom]!.read(states()[atom]!, now, session),
    row: (atom, now, session) => list[atom]!.row?.(states()[atom]!, now, session),
    parts: (atom, now, session) => list[atom]!.parts!(states()[atom]!, now, session)!,
    sessionRow: (session) =>
      (list[atoms.sessionStart]!.read(states()[atoms.sessionStart]!, 0, session) as number[])[0] ?? 0,
    add(event) {
      const late = tail.add(event);
      if (!late) return foldInto(current, [event]);
      for (const one of late) for (const index of atoms.concernedBy(one)) outdated.add(index);
    },
    serves: (now) => !(base.until! >= now),
    base: () => base,
    tail: () => tail.events,
    states,
    rebase(next) {
      states();
      const { events } = tail;
      tail = createTail((base = next));
      events.forEach(tail.add);
    },
  };
}

/** Everything after a base, in order and once, so that an event that comes late can be folded in from there. */
function createTail({ through, known }: Base) {
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

/** The past that a whole log makes, in whatever order its events come. */
export function pastOf(atoms: AtomSet, events: readonly PastEvent[], pruned?: PrunedPast): FoldedPast {
  const past = createPast(atoms, NOTHING, pruned);
  events.forEach(past.add);
  return past;
}

/** Whether a base knows all that these atoms ask; one that holds nothing leaves nothing out. */
export const answers = ({ through, states }: Base, { list }: AtomSet) =>
  through < 0 || list.every(({ key }) => states[key]);

/** The same past for another program; undefined if that asks what the base does not know. */
export function turnedTo(atoms: AtomSet, past: FoldedPast): FoldedPast | undefined {
  const base = past.base();
  if (!answers(base, atoms)) return undefined;
  const turned = createPast(atoms, base, past.pruned);
  past.tail().forEach(turned.add);
  return turned;
}
