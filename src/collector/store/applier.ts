import { messageOf } from '../clearError.js';
import type { Log } from '../log.js';
import type { JournalPosition } from '../journal/segments.js';
import { applyGroup } from './applyGroup.js';
import type { Sql } from './database.js';
import { deleteAppliedSegments, readGroup } from './journalReader.js';
import { createPace } from './pace.js';

const GROUP_EVENTS = 20_000;
/** How long events may wait when nobody asks. */
const GROUP_DELAY_MS = 1000;
/** The least time between two groups while a reader waits; the first is at once. */
const READER_DELAY_MS = 250;

export interface Applier {
  /** More of the journal is durable. */
  advance(until: JournalPosition): void;
  /** Resolves when everything durable at the call is stored, with the time of the call (ms). Rejects when the store fails. */
  flush(): Promise<number>;
  stop(): Promise<void>;
}

export interface ApplierOptions {
  sql: Sql;
  tables: Set<string>;
  journalFolder: string;
  position: JournalPosition;
  onApplied: (report: { events: number; deletedSegments: number[] }) => void;
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
  let readers: Reader[] = [];
  let isStopped = false;
  const pace = createPace(async () => {
    try {
      position = await applyNext(options, position, until);
      readers = readers.filter((reader) => !answered(reader, position));
    } catch (error) {
      log.error('store: applying the journal failed; trying again', { reason: messageOf(error) });
      for (const reader of readers.splice(0)) reader.reject(error);
    }
  }, plan);

  function plan(): void {
    if (!isStopped && isBefore(position, until))
      pace.request(readers.length > 0 ? READER_DELAY_MS : GROUP_DELAY_MS);
  }

  return {
    advance(next) {
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

/** Applies one group; resolves to the place up to which everything is stored. */
async function applyNext(
  { sql, tables, journalFolder, onApplied }: ApplierOptions,
  position: JournalPosition,
  until: JournalPosition,
): Promise<JournalPosition> {
  const group = await readGroup(journalFolder, position, until, GROUP_EVENTS);
  if (group.entries.length > 0) await applyGroup(sql, tables, group.entries, group.next);
  // Nothing left to read although more was announced: only a torn, unacknowledged tail lies between.
  const next = group.entries.length > 0 ? group.next : until;
  onApplied({ events: group.events, deletedSegments: await deleteAppliedSegments(journalFolder, next) });
  return next;
}

function answered(reader: Reader, position: JournalPosition): boolean {
  if (isBefore(position, reader.until)) return false;
  reader.resolve(reader.askedAt);
  return true;
}

function isBefore(a: JournalPosition, b: JournalPosition): boolean {
  return a.segment < b.segment || (a.segment === b.segment && a.offset < b.offset);
}
