import { open } from 'node:fs/promises';
import { damagedJournal } from '../journal/damage.js';
import { decodeRecords, readFrame, SEGMENT_HEADER_BYTES } from '../journal/frame.js';
import {
  gapsIn,
  listSegments,
  segmentFile,
  type JournalPosition,
  type SegmentRange,
} from '../journal/segments.js';

export interface JournalGroup {
  /** JSON of each record. */
  records: Buffer[];
  /** Events in them, as the journal counts them. */
  events: number;
  bytes: number;
  next: JournalPosition;
  /** Segments on the way that are not there. */
  missing: SegmentRange[];
}

export interface GroupLimits {
  events: number;
  bytes: number;
}

export interface GroupRange {
  from: JournalPosition;
  until: JournalPosition;
  /** Where the durable part of segments before `until` ends, as far as that was told: what stands behind it was never finished. */
  ends: ReadonlyMap<number, number>;
}

/**
 * Reads whole frames of the range until a limit is reached, at least one. Throws a ClearError at a frame that was
 * acknowledged and cannot be read: going on behind it would lose it.
 */
export async function readGroup(
  folder: string,
  { from, until, ends }: GroupRange,
  limits: GroupLimits,
): Promise<JournalGroup> {
  const group: JournalGroup = { records: [], events: 0, bytes: 0, next: from, missing: [] };
  const present = await listSegments(folder);
  for (const segment of present) {
    if (segment < from.segment || segment > until.segment) continue;
    const start = segment === from.segment ? from.offset : 0;
    const end = segment === until.segment ? until.offset : (ends.get(segment) ?? Infinity);
    await readSegment(segmentFile(folder, segment), segment, { start, end }, limits, group);
    if (isFull(group, limits)) break;
  }
  // With nothing found the reader goes on behind the range.
  const last = group.records.length > 0 ? group.next : until;
  group.missing = gapsIn(present, from.segment, last.segment);
  return group;
}

async function readSegment(
  file: string,
  segment: number,
  { start, end }: { start: number; end: number },
  limits: GroupLimits,
  group: JournalGroup,
): Promise<void> {
  const offset = Math.max(start, SEGMENT_HEADER_BYTES);
  const bytes = await readBetween(file, offset, end);
  for (let at = 0; ;) {
    const read = readFrame(bytes, at);
    const isLost = read.state === 'damaged' || (read.state !== 'frame' && isFinite(end) && offset + at < end);
    if (isLost) throw damagedJournal(file, offset + at);
    if (read.state !== 'frame') break;
    for (const record of decodeRecords(read.payload)) {
      group.records.push(record.json);
      group.events += record.events;
      group.bytes += record.json.length;
    }
    at = read.next;
    group.next = { segment, offset: offset + at };
    if (isFull(group, limits)) return;
  }
}

function isFull(group: JournalGroup, limits: GroupLimits): boolean {
  return group.events >= limits.events || group.bytes >= limits.bytes;
}

async function readBetween(file: string, start: number, end: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const length = Math.max(0, Math.min(end, (await handle.stat()).size) - start);
    const bytes = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await handle.read(bytes, filled, length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await handle.close();
  }
}
