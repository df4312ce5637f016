import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A place in the journal: everything before it has been read. */
export interface JournalPosition {
  segment: number;
  offset: number;
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
