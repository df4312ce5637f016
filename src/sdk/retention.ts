import { promisifyRequest } from 'idb-keyval';
import type { PastEvent } from '../core/decision.js';
import type { Program } from '../core/program.js';
import { EMPTY_SNAPSHOT, pinsOf, RETENTION, retain } from '../core/retention.js';
import type { Snapshot } from '../core/retention.js';
import { readRows } from './database.js';
import { parse } from './pristine.js';
import { byteLength } from './row.js';
import type { Books, Store, StoredRow } from './store.js';
import { toJson } from './toJson.js';
import type { Who } from './visitor.js';

/** The snapshot as it lies in meta, with whose it is: the next visitor of this browser starts with a fresh past. */
export interface StoredSnapshot extends Omit<Snapshot, 'pinned'> {
  visitor: string;
  /** As JSON: only who reads the whole log again asks for it, and a text costs the other pages nothing. */
  pinned: string;
}

/** Prunes the log; `weighed` is told what is left behind the first unsettled row. */
export async function keep(
  store: Store,
  now: number,
  program: Program,
  weighed: (left: StoredRow[]) => void,
): Promise<void> {
  await prune(store, now, program);
  const { settled } = (await store.readMeta()).books;
  weighed(await store.read(settled));
}

/** Whether nobody waits to deliver it. One that cannot be read waits until the sender has counted it. */
function isFree({ key, local, events }: StoredRow, settled: number): boolean {
  return key <= settled || (!!local && events.length > 0);
}

/**
 * Moves rows the history can do without into the snapshot. One transaction that reads everything again: of two tabs the second
 * finds the work done, and a page that dies leaves all of it or nothing.
 */
export async function prune({ db }: Store, now: number, program?: Program): Promise<void> {
  if (!db) return;
  const transaction = db.transaction(['log', 'meta'], 'readwrite');
  const log = transaction.objectStore('log');
  const meta = transaction.objectStore('meta');
  const done = promisifyRequest(transaction);
  const get = <T>(key: string) => promisifyRequest<T>(meta.get(key));
  const [books, who, stored, prunings, rows] = await Promise.all([
    get<Books>('books'),
    get<Who>('who'),
    get<StoredSnapshot | undefined>('snapshot'),
    get<number | undefined>('prunings'),
    readRows(log, 0),
  ]);
  const next = nextSnapshot(rows, books, who, stored, now, program);
  // Before the rows go: a snapshot that cannot be stored throws here, or ends the transaction.
  if (next.snapshot) meta.put(next.snapshot, 'snapshot');
  // A checkpoint from before is not of this log any more (`longPast.ts`).
  if (next.snapshot || next.gone.length) meta.put((prunings ?? 0) + 1, 'prunings');
  const below = Math.min(next.snapshot?.through ?? 0, books.settled);
  if (below) log.delete(IDBKeyRange.upperBound(below));
  for (const key of next.gone) if (key > below) log.delete(key);
  await done;
}

/** The snapshot after pruning, if it is another one, and the keys of the rows that go. */
function nextSnapshot(
  rows: StoredRow[],
  { settled }: Books,
  { visitor }: Who,
  stored: StoredSnapshot | undefined,
  now: number,
  program: Program | undefined,
): { snapshot?: StoredSnapshot; gone: number[] } {
  const isMine = stored?.version === 1 && stored.visitor === visitor;
  const before = isMine ? { ...stored, pinned: parse(stored.pinned) as PastEvent[] } : EMPTY_SNAPSHOT;
  const weighed = rows.map((row) => ({ ...row, length: byteLength(row.json), isFree: isFree(row, settled) }));
  const unsent = weighed.reduce((sum, row) => sum + (row.isFree ? 0 : row.length), 0);
  const length = RETENTION.length - unsent - byteLength(JSON.stringify(before));
  const { snapshot, moved } = retain(
    before,
    weighed.filter((row) => row.visitor === visitor),
    now,
    { ...RETENTION, length },
    pinsOf(program),
  );
  const others = weighed.filter((row) => row.visitor !== visitor && row.isFree).map(({ key }) => key);
  const isNew = snapshot !== before || (stored && !isMine);
  const next = isNew ? { ...snapshot, pinned: toJson(snapshot.pinned), visitor } : undefined;
  return { snapshot: next, gone: [...moved, ...others] };
}
