/** What only a long past needs: checkpoints, reading in slices, pruning. A chunk of its own. */
import { restorePast, takeCheckpoint, turnedTo } from '../core/checkpoint.js';
import type { Checkpoint } from '../core/checkpoint.js';
import { createPast } from '../core/fold.js';
import { compareSequence, eventsOf, HISTORY_AGE_MS } from '../core/history.js';
import { SLICE_ROWS, readPart, take } from './past.js';
import type { Known, Part, Weight } from './past.js';
import { readRows } from './database.js';
import type { Store, StoredRow } from './store.js';

export { turnedTo };

/** More than this and the log is pruned: events and characters of all its rows. */
const MAX_EVENTS = 5000;
const MAX_LENGTH = 1_800_000;
/** Until it is looked at again so much may come, however little could be moved: what waits for delivery cannot be. */
const ROOM_EVENTS = 500;
const ROOM_LENGTH = 50_000;
/** A page reads so many rows more: its own first ones may be in the checkpoint of another tab already. */
const MARGIN_ROWS = 30;

/** A checkpoint as it lies in meta. */
export interface StoredFold extends Checkpoint {
  /** Whose past it is. */
  visitor: string;
  /** How often the log had been pruned; after once more what is in here is not what is in the log. */
  prunings?: number;
  weight: Weight;
}

/** Rows after `after`, `count` of them at most. */
const readSlice = (store: Store, after: number, count?: number): Promise<Part> =>
  readPart(store, async (log, get) => {
    const [prunings, rows] = await Promise.all([get<number>('prunings'), readRows(log, after, count)]);
    return { prunings, rows };
  });

/** Makes ready what `known` begins: from the checkpoint, if there is one that counts, else from the log; the latest rows. */
export async function buildLong(
  store: Store,
  known: Known,
  first: Part,
  now: number,
): Promise<StoredRow[] | undefined> {
  const { atoms } = known.rules;
  const { fold, snapshot, prunings } = first;
  const isMine = fold?.visitor === known.visitor && fold.prunings === prunings;
  const pinned = snapshot?.visitor === known.visitor ? snapshot.pinned : [];
  const pruned = pinned === snapshot?.pinned ? (await import('./retention.js')).recall(snapshot) : undefined;
  const restored = isMine ? restorePast(atoms, fold, pruned) : undefined;
  if (restored?.serves(now)) {
    known.past = restored;
    known.weight = fold!.weight;
    const { rows } = await readSlice(store, Math.max(0, fold!.through - MARGIN_ROWS));
    take(known, rows);
    return rows;
  }
  known.past = createPast(atoms, undefined, pruned);
  let latest: StoredRow[] = [];
  let part = fold ? await readSlice(store, 0, SLICE_ROWS) : first;
  for (let from = 0; ;) {
    const { rows } = part;
    const isLast = rows.length < SLICE_ROWS;
    const upTo = isLast ? Infinity : rows.at(-1)!.key;
    const old = pinned.filter(({ sequence: [key] }) => key > from && key <= upTo);
    const events = rows.filter((row) => row.visitor === known.visitor).flatMap(eventsOf);
    // In order of the log, or all of it would have to be folded again.
    [...old, ...events].sort(compareSequence).forEach(known.past.add);
    take(known, rows);
    latest = [...latest, ...rows].slice(-SLICE_ROWS);
    if (isLast) return latest;
    // Each slice is a task of its own: a long log must not hold up the page.
    part = await readSlice(store, (from = upTo), SLICE_ROWS);
    if (part.prunings !== prunings) return undefined;
  }
}

/** Prunes the log if that is due; then, or if not, writes a checkpoint. `rebuild` reads the log again. */
export async function tidy(
  store: Store,
  known: Known,
  now: number,
  weighed: (left: number) => void,
  rebuild: () => Promise<Known>,
): Promise<void> {
  const { events, length, since, maxEvents = MAX_EVENTS, maxLength = MAX_LENGTH } = known.weight;
  if (events > maxEvents || length > maxLength || since! < now - HISTORY_AGE_MS) {
    const { keep } = await import('./retention.js');
    await keep(store, now, known.rules.program, weighed);
    known = await rebuild();
    const { weight } = known;
    weight.maxEvents = Math.max(MAX_EVENTS, weight.events + ROOM_EVENTS);
    weight.maxLength = Math.max(MAX_LENGTH, weight.length + ROOM_LENGTH);
  }
  const { rules, past, visitor, prunings, weight } = known;
  const read = await readSlice(store, Math.max(0, past.base().through));
  // Another tab was quicker.
  if (read.prunings !== prunings) return void (await rebuild());
  take(known, read.rows);
  const last = read.rows.at(-1);
  if (!last) return;
  const checkpoint = takeCheckpoint(rules.atoms, past, last.key, now);
  const fold: StoredFold = { ...checkpoint, visitor, prunings, weight };
  await store.append([], { fold });
}
