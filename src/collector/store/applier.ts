import { messageOf } from '../clearError.js';
import type { Log } from '../log.js';
import type { JournalPosition } from '../journal/segments.js';
import { applyGroup } from './applyGroup.js';
import type { Sql } from './database.js';
import { deleteAppliedSegments, readGroup } from './journalReader.js';

const GROUP_EVENTS = 20_000;
/** How long events may wait when nobody asks. */
const GROUP_DELAY_MS = 1000;
/** The least time between two groups while a reader waits. */
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
  const { sql, tables, journalFolder, onApplied, log } = options;
  let position = options.position;
  let until = position;
  let readers: Reader[] = [];
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let lastRunAt = 0;
  let isStopped = false;

  function schedule(): void {
    if (running || isStopped || !isBefore(position, until)) return;
    clearTimeout(timer);
    const delayMs = readers.length > 0 ? lastRunAt + READER_DELAY_MS - Date.now() : GROUP_DELAY_MS;
    timer = setTimeout(
      () => {
        timer = undefined;
        run();
      },
      Math.max(0, delayMs),
    );
  }

  function run(): void {
    running ??= applyOnce()
      .catch((error: unknown) => {
        log.error('store: applying the journal failed; trying again', { reason: messageOf(error) });
        for (const reader of readers.splice(0)) reader.reject(error);
      })
      .finally(() => {
        running = undefined;
        lastRunAt = Date.now();
        schedule();
      });
  }

  async function applyOnce(): Promise<void> {
    const target = until;
    const group = await readGroup(journalFolder, position, target, GROUP_EVENTS);
    if (group.entries.length > 0) await applyGroup(sql, tables, group.entries, group.next);
    // Nothing left to read although more was announced: only a torn, unacknowledged tail lies between.
    position = group.entries.length > 0 ? group.next : target;
    const deletedSegments = await deleteAppliedSegments(journalFolder, position);
    onApplied({ events: group.events, deletedSegments });
    readers = readers.filter((reader) => {
      if (isBefore(position, reader.until)) return true;
      reader.resolve(reader.askedAt);
      return false;
    });
  }

  return {
    advance(next) {
      if (isBefore(until, next)) until = next;
      // A waiting group is not pushed further away by each new batch.
      if (!timer) schedule();
    },
    flush() {
      const askedAt = Date.now();
      if (!isBefore(position, until)) return Promise.resolve(askedAt);
      return new Promise((resolve, reject) => {
        readers.push({ until, askedAt, resolve, reject });
        schedule();
      });
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

function isBefore(a: JournalPosition, b: JournalPosition): boolean {
  return a.segment < b.segment || (a.segment === b.segment && a.offset < b.offset);
}
