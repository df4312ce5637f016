import { open, mkdir, type FileHandle } from 'node:fs/promises';
import { messageOf } from '../clearError.js';
import type { Log } from '../log.js';
import { encodeFrame, SEGMENT_MAGIC, type JournalRecord } from './frame.js';
import { recoverJournal } from './recover.js';
import { segmentFile, type JournalPosition } from './segments.js';

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
  /** Bytes it holds. */
  bytes(): number;
  /** Waits for what is under way, then closes the file. */
  close(): Promise<void>;
  /** Events that were already in the journal at the start and not yet applied. */
  readonly recoveredEvents: number;
}

interface Waiting extends JournalRecord {
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Opens the journal: recovers what is there, then appends to a new segment only. */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { folder, log, onDurable, capBytes = JOURNAL_CAP_BYTES, segmentBytes = SEGMENT_BYTES } = options;
  await mkdir(folder, { recursive: true });
  const recovered = await recoverJournal(folder, options.applied, log);
  const sizes = recovered.sizes;
  let durable = recovered.end;
  let segment = Math.max(recovered.end.segment, options.applied.segment, ...sizes.keys());
  let file: FileHandle | undefined;
  let offset = 0;
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let held = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  let queued = 0;

  async function openSegment(): Promise<FileHandle> {
    await file?.close();
    segment += 1;
    file = await open(segmentFile(folder, segment), 'wx');
    await file.write(SEGMENT_MAGIC);
    offset = SEGMENT_MAGIC.length;
    await syncFolder(folder);
    return file;
  }

  async function commit(group: readonly Waiting[]): Promise<void> {
    const target = file && offset < segmentBytes ? file : await openSegment();
    const frame = encodeFrame(group);
    await target.writev([frame], offset);
    await target.datasync();
    offset += frame.length;
    held += frame.length;
    sizes.set(segment, offset);
    durable = { segment, offset };
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        await commit(group);
        onDurable(durable);
        for (const record of group) record.resolve();
      } catch (error) {
        log.error('journal: writing failed', { reason: messageOf(error) });
        // What stands in the file now is unknown: leave it behind as a torn tail and go on in a new segment.
        await file?.close().catch(() => undefined);
        file = undefined;
        for (const record of group) record.reject(error);
      }
      for (const record of group) queued -= record.json.length;
    }
    writing = undefined;
  }

  return {
    recoveredEvents: recovered.pendingEvents,
    append(json, events) {
      const bytes = Buffer.from(json);
      if (held + queued + bytes.length > capBytes) return Promise.reject(new JournalFull());
      queued += bytes.length;
      return new Promise((resolve, reject) => {
        waiting.push({ json: bytes, events, resolve, reject });
        writing ??= Promise.resolve().then(drain);
      });
    },
    durable: () => durable,
    forget(segments) {
      for (const gone of segments) {
        held -= sizes.get(gone) ?? 0;
        sizes.delete(gone);
      }
    },
    bytes: () => held,
    async close() {
      while (writing) await writing;
      await file?.close();
      file = undefined;
    },
  };
}

/** Makes a new file's name durable, where the system allows folders to be synced. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
