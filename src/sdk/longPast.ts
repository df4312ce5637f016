/** What only a long past needs: checkpoints, reading in slices, pruning. A chunk of its own. */
import { restorePast, takeCheckpoint } from '../core/checkpoint.js';
import type { PastEvent } from '../core/decision.js';
import { createPast } from '../core/fold.js';
import { compareSequence, eventsOf, HISTORY_AGE_MS } from '../core/history.js';
import { MAX_EVENTS, MAX_LENGTH, ROOM_EVENTS, ROOM_LENGTH } from '../core/logLimits.js';
import { recall } from '../core/recall.js';
import { parse } from './pristine.js';
import { readPart, SLICE_ROWS, take } from './pastLog.js';
import { byteLength } from './row.js';
import type { Known, Part, StoredFold, Weight } from './pastLog.js';
import { readRows } from './database.js';
import type { Store, StoredRow } from './store.js';

const NOTHING: Weight = { events: 0, length: 0, lastKey: 0, maxEvents: MAX_EVENTS, maxLength: MAX_LENGTH };

function add(weight: Weight, rows: readonly StoredRow[]): void {
  for (const { key, events, json } of rows) {
    if (key <= weight.lastKey) continue;
    weight.lastKey = key;
    weight.events += events.length;
    weight.length += byteLength(json);
  }
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
  const mine = snapshot?.visitor === known.visitor ? snapshot : undefined;
  const pruned = mine && recall(mine);
  const restored = isMine ? restorePast(atoms, fold, pruned) : undefined;
  if (restored?.serves(now)) {
    known.past = restored;
    known.weight = fold!.weight;
    known.since = fold!.since;
    take(known, first.rows);
    return first.rows;
  }
  known.past = createPast(atoms, undefined, pruned);
  const weight = (known.weight = { ...NOTHING });
  const pinned = mine ? (parse(mine.pinned) as PastEvent[]) : [];
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
    add(weight, rows);
    known.since ??= rows[0]?.events[0]?.time;
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
  weighed: (left: StoredRow[]) => void,
  rebuild: () => Promise<Known>,
): Promise<void> {
  const weight = (known.weight ??= { ...NOTHING });
  add(weight, (await readSlice(store, weight.lastKey)).rows);
  const { events, length, maxEvents, maxLength } = weight;
  if (events > maxEvents || length > maxLength || known.since! < now - HISTORY_AGE_MS) {
    const { keep } = await import('./retention.js');
    await keep(store, now, known.rules.program, weighed);
    known = await rebuild();
    const left = (known.weight ??= { ...NOTHING });
    left.maxEvents = Math.max(MAX_EVENTS, left.events + ROOM_EVENTS);
    left.maxLength = Math.max(MAX_LENGTH, left.length + ROOM_LENGTH);
  }
  await writeFold(store, known, now, rebuild);
}

/** Writes a checkpoint of all that is in the log at this moment. */
async function writeFold(store: Store, known: Known, now: number, rebuild: () => Promise<Known>) {
  const { rules, past, visitor, since } = known;
  const { rows, prunings } = await readSlice(store, Math.max(0, past.base().through));
  // Another tab was quicker.
  if (prunings !== known.prunings) return void (await rebuild());
  take(known, rows);
  const weight = (known.weight ??= { ...NOTHING });
  add(weight, rows);
  const last = rows.at(-1);
  if (!last) return;
  const checkpoint = takeCheckpoint(rules.atoms, past, last.key, now);
  const fold: StoredFold = { ...checkpoint, visitor, prunings, weight, since };
  await store.addRows([], { fold });
}
