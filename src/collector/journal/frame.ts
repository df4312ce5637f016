import { crc32 } from 'node:zlib';

/**
 * A segment is the 8 bytes of `SEGMENT_MAGIC` and then frames. One frame is one group commit:
 * u32 payload length, u32 CRC-32 of the payload, payload = records of u32 length, u32 events, JSON. Little endian.
 * A frame is only begun after the one before it was synced, so only a segment's last frame can be torn.
 */
export const SEGMENT_MAGIC = Buffer.from('KKBJ0001', 'latin1');

export const FRAME_HEADER_BYTES = 8;
const RECORD_HEADER_BYTES = 8;

export interface JournalRecord {
  /** Number of events the record carries. */
  events: number;
  json: Buffer;
}

/** Encodes records as one frame, as a list of buffers for `writev`. */
export function encodeFrame(records: readonly JournalRecord[]): Buffer {
  const payloadBytes = records.reduce((sum, record) => sum + RECORD_HEADER_BYTES + record.json.length, 0);
  const frame = Buffer.allocUnsafe(FRAME_HEADER_BYTES + payloadBytes);
  let at = FRAME_HEADER_BYTES;
  for (const record of records) {
    frame.writeUInt32LE(record.json.length, at);
    frame.writeUInt32LE(record.events, at + 4);
    record.json.copy(frame, at + RECORD_HEADER_BYTES);
    at += RECORD_HEADER_BYTES + record.json.length;
  }
  frame.writeUInt32LE(payloadBytes, 0);
  frame.writeUInt32LE(crc32(frame.subarray(FRAME_HEADER_BYTES)), 4);
  return frame;
}

export type FrameRead =
  | { state: 'frame'; payload: Buffer; next: number }
  | { state: 'end' }
  /** Incomplete, or its checksum fails and nothing follows. */
  | { state: 'torn' }
  /** Its checksum fails although something follows it. */
  | { state: 'damaged' };

/** Reads the frame at `offset` of a whole segment. */
export function readFrame(segment: Buffer, offset: number): FrameRead {
  if (offset >= segment.length) return { state: 'end' };
  if (offset + FRAME_HEADER_BYTES > segment.length) return { state: 'torn' };
  const payloadBytes = segment.readUInt32LE(offset);
  const next = offset + FRAME_HEADER_BYTES + payloadBytes;
  // A crashed file system may leave a last frame of zeros.
  if (payloadBytes === 0) return isZero(segment.subarray(offset)) ? { state: 'torn' } : { state: 'damaged' };
  if (next > segment.length) return { state: 'torn' };
  const payload = segment.subarray(offset + FRAME_HEADER_BYTES, next);
  if (crc32(payload) === segment.readUInt32LE(offset + 4)) return { state: 'frame', payload, next };
  return next === segment.length ? { state: 'torn' } : { state: 'damaged' };
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

/** The records of a frame's payload. */
export function decodeRecords(payload: Buffer): JournalRecord[] {
  const records: JournalRecord[] = [];
  let at = 0;
  while (at < payload.length) {
    const length = payload.readUInt32LE(at);
    const start = at + RECORD_HEADER_BYTES;
    records.push({ events: payload.readUInt32LE(at + 4), json: payload.subarray(start, start + length) });
    at = start + length;
  }
  return records;
}
