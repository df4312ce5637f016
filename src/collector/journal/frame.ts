import { crc32 } from 'node:zlib';
import type { JournalPosition } from './segments.js';

/**
 * A segment is a header and then frames. The header: the 8 bytes of `SEGMENT_MAGIC`, u32 number of the segment before it, u32 where
 * that one ended, u32 CRC-32 of all this: so a segment which was cut short is told from one whose last write was never finished. One frame is one group commit: the 4 bytes of `FRAME_MARK`,
 * u32 payload length, u32 CRC-32 of the payload, payload = records of u32 length, u32 events, JSON. Little endian.
 * A frame is only begun after the one before it was synced, so only a segment's last frame can be torn.
 */
const SEGMENT_MAGIC = Buffer.from('KKBJ0003', 'latin1');
export const SEGMENT_HEADER_BYTES = SEGMENT_MAGIC.length + 12;

/** The header of a segment that follows on `previous`, whose `offset` is where its synced part ends. */
export function segmentHeader(previous: JournalPosition): Buffer {
  const header = Buffer.alloc(SEGMENT_HEADER_BYTES);
  SEGMENT_MAGIC.copy(header);
  header.writeUInt32LE(previous.segment, SEGMENT_MAGIC.length);
  header.writeUInt32LE(previous.offset, SEGMENT_MAGIC.length + 4);
  header.writeUInt32LE(crc32(header.subarray(0, SEGMENT_HEADER_BYTES - 4)), SEGMENT_HEADER_BYTES - 4);
  return header;
}

/** Whether it begins as a segment of this version does. */
export const isSegment = (bytes: Buffer) => bytes.subarray(0, SEGMENT_MAGIC.length).equals(SEGMENT_MAGIC);

/** What the header says of the segment before; undefined if there is no whole header. */
export function readSegmentHeader(segment: Buffer): JournalPosition | undefined {
  if (segment.length < SEGMENT_HEADER_BYTES || !isSegment(segment)) return undefined;
  const at = SEGMENT_MAGIC.length;
  if (crc32(segment.subarray(0, at + 8)) !== segment.readUInt32LE(at + 8)) return undefined;
  return { segment: segment.readUInt32LE(at), offset: segment.readUInt32LE(at + 4) };
}

/** Lets a reader find the next frame behind a broken one, and so tell damage from an unfinished last write. */
const FRAME_MARK = Buffer.from('KBF\n', 'latin1');

export const FRAME_HEADER_BYTES = 12;
const RECORD_HEADER_BYTES = 8;

/** A record as read. */
export interface JournalRecord {
  /** Number of events the record carries. */
  events: number;
  json: Buffer;
}

/** A record to be written: its JSON in pieces, so that nobody has to copy a body to put something around it. */
export interface NewRecord {
  events: number;
  pieces: readonly Buffer[];
  /** Of all pieces. */
  bytes: number;
}

export function newRecord(pieces: readonly Buffer[], events: number): NewRecord {
  return { events, pieces, bytes: pieces.reduce((sum, piece) => sum + piece.length, 0) };
}

/** Encodes records as one frame. */
export function encodeFrame(records: readonly NewRecord[]): Buffer {
  const payloadBytes = records.reduce((sum, { bytes }) => sum + RECORD_HEADER_BYTES + bytes, 0);
  const frame = Buffer.allocUnsafe(FRAME_HEADER_BYTES + payloadBytes);
  let at = FRAME_HEADER_BYTES;
  for (const record of records) {
    frame.writeUInt32LE(record.bytes, at);
    frame.writeUInt32LE(record.events, at + 4);
    at += RECORD_HEADER_BYTES;
    for (const piece of record.pieces) at += piece.copy(frame, at);
  }
  FRAME_MARK.copy(frame);
  frame.writeUInt32LE(payloadBytes, 4);
  frame.writeUInt32LE(crc32(frame.subarray(FRAME_HEADER_BYTES)), 8);
  return frame;
}

export type FrameRead =
  | { state: 'frame'; payload: Buffer; next: number }
  | { state: 'end' }
  /** Broken, and no whole frame follows: a write that was never finished, so never acknowledged. */
  | { state: 'torn' }
  /** Broken although a whole frame follows it: it was acknowledged once. */
  | { state: 'damaged' };

/** Reads the frame at `offset` of a whole segment. */
export function readFrame(segment: Buffer, offset: number): FrameRead {
  if (offset >= segment.length) return { state: 'end' };
  return wholeFrame(segment, offset) ?? { state: hasFrameAfter(segment, offset) ? 'damaged' : 'torn' };
}

function wholeFrame(segment: Buffer, offset: number): Extract<FrameRead, { state: 'frame' }> | undefined {
  if (offset + FRAME_HEADER_BYTES > segment.length) return undefined;
  if (FRAME_MARK.compare(segment, offset, offset + FRAME_MARK.length) !== 0) return undefined;
  const next = offset + FRAME_HEADER_BYTES + segment.readUInt32LE(offset + 4);
  if (next > segment.length) return undefined;
  const payload = segment.subarray(offset + FRAME_HEADER_BYTES, next);
  return crc32(payload) === segment.readUInt32LE(offset + 8) ? { state: 'frame', payload, next } : undefined;
}

/** A crash may leave any mixture of old, new and zero pages in the last frame; only another frame tells that it was finished. */
export function hasFrameAfter(segment: Buffer, offset: number): boolean {
  // No payload can imitate the mark: in JSON its letters stand in a string only, where no raw line feed may follow.
  for (let at = offset; (at = segment.indexOf(FRAME_MARK, at + 1)) !== -1;) {
    if (wholeFrame(segment, at)) return true;
  }
  return false;
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
