import { open, rm } from 'node:fs/promises';
import { decodeRecords, readFrame, SEGMENT_MAGIC } from '../journal/frame.js';
import { listSegments, segmentFile, type JournalPosition } from '../journal/segments.js';
import type { JournalEntry } from './eventRows.js';

export interface JournalGroup {
  entries: JournalEntry[];
  events: number;
  next: JournalPosition;
}

/** Reads whole frames from `from` up to `until`, at most `maxEvents` events unless one frame holds more. */
export async function readGroup(
  folder: string,
  from: JournalPosition,
  until: JournalPosition,
  maxEvents: number,
): Promise<JournalGroup> {
  const group: JournalGroup = { entries: [], events: 0, next: from };
  for (const segment of await listSegments(folder)) {
    if (segment < from.segment || segment > until.segment) continue;
    const start = segment === from.segment ? from.offset : 0;
    const end = segment === until.segment ? until.offset : Infinity;
    await readSegment(segmentFile(folder, segment), segment, start, end, maxEvents, group);
    if (group.events >= maxEvents) break;
  }
  return group;
}

async function readSegment(
  file: string,
  segment: number,
  start: number,
  end: number,
  maxEvents: number,
  group: JournalGroup,
): Promise<void> {
  const offset = Math.max(start, SEGMENT_MAGIC.length);
  const bytes = await readBetween(file, offset, end);
  let at = 0;
  for (;;) {
    const read = readFrame(bytes, at);
    if (read.state !== 'frame') break;
    for (const record of decodeRecords(read.payload)) {
      group.entries.push(JSON.parse(record.json.toString()) as JournalEntry);
      group.events += record.events;
    }
    at = read.next;
    group.next = { segment, offset: offset + at };
    if (group.events >= maxEvents) return;
  }
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

/** Deletes segments that lie wholly before the position; returns their numbers. */
export async function deleteAppliedSegments(folder: string, applied: JournalPosition): Promise<number[]> {
  const gone = (await listSegments(folder)).filter((segment) => segment < applied.segment);
  for (const segment of gone) await rm(segmentFile(folder, segment), { force: true });
  return gone;
}
