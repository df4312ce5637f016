import { promisifyRequest } from 'idb-keyval';
import type { Program } from '../core/program.js';
import { HISTORY_AGE_MS } from '../core/history.js';
import { EMPTY_SNAPSHOT, pinsOf, RETENTION, retain } from '../core/retention.js';
import type { Snapshot } from '../core/retention.js';
import { readRows } from './database.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import type { Books, Store, StoredRow } from './store.js';
import type { Who } from './visitor.js';

export { recall } from '../core/recall.js';

/** The snapshot as it lies in meta, with whose it is: the next visitor of this browser starts with a fresh past. */
export type StoredSnapshot = Snapshot & { visitor: string };

/** More than this and the log is pruned: events of what is delivered, characters of all rows. */
const MAX_EVENTS = 5000;
const MAX_LENGTH = 1_800_000;
/** Until it is looked at again so much may come, however little could be moved. */
const ROOM_EVENTS = 500;
const ROOM_LENGTH = 50_000;

interface KeeperDeps {
  env: Environment;
  store: Store;
  faults: Faults;
  program: () => Program | undefined;
  /** What is known to be in the log. */
  rows: () => StoredRow[];
  /** Reads the log again, after rows have left it. */
  reload: () => Promise<void>;
  /** Is told how many characters are left behind the first unsettled row. */
  weighed: (left: number) => void;
}

/** Keeps the log within its limits, now and as rows are added; what comes back is to be told of them. */
export async function createKeeper({ env, store, faults, program, rows, reload, weighed }: KeeperDeps) {
  let roomEvents = 0;
  let roomLength = 0;
  const measure = async () => {
    const { settled } = (await store.readMeta()).books;
    const free = rows().filter((row) => isFree(row, settled));
    weighed(lengthOf(rows().filter(({ key }) => key > settled)));
    roomEvents = MAX_EVENTS - free.reduce((sum, { events }) => sum + events.length, 0);
    roomLength = MAX_LENGTH - lengthOf(rows());
    const oldest = env.now() - HISTORY_AGE_MS;
    return free.some(({ events }) => events.every(({ time }) => time < oldest));
  };
  const tidy = faults.guard(async () => {
    await prune(store, env.now(), program());
    // What this adds again is measured anew.
    await reload();
    await measure();
    // What waits for delivery cannot be moved: it is no reason to try again at once.
    roomEvents = Math.max(roomEvents, ROOM_EVENTS);
    roomLength = Math.max(roomLength, ROOM_LENGTH);
  });
  const check = () => {
    if (roomEvents > 0 && roomLength > 0) return;
    // Once, until it is done; if it fails the next page tries.
    roomEvents = roomLength = Infinity;
    tidy();
  };
  if (await measure()) roomEvents = 0;
  check();
  return (added: StoredRow[]) => {
    for (const { events, json } of added) {
      roomEvents -= events.length;
      roomLength -= json.length;
    }
    check();
  };
}

const lengthOf = (rows: StoredRow[]) => rows.reduce((sum, { json }) => sum + json.length, 0);

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
  const [books, who, stored, rows] = await Promise.all([
    get<Books>('books'),
    get<Who>('who'),
    get<StoredSnapshot | undefined>('snapshot'),
    readRows(log, 0),
  ]);
  const next = nextSnapshot(rows, books, who, stored, now, program);
  // Before the rows go: a snapshot that cannot be stored throws here, or ends the transaction.
  if (next.snapshot) meta.put(next.snapshot, 'snapshot');
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
  const before: Snapshot = isMine ? stored : EMPTY_SNAPSHOT;
  const unsent = rows.reduce((sum, row) => sum + (isFree(row, settled) ? 0 : row.json.length), 0);
  const length = RETENTION.length - unsent - JSON.stringify(before).length;
  const { snapshot, moved } = retain(
    before,
    rows
      .filter((row) => row.visitor === visitor)
      .map((row) => ({ ...row, length: row.json.length, isFree: isFree(row, settled) })),
    now,
    { ...RETENTION, length },
    pinsOf(program),
  );
  const others = rows.filter((row) => row.visitor !== visitor && isFree(row, settled)).map(({ key }) => key);
  const isNew = snapshot !== before || (stored && !isMine);
  return { ...(isNew && { snapshot: { ...snapshot, visitor } }), gone: [...moved, ...others] };
}
