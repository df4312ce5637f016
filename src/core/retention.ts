/** Which part of a device's log stays as events, and what is left of the rest. Pure, so that a backtest replays it. */
import { AUTOMATIC } from './automatic.js';
import type { PastEvent } from './decision.js';
import type { LogRow, TrackedEvent } from './events.js';
import { compareSequence, eventsOf, HISTORY_AGE_MS } from './history.js';
import type { Program } from './program.js';
import { addTally, boundTallies, type PrunedEvents, type TallyLimits } from './tallies.js';
import { matcher } from './test.js';

/** All that is left of rows that have left the log. Plain data that can be stored as it is; see `recall` for asking it. */
export interface Snapshot {
  version: 1;
  /** Every row of the visitor up to this key has moved in here, and some above it that had not to wait for those between. */
  through: number;
  /** Events that are kept whole, in order of sequence. */
  pinned: PastEvent[];
  pruned: PrunedEvents[];
  /** Events up to this time may have left nothing at all, if the site made up too many names. */
  forgotten?: number;
}

/** A row that is still in the log. */
export interface LoggedRow extends Pick<LogRow, 'key' | 'id' | 'session' | 'events'> {
  /** Bytes it takes as it is stored. */
  length: number;
  /** Nobody waits to deliver it: it is settled, or was refused for delivery and is there for the history alone. */
  isFree: boolean;
}

/** How much past a device keeps. */
export interface RetentionLimits extends TallyLimits {
  /** Events in free rows. */
  events: number;
  /** Age of the events of a free row, ms. */
  ageMs: number;
  /** Bytes of free rows. */
  length: number;
  /** Pinned events, and their bytes as JSON. */
  pinned: number;
  pinnedLength: number;
}

/** The limits of the SDK and of a backtest. The SDK prunes down to them whenever 1,000 events more, or a day more, have come. */
export const RETENTION: RetentionLimits = {
  events: 4000,
  ageMs: HISTORY_AGE_MS - 86_400_000,
  length: 1_750_000,
  pinned: 1000,
  pinnedLength: 150_000,
  names: 200,
  tallies: 2000,
};

/** At least what it takes as JSON in UTF-8: as if no character beyond ASCII took less than three bytes. */
function bytesOf(event: PastEvent): number {
  const text = JSON.stringify(event);

  return text.length + 2 * text.replace(/[\0-\x7f]+/g, '').length;
}

export const EMPTY_SNAPSHOT: Snapshot = { version: 1, through: 0, pinned: [], pruned: [] };

/** Caps, the kept arm and reports over long windows rest on these, and they are few. */
const PINNED: string[] = [
  AUTOMATIC.exposure,
  AUTOMATIC.answer,
  AUTOMATIC.close,
  AUTOMATIC.complete,
  AUTOMATIC.consent,
  AUTOMATIC.click,
];

/**
 * Which events a program wants kept whole: what messages and surveys leave behind, consent, and its campaigns' goals. How somebody can be
 * reached is not kept longer than the row it came in.
 */
export function pinsOf(program: Pick<Program, 'campaigns'> | undefined): (event: TrackedEvent) => boolean {
  const goals = (program?.campaigns ?? []).flatMap(({ goal }) => {
    try {
      return goal ? [matcher(goal.event, goal.where)] : [];
    } catch {
      // A goal this version cannot read is pinned by its name.
      return [({ name }: TrackedEvent) => name === goal!.event];
    }
  });
  return (event) =>
    !(event.name == AUTOMATIC.answer && event.properties?.kind == 'contact') &&
    (PINNED.includes(event.name) || goals.some((isGoal) => isGoal(event)));
}

/**
 * Moves rows out of the log into the snapshot: free ones that are too old or more than the limits allow, oldest first; the
 * others stay. `rows` are the visitor's, in order of key. Pinned events stay whole, of all others and of what no longer fits
 * among the pinned ones tallies are left, so that nothing is lost to a total. Answers the new snapshot and the keys of the
 * moved rows; the arguments are not changed. When nothing moves the snapshot is the given one.
 */
export function retain(
  snapshot: Snapshot,
  rows: readonly LoggedRow[],
  now: number,
  limits: RetentionLimits = RETENTION,
  isPinned: (event: TrackedEvent) => boolean = pinsOf(undefined),
): { snapshot: Snapshot; moved: number[] } {
  const moved = rowsToMove(rows, now, limits);
  if (!moved.length) return { snapshot, moved: [] };
  const seen = new Set<string>();
  // Of a row that stands there twice the first counts.
  const events = moved.filter(({ id }) => seen.size < seen.add(id).size).flatMap(eventsOf);
  const pruned = snapshot.pruned.map((entry) => ({ ...entry, days: [...entry.days] }));
  for (const event of events) if (!isPinned(event)) addTally(pruned, event);

  const pinned = [...snapshot.pinned, ...events.filter(isPinned)].sort(compareSequence);
  const surplus = surplusOf(pinned, limits);
  for (const event of surplus) addTally(pruned, event);

  const { entries, forgotten } = boundTallies(pruned, limits);
  const latest = Math.max(forgotten, snapshot.forgotten ?? -Infinity);
  const leaving = new Set(moved);
  const firstKept = rows.find((row) => !leaving.has(row));
  return {
    snapshot: {
      version: 1,
      through: Math.max(snapshot.through, firstKept ? firstKept.key - 1 : moved.at(-1)!.key),
      pinned: pinned.filter((event) => !surplus.has(event)),
      pruned: entries,
      ...(latest > -Infinity && { forgotten: latest }),
    },
    moved: moved.map(({ key }) => key),
  };
}

function rowsToMove(rows: readonly LoggedRow[], now: number, limits: RetentionLimits): LoggedRow[] {
  let events = 0;
  let length = 0;
  // A row whose writing was tried again may stand there twice: it goes whole or stays whole, so that no past counts it twice.
  const staying = new Set(rows.filter(({ isFree }) => !isFree).map(({ id }) => id));
  return [...rows]
    .reverse()
    .filter((row) => {
      if (staying.has(row.id)) return false;
      events += row.events.length;
      length += row.length;
      // A row is of one turn, but a replayed call may be older than its neighbours: the youngest decides.
      const isOld = row.events.every(({ time }) => time < now - limits.ageMs);
      const isMoved = isOld || events > limits.events || length > limits.length;
      if (!isMoved) staying.add(row.id);
      return isMoved;
    })
    .reverse();
}

/** The pinned events that no longer fit: the oldest go, but for the first exposure of each campaign, which keeps its arm. */
function surplusOf(pinned: readonly PastEvent[], limits: RetentionLimits): Set<PastEvent> {
  const arms = new Map<unknown, PastEvent>();
  for (const event of pinned) {
    const campaign = event.properties?.campaign;
    if (event.name == AUTOMATIC.exposure && !arms.has(campaign)) arms.set(campaign, event);
  }
  const first = new Set(arms.values());
  const byWorth = [...pinned.filter((event) => !first.has(event)), ...first];
  let length = pinned.reduce((sum, event) => sum + bytesOf(event), 0);
  let count = pinned.length;
  const surplus = new Set<PastEvent>();
  for (const event of byWorth) {
    if (count <= limits.pinned && length <= limits.pinnedLength) break;
    surplus.add(event);
    count--;
    length -= bytesOf(event);
  }
  return surplus;
}
