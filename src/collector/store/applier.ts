import { messageOf } from '../clearError.js';
import type { Log } from '../log.js';
import { createAppliedSegments } from '../journal/appliedSegments.js';
import type { JournalPosition, SegmentRange } from '../journal/segments.js';
import { applyGroup } from './applyGroup.js';
import type { Clocks } from './clocks.js';
import type { DropCount } from './dropTable.js';
import type { EventNames } from './eventNames.js';
import type { Unreadable } from './records.js';
import { readGroup, type GroupRange } from './journalReader.js';
import { createPace } from './pace.js';
import { SET_ASIDE_FILE, setAside } from './setAside.js';
import type { Sql } from './sql.js';

const GROUP = { events: 20_000, bytes: 16 * 1024 * 1024 };
/** How long events may wait when nobody asks. */
const GROUP_DELAY_MS = 1000;
/** The least time between two groups while a reader waits; the first is at once. */
const READER_DELAY_MS = 250;

export interface Applier {
  /** More of the journal is durable; of what is applied the start could not delete the segments `undeleted`. */
  advance(until: JournalPosition, undeleted?: readonly number[]): void;
  /** Resolves when everything durable at the call is stored, with the time of the call (ms). Rejects when the store fails. */
  flush(): Promise<number>;
  stop(): Promise<void>;
}

/** What became of one group. */
export interface Applied {
  /** Up to where everything is in the store. */
  position: JournalPosition;
  /** Events that left the journal: stored, there already, or set aside. */
  events: number;
  duplicates: number;
  setAside: number;
  /** Stored as `$other`, because their names were too many. */
  otherNames: number;
  /** What devices report to have dropped since. */
  drops: DropCount[];
  /** Segments of the journal that are not there, and cannot come into the store. */
  missing: SegmentRange[];
  /** When the last of them arrived, ms since 1970. */
  receivedAt: number;
}

export interface ApplierOptions {
  sql: Sql;
  tables: Set<string>;
  clocks: Clocks;
  names: EventNames;
  folder: string;
  journalFolder: string;
  position: JournalPosition;
  onApplied: (applied: Applied) => void;
  onFailed: () => void;
  log: Log;
}

interface Reader {
  until: JournalPosition;
  askedAt: number;
  resolve: (asOfMs: number) => void;
  reject: (error: unknown) => void;
}

/** Takes the journal into the store in groups; the only writer of events. */
export function createApplier(options: ApplierOptions): Applier {
  const { log } = options;
  let position = options.position;
  let until = position;
  let announced: JournalPosition | undefined;
  const ends = new Map<number, number>();
  let readers: Reader[] = [];
  let isBehind = false;
  let isStopped = false;
  const appliedSegments = createAppliedSegments(options.journalFolder, position.segment, log);
  const pace = createPace(async () => {
    try {
      const applied = await applyNext(options, { from: position, until, ends });
      ({ position, isBehind } = applied);
      for (const segment of ends.keys()) if (segment < position.segment) ends.delete(segment);
      // Only now: a file that cannot be deleted is no reason to store its events again. And only where the store has this position:
      // the next start would miss the files between its own and this one.
      if (applied.isKept) await appliedSegments.deleteBefore(position.segment);
      readers = readers.filter((reader) => !answered(reader, position));
    } catch (error) {
      isBehind = false;
      log.error('store: applying the journal failed; trying again', { reason: messageOf(error) });
      options.onFailed();
      for (const reader of readers.splice(0)) reader.reject(error);
    }
  }, plan);

  function plan(): void {
    if (isStopped || !isBefore(position, until)) return;
    // A full group waits for nothing: there is more, and the journal has an end.
    pace.request(isBehind ? 0 : readers.length > 0 ? READER_DELAY_MS : GROUP_DELAY_MS);
  }

  return {
    advance(next, undeleted = []) {
      appliedSegments.add(undeleted);
      // Of segments from before the start the end is not known: what was torn there has been cut off.
      if (announced && next.segment > announced.segment) ends.set(announced.segment, announced.offset);
      announced = next;
      if (isBefore(until, next)) until = next;
      plan();
    },
    flush() {
      const askedAt = Date.now();
      if (!isBefore(position, until)) return Promise.resolve(askedAt);
      return new Promise((resolve, reject) => {
        readers.push({ until, askedAt, resolve, reject });
        plan();
      });
    },
    async stop() {
      isStopped = true;
      await pace.stop();
    },
  };
}

/** Applies one group; resolves to the place up to which everything is stored, whether the store keeps it, and whether the group was full. */
async function applyNext(options: ApplierOptions, range: GroupRange) {
  const { folder, journalFolder } = options;
  const group = await readGroup(journalFolder, range, GROUP);
  // Nothing left to read although more was announced: only a torn, unacknowledged tail lies between.
  const position = group.records.length > 0 ? group.next : range.until;
  const isBehind = group.events >= GROUP.events || group.bytes >= GROUP.bytes;
  let [events, stored, otherNames, receivedAt] = [0, 0, 0, 0];
  let drops: DropCount[] = [];
  if (group.records.length > 0) {
    const deps = {
      ...options,
      setAside: (unreadable: readonly Unreadable[]) => setAside(folder, unreadable),
    };
    const applied = await applyGroup(deps, group.records, position);
    ({ events, stored, otherNames, drops } = applied);
    receivedAt = applied.batches.at(-1)?.receivedAt ?? 0;
    for (const { reason } of applied.unreadable) {
      options.log.error(`store: a batch could not be stored and is kept in ${SET_ASIDE_FILE}`, { reason });
    }
  }
  const setAsideEvents = group.events - events;
  options.onApplied({
    position,
    receivedAt,
    events: group.events,
    duplicates: events - stored,
    setAside: setAsideEvents,
    otherNames,
    drops,
    missing: group.missing,
  });
  return { position, isKept: group.records.length > 0, isBehind };
}

function answered(reader: Reader, position: JournalPosition): boolean {
  if (isBefore(position, reader.until)) return false;
  reader.resolve(reader.askedAt);
  return true;
}

function isBefore(a: JournalPosition, b: JournalPosition): boolean {
  return a.segment < b.segment || (a.segment === b.segment && a.offset < b.offset);
}
