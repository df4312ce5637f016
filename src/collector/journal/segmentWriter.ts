import { open, rm, truncate, type FileHandle } from 'node:fs/promises';
import { systemCode } from '../clearError.js';
import { encodeFrame, SEGMENT_HEADER_BYTES, segmentHeader, type NewRecord } from './frame.js';
import { segmentFile, type JournalPosition } from './segments.js';
import { syncFolder } from './syncFolder.js';

/** Writes frames into segments of its own; never into one it found. */
export interface SegmentWriter {
  /** Writes the records as one frame and syncs it; resolves to the end of the frame. */
  commit(records: readonly NewRecord[]): Promise<JournalPosition>;
  /** Leaves the segment: what stands at its end after a failed write is unknown, so nothing may follow it. */
  abandon(): Promise<void>;
  close(): Promise<void>;
}

export function createSegmentWriter(
  folder: string,
  last: JournalPosition,
  segmentBytes: number,
): SegmentWriter {
  let file: FileHandle | undefined;
  /** The segment written last, and the end of what is synced in it. */
  let { segment, offset } = last;
  /** The same of the segment before. */
  let previous = last;

  async function openNext(): Promise<FileHandle> {
    await file?.close();
    file = undefined;
    const next = segment + 1;
    file = await open(segmentFile(folder, next), 'wx').catch((error: unknown) => {
      // A number that is left out means a missing segment to who reads; one that somebody else has put there is not left out.
      if (systemCode(error) === 'EEXIST') [segment, offset] = [next, 0];
      throw error;
    });
    previous = { segment, offset };
    segment = next;
    offset = 0;
    await writeAll(file, segmentHeader(previous), 0);
    await syncFolder(folder);
    offset = SEGMENT_HEADER_BYTES;
    return file;
  }

  return {
    async commit(records) {
      const target = file && offset < segmentBytes ? file : await openNext();
      const frame = encodeFrame(records);
      await writeAll(target, frame, offset);
      await target.datasync();
      offset += frame.length;
      return { segment, offset };
    },
    async abandon() {
      const left = file;
      file = undefined;
      if (!left) return;
      await left.close().catch(() => undefined);
      // Gives the space back, which on a full disk is what the next try needs. If even this fails, recovery cuts the tail.
      const path = segmentFile(folder, segment);
      const isEmpty = offset <= SEGMENT_HEADER_BYTES;
      const freed = isEmpty ? rm(path, { force: true }) : truncate(path, offset);
      const isFreed = await freed.then(() => true).catch(() => false);
      if (isEmpty && isFreed) ({ segment, offset } = previous);
    },
    async close() {
      await file?.close();
      file = undefined;
    },
  };
}

/** A nearly full disk takes a part and reports success: only the next write says ENOSPC. */
async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    if (bytesWritten === 0) throw new Error('the disk takes nothing more');
    done += bytesWritten;
  }
}
