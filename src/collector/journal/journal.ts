import { mkdir } from 'node:fs/promises';
import type { Log } from '../log.js';
import { createGroupCommit } from './groupCommit.js';
import { recoverJournal } from './recover.js';
import { createSegmentWriter } from './segmentWriter.js';
import type { JournalPosition } from './segments.js';

/** Bytes the journal may hold before batches are refused with 503. */
export const JOURNAL_CAP_BYTES = 512 * 1024 * 1024;
const SEGMENT_BYTES = 16 * 1024 * 1024;

/** The journal is full: the store has fallen too far behind. */
export class JournalFull extends Error {}

export interface JournalOptions {
  folder: string;
  /** Up to where the store has applied. */
  applied: JournalPosition;
  /** Called after each sync with the place up to which everything is durable. */
  onDurable: (position: JournalPosition) => void;
  log: Log;
  capBytes?: number;
  segmentBytes?: number;
}

export interface Journal {
  /** Resolves when the record is on disk. Rejects with JournalFull at the cap, or when the disk fails. */
  append(json: string, events: number): Promise<void>;
  /** Where the store must read to have everything that is durable. */
  durable(): JournalPosition;
  /** Tells the journal that these segments are deleted. */
  forget(segments: readonly number[]): void;
  /** Waits for what is under way, then closes the file. */
  close(): Promise<void>;
  /** Events that were already in the journal at the start and not yet applied. */
  readonly recoveredEvents: number;
}

/** Opens the journal: recovers what is there, then appends to a new segment only. */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { folder, applied, log, capBytes = JOURNAL_CAP_BYTES, segmentBytes = SEGMENT_BYTES } = options;
  await mkdir(folder, { recursive: true });
  const { end, sizes, pendingEvents } = await recoverJournal(folder, applied, log);
  const lastSegment = Math.max(end.segment, applied.segment, ...sizes.keys());
  const writer = createSegmentWriter(folder, lastSegment, segmentBytes);
  let durable = end;
  let held = [...sizes.values()].reduce((sum, size) => sum + size, 0);

  const queue = createGroupCommit({
    log,
    abandon: () => writer.abandon(),
    async commit(records) {
      const written = await writer.commit(records);
      durable = written.end;
      held += written.bytes;
      sizes.set(durable.segment, durable.offset);
      options.onDurable(durable);
    },
  });

  return {
    recoveredEvents: pendingEvents,
    append(json, events) {
      const bytes = Buffer.from(json);
      if (held + queue.waitingBytes() + bytes.length > capBytes) return Promise.reject(new JournalFull());
      return queue.add({ json: bytes, events });
    },
    durable: () => durable,
    forget(segments) {
      for (const gone of segments) {
        held -= sizes.get(gone) ?? 0;
        sizes.delete(gone);
      }
    },
    async close() {
      await queue.idle();
      await writer.close();
    },
  };
}
