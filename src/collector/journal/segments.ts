import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A place in the journal: everything before it has been read. */
export interface JournalPosition {
  segment: number;
  offset: number;
}

/** Numbers of segments, both ends included. */
export interface SegmentRange {
  from: number;
  to: number;
}

const SEGMENT_NAME = /^(\d{10})\.journal$/;

export function segmentFile(folder: string, segment: number): string {
  return join(folder, `${String(segment).padStart(10, '0')}.journal`);
}

/** Numbers of the segments in the folder, oldest first. */
export async function listSegments(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names
    .map((name) => SEGMENT_NAME.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

/**
 * The numbers of `from` to `until` that no file has. The writer leaves none out, and only what lies wholly before the applied
 * position is deleted, so acknowledged events are gone with each of them. Where nothing was applied yet (`from` 0) it begins at the
 * first file: a database that was moved away has taken what stood before.
 */
export function gapsIn(present: readonly number[], from: number, until: number): SegmentRange[] {
  const gaps: SegmentRange[] = [];
  let expected = from || (present[0] ?? until + 1);
  for (const segment of [...present, until + 1]) {
    if (segment < expected || segment > until + 1) continue;
    if (segment > expected) gaps.push({ from: expected, to: segment - 1 });
    expected = segment + 1;
  }
  return gaps;
}
