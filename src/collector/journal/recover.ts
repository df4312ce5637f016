import { readFile, truncate } from 'node:fs/promises';
import { ClearError } from '../clearError.js';
import type { Log } from '../log.js';
import { damagedJournal } from './damage.js';
import { decodeRecords, hasFrameAfter, readFrame, SEGMENT_MAGIC } from './frame.js';
import { gapsIn, listSegments, segmentFile, type JournalPosition, type SegmentRange } from './segments.js';

export interface Recovered {
  /** Where a reader has read everything. */
  end: JournalPosition;
  /** Bytes per segment that is still there. */
  sizes: Map<number, number>;
  /** Events behind `applied`. */
  pendingEvents: number;
  /** Segments that should be there. */
  missing: SegmentRange[];
}

/**
 * Checks every segment, cuts a torn last frame (it was never acknowledged) and counts what the store has not applied.
 * A bad frame that others follow is damage: refused with a ClearError, the file left as it is.
 */
export async function recoverJournal(folder: string, applied: JournalPosition, log: Log): Promise<Recovered> {
  const sizes = new Map<number, number>();
  let end = applied;
  let pendingEvents = 0;
  const present = await listSegments(folder);
  for (const segment of present) {
    const scan = await scanSegment(segmentFile(folder, segment), segment, applied, log);
    sizes.set(segment, scan.size);
    pendingEvents += scan.pendingEvents;
    if (segment > end.segment || (segment === end.segment && scan.size > end.offset)) {
      end = { segment, offset: scan.size };
    }
  }
  return { end, sizes, pendingEvents, missing: gapsIn(present, applied.segment, end.segment) };
}

async function scanSegment(file: string, segment: number, applied: JournalPosition, log: Log) {
  const bytes = await readFile(file);
  if (!bytes.subarray(0, SEGMENT_MAGIC.length).equals(SEGMENT_MAGIC)) {
    requireUnfinished(file, bytes);
    await cut(file, bytes.length, 0, log);
    return { size: 0, pendingEvents: 0 };
  }
  let offset = SEGMENT_MAGIC.length;
  let pendingEvents = 0;
  for (;;) {
    const read = readFrame(bytes, offset);
    if (read.state === 'damaged') throw damagedJournal(file, offset);
    if (read.state === 'torn') await cut(file, bytes.length - offset, offset, log);
    if (read.state !== 'frame') return { size: offset, pendingEvents };
    if (segment > applied.segment || (segment === applied.segment && offset >= applied.offset)) {
      for (const record of decodeRecords(read.payload)) pendingEvents += record.events;
    }
    offset = read.next;
  }
}

/** A file without our first bytes is one that a crash caught at its birth, or not one this version may touch. */
function requireUnfinished(file: string, bytes: Buffer): void {
  const isShort = bytes.length < SEGMENT_MAGIC.length;
  const begin = bytes.subarray(0, 4).toString('latin1');
  if (!isShort && begin === 'KKBJ') {
    throw new ClearError(
      `The journal file ${file} was written by another version of Kikubari; start that version once, it stores what the file holds.`,
    );
  }
  if (isShort || (bytes.every((byte) => byte === 0) && !hasFrameAfter(bytes, 0))) return;
  throw damagedJournal(file, 0);
}

async function cut(file: string, bytes: number, size: number, log: Log) {
  if (bytes === 0) return;
  log.warn('journal: dropped an unfinished, never acknowledged last write', { file, bytes });
  await truncate(file, size);
}
