import { open, type FileHandle } from 'node:fs/promises';
import { encodeFrame, SEGMENT_MAGIC, type JournalRecord } from './frame.js';
import { segmentFile, type JournalPosition } from './segments.js';

/** Writes frames into segments of its own; never into one it found. */
export interface SegmentWriter {
  /** Writes the records as one frame and syncs it; resolves to the end of the frame and its bytes. */
  commit(records: readonly JournalRecord[]): Promise<{ end: JournalPosition; bytes: number }>;
  /** Leaves the segment: what stands at its end after a failed write is unknown, so nothing may follow it. */
  abandon(): Promise<void>;
  close(): Promise<void>;
}

export function createSegmentWriter(
  folder: string,
  lastSegment: number,
  segmentBytes: number,
): SegmentWriter {
  let segment = lastSegment;
  let file: FileHandle | undefined;
  let offset = 0;

  async function openNext(): Promise<FileHandle> {
    await file?.close();
    segment += 1;
    file = await open(segmentFile(folder, segment), 'wx');
    await file.write(SEGMENT_MAGIC);
    offset = SEGMENT_MAGIC.length;
    await syncFolder(folder);
    return file;
  }

  return {
    async commit(records) {
      const target = file && offset < segmentBytes ? file : await openNext();
      const frame = encodeFrame(records);
      await target.writev([frame], offset);
      await target.datasync();
      offset += frame.length;
      return { end: { segment, offset }, bytes: frame.length };
    },
    async abandon() {
      const left = file;
      file = undefined;
      await left?.close().catch(() => undefined);
    },
    async close() {
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
