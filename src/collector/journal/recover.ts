import { readFile, truncate } from 'node:fs/promises';
import { ClearError } from '../clearError.js';
import type { Log } from '../log.js';
import { damagedJournal } from './damage.js';
import {
  decodeRecords,
  hasFrameAfter,
  isSegment,
  readFrame,
  readSegmentHeader,
  SEGMENT_HEADER_BYTES,
} from './frame.js';
import { gapsIn, listSegments, segmentFile, type JournalPosition, type SegmentRange } from './segments.js';

export interface Recovered {
  /** Where a reader has read everything. */
  end: JournalPosition;
  /** Bytes per segment, of those the store has not applied in whole. */
  sizes: Map<number, number>;
  /** Events behind `applied`. */
  pendingEvents: number;
  /** Segments that should be there. */
  missing: SegmentRange[];
}

/**
 * Checks every segment, cuts a torn last frame (it was never acknowledged) and counts what the store has not applied.
 * A bad frame that others follow is damage, and so is a segment that ends before the next one says it did: refused with a
 * ClearError, the file left as it is. Segments before the applied one are not looked at: they are here because they could not be
 * deleted, and whatever they hold, the store has it.
 */
export async function recoverJournal(folder: string, applied: JournalPosition, log: Log): Promise<Recovered> {
  const sizes = new Map<number, number>();
  let end = applied;
  let pendingEvents = 0;
  const torn = new Map<number, number>();
  const present = await listSegments(folder);
  for (const segment of present) {
    if (segment < applied.segment) continue;
    const scan = await scanSegment(segmentFile(folder, segment), segment, applied);
    sizes.set(segment, scan.size);
    torn.set(segment, scan.torn);
    const { previous } = scan;
    const had = previous && sizes.get(previous.segment);
    // What the store has already is not lost, whatever became of the file.
    const isApplied = previous && isBehind(previous, applied);
    if (had !== undefined && had < previous!.offset && !isApplied)
      throw damagedJournal(segmentFile(folder, previous!.segment), had);
    pendingEvents += scan.pendingEvents;
    if (segment > end.segment || (segment === end.segment && scan.size > end.offset)) {
      end = { segment, offset: scan.size };
    }
  }
  for (const [segment, bytes] of torn)
    await cut(segmentFile(folder, segment), bytes, sizes.get(segment)!, log);
  return { end, sizes, pendingEvents, missing: gapsIn(present, applied.segment, end.segment) };
}

const isBehind = (a: JournalPosition, b: JournalPosition) =>
  a.segment < b.segment || (a.segment === b.segment && a.offset <= b.offset);

interface Scan {
  /** Of the whole frames, with the header. */
  size: number;
  /** Bytes of a last write that was never finished. */
  torn: number;
  pendingEvents: number;
  /** Where the segment before it ended when it was begun. */
  previous?: JournalPosition;
}

async function scanSegment(file: string, segment: number, applied: JournalPosition): Promise<Scan> {
  const bytes = await readFile(file);
  const previous = readSegmentHeader(bytes);
  if (!previous) {
    requireUnfinished(file, bytes);
    return { size: 0, torn: bytes.length, pendingEvents: 0 };
  }
  let offset = SEGMENT_HEADER_BYTES;
  let pendingEvents = 0;
  for (;;) {
    const read = readFrame(bytes, offset);
    if (read.state === 'damaged') throw damagedJournal(file, offset);
    if (read.state !== 'frame') return { size: offset, torn: bytes.length - offset, pendingEvents, previous };
    if (segment > applied.segment || (segment === applied.segment && offset >= applied.offset)) {
      for (const record of decodeRecords(read.payload)) pendingEvents += record.events;
    }
    offset = read.next;
  }
}

/** A file without a whole header is one that a crash caught at its birth, or not one this version may touch. */
function requireUnfinished(file: string, bytes: Buffer): void {
  const isShort = bytes.length < SEGMENT_HEADER_BYTES;
  const isOurs = isSegment(bytes) || bytes.every((byte) => byte === 0);
  if (!isOurs && /^KKBJ\d{4}/.test(bytes.subarray(0, 8).toString('latin1'))) {
    throw new ClearError(
      `The journal file ${file} was written by another version of Kikubari; start that version once, it stores what the file holds.`,
    );
  }
  if (isShort || (isOurs && !hasFrameAfter(bytes, 0))) return;
  throw damagedJournal(file, 0);
}

async function cut(file: string, bytes: number, size: number, log: Log) {
  if (bytes === 0) return;
  log.warn('journal: dropped an unfinished, never acknowledged last write', { file, bytes });
  await truncate(file, size);
}
