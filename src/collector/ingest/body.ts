import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { LIMITS } from '../../core/events.js';
import { systemCode } from '../clearError.js';
import { Problem } from '../http/problems.js';
import type { Hold, MemoryBudget } from './memoryBudget.js';
import { textOfUtf8 } from './utf8.js';

/** A batch's JSON text as bytes, and the memory it is counted with until `hold` is released. */
export interface BatchBody {
  json: Buffer;
  hold: Hold;
}

/** Reads and inflates a batch's body; every limit is checked before the work it bounds (S11). */
export async function readBatchBody(
  stream: Readable,
  headers: IncomingHttpHeaders,
  budget: MemoryBudget,
): Promise<BatchBody> {
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw new Problem(415, `Content-Encoding must be gzip or absent, not ${encoding.slice(0, 40)}.`);
  }
  const hold = budget.hold();
  try {
    const raw = await readLimited(stream, headers, hold);
    const gzipped = raw[0] === 0x1f && raw[1] === 0x8b;
    if (encoding === 'gzip' && !gzipped)
      throw new Problem(400, 'The body is not gzip although its header says so.');
    // Room first, then the work: what is inflated only to be refused would be in memory beyond the limit until V8 collects it.
    if (gzipped && !hold.resize(raw.length + inflatedSize(raw))) throw noRoom();
    const inflated = gzipped ? inflateLimited(raw) : raw;
    if (!hold.resize(inflated.length)) throw noRoom();
    return { json: withoutMark(inflated), hold };
  } catch (error) {
    hold.release();
    throw error;
  }
}

/** The JSON value of a body. */
export function parseBody(json: Buffer): unknown {
  try {
    if (isUtf8(json)) return JSON.parse(textOfUtf8(json));
  } catch {
    // Not JSON: said below, without quoting it.
  }
  throw new Problem(400, 'The body is not JSON in UTF-8.');
}

/** With the stream's events, because its iterator costs as much as the rest of reading. */
function readLimited(stream: Readable, headers: IncomingHttpHeaders, hold: Hold): Promise<Buffer> {
  if (Number(headers['content-length'] ?? 0) > LIMITS.compressedBytes)
    return Promise.reject(tooLarge(LIMITS.compressedBytes));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const refuse = (problem: Problem) => {
      // What still comes is not kept; the connection is closed behind the answer.
      stream.removeListener('data', keep);
      reject(problem);
    };
    const keep = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > LIMITS.compressedBytes) return refuse(tooLarge(LIMITS.compressedBytes));
      if (!hold.resize(bytes)) return refuse(noRoom());
      chunks.push(chunk);
    };
    stream.on('data', keep);
    stream.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, bytes)));
    // The connection's end, which is the client's affair and no failure of ours.
    stream.once('error', () => reject(new Problem(400, 'The body was cut off.')));
  });
}

/** At once and not in zlib's own threads: for bodies of this size the way there and back costs more than the work. */
function inflateLimited(raw: Buffer): Buffer {
  try {
    return gunzipSync(raw, { maxOutputLength: LIMITS.inflatedBytes, chunkSize: inflatedSize(raw) });
  } catch (error) {
    if (systemCode(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(LIMITS.inflatedBytes);
    throw new Problem(400, 'The gzip body cannot be inflated.');
  }
}

/**
 * Into one buffer of the right size where the body tells the truth about it: in pieces of 16 KiB, put together afterwards, a body
 * would be in memory twice. What it says is believed up to the limit only; the byte more lets zlib see that it has come to the end.
 */
function inflatedSize(raw: Buffer): number {
  const said = raw.length >= GZIP_LEAST_BYTES ? raw.readUInt32LE(raw.length - 4) : 0;
  return Math.min(Math.max(said, LEAST_CHUNK_BYTES), LIMITS.inflatedBytes) + 1;
}

/** Header and trailer; the trailer's last four bytes are the size of what was compressed. */
const GZIP_LEAST_BYTES = 18;
const LEAST_CHUNK_BYTES = 1024;

/** Without the byte order mark some libraries put in front, which is no JSON. */
function withoutMark(json: Buffer): Buffer {
  return json[0] === 0xef && json[1] === 0xbb && json[2] === 0xbf ? json.subarray(3) : json;
}

function tooLarge(limit: number): Problem {
  return new Problem(413, `The body is larger than ${limit} bytes.`);
}

/** The memory for requests is used up. */
export function noRoom(): Problem {
  return new Problem(503, 'The collector has no memory left for more requests.', { 'retry-after': '5' });
}
