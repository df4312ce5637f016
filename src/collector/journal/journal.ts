import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Log } from '../log.js';
import { createAppliedSegments } from './appliedSegments.js';
import { newRecord } from './frame.js';
import { createGroupCommit } from './groupCommit.js';
import { openMissing } from './missing.js';
import { recoverJournal } from './recover.js';
import { createSegmentWriter } from './segmentWriter.js';
import type { JournalPosition, SegmentRange } from './segments.js';
import { syncFolder } from './syncFolder.js';

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
  /** Bytes that may wait for the store before batches are refused. What it has does not count, even where it cannot be deleted. */
  capBytes: number;
  segmentBytes?: number;
}

export interface Journal {
  /** Resolves when the record, whose pieces are one JSON text, is on disk. Rejects with JournalFull at the cap, or when the disk fails. */
  append(json: readonly Buffer[], events: number): Promise<void>;
  /** Where the store must read to have everything that is durable. */
  durable(): JournalPosition;
  /** Tells the journal up to where the store has applied; segments wholly before that are gone, as are the `gaps`, too early. */
  settle(applied: JournalPosition, gaps?: readonly SegmentRange[]): void;
  /** Waits for what is under way, then closes the file. */
  close(): Promise<void>;
  stats(): JournalStats;
  /** Events that were already in the journal at the start and not yet applied. */
  readonly recoveredEvents: number;
  /** Segments the store has applied, which could not be deleted at the start. */
  readonly undeleted: readonly number[];
}

export interface JournalStats {
  /** Durable and not yet applied. */
  lagBytes: number;
  capBytes: number;
  /** In memory, waiting for a sync. */
  waitingBytes: number;
  /** Groups made durable, and the batches in them: their ratio is the batches per fsync. */
  commits: number;
  batches: number;
  failures: number;
  /** The last try to write failed. */
  isFailing: boolean;
  /** The last batch was refused for the cap, and the store has not come further since. */
  isFull: boolean;
  /** Segments that are gone with the acknowledged events in them, until somebody has taken note. */
  missingSegments: number;
}

/** Opens the journal: recovers what is there, then appends to a new segment only. */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { folder, log, capBytes, segmentBytes = SEGMENT_BYTES } = options;
  const { end, last, sizes, pendingEvents, missing, undeleted } = await recover(options);
  const writer = createSegmentWriter(folder, last, segmentBytes);
  let [durable, applied] = [end, options.applied];
  const counted = { commits: 0, batches: 0, failures: 0, isFailing: false, isFull: false };

  const queue = createGroupCommit({
    log,
    async abandon() {
      counted.failures += 1;
      counted.isFailing = true;
      await writer.abandon();
    },
    async commit(records) {
      durable = await writer.commit(records);
      sizes.set(durable.segment, durable.offset);
      counted.commits += 1;
      counted.batches += records.length;
      counted.isFailing = false;
      options.onDurable(durable);
    },
  });

  const lagBytes = () => bytesBehind(applied, sizes);

  return {
    recoveredEvents: pendingEvents,
    undeleted,
    append(json, events) {
      const record = newRecord(json, events);
      counted.isFull = lagBytes() + queue.waitingBytes() + record.bytes > capBytes;
      if (counted.isFull) return Promise.reject(new JournalFull());
      return queue.add(record);
    },
    durable: () => durable,
    settle(position, gaps = []) {
      void missing.note(gaps);
      applied = position;
      counted.isFull = false;
      for (const segment of sizes.keys()) if (segment < position.segment) sizes.delete(segment);
    },
    async close() {
      await queue.idle();
      await writer.close();
    },
    stats: () => {
      const bytes = { capBytes, lagBytes: lagBytes(), waitingBytes: queue.waitingBytes() };
      return { ...counted, ...bytes, missingSegments: missing.count() };
    },
  };
}

async function recover({ folder, applied, log }: JournalOptions) {
  await makeDurableFolder(folder);
  const missing = await openMissing(folder, applied.segment, log);
  // What a crash between the store's commit and their deletion has left.
  const appliedSegments = createAppliedSegments(folder, 0, log);
  await appliedSegments.deleteBefore(applied.segment);
  const recovered = await recoverJournal(folder, applied, log);
  await missing.note(recovered.missing);
  const { end, sizes } = recovered;
  const segment = Math.max(end.segment, applied.segment, ...sizes.keys());
  const last = { segment, offset: sizes.get(segment) ?? 0 };
  return { ...recovered, last, missing, undeleted: appliedSegments.undeleted() };
}

function bytesBehind({ segment: at, offset }: JournalPosition, sizes: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const [segment, size] of sizes) sum += segment === at ? Math.max(0, size - offset) : size;
  return sum;
}

/** The folder's own name must survive a power cut too, and that of the data folder it is in. */
async function makeDurableFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  await syncFolder(dirname(folder));
  // That one is somebody else's, and may not be readable.
  await syncFolder(dirname(dirname(folder))).catch(() => undefined);
}
