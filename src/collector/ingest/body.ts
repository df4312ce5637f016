import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { LIMITS } from '../../core/events.js';
import { systemCode } from '../clearError.js';
import { Problem } from '../http/problems.js';

const inflate = promisify(gunzip);
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads, inflates and parses a batch's body; every limit is checked before the work it bounds (S11). */
export async function readBatchBody(stream: Readable, headers: IncomingHttpHeaders): Promise<unknown> {
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw new Problem(415, `Content-Encoding must be gzip or absent, not ${encoding.slice(0, 40)}.`);
  }
  const raw = await readLimited(stream, headers);
  const gzipped = raw[0] === 0x1f && raw[1] === 0x8b;
  if (encoding === 'gzip' && !gzipped)
    throw new Problem(400, 'The body is not gzip although its header says so.');
  return parseJson(gzipped ? await inflateLimited(raw) : raw);
}

async function readLimited(stream: Readable, headers: IncomingHttpHeaders): Promise<Buffer> {
  if (Number(headers['content-length'] ?? 0) > LIMITS.compressedBytes) throw tooLarge(LIMITS.compressedBytes);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LIMITS.compressedBytes) throw tooLarge(LIMITS.compressedBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

async function inflateLimited(raw: Buffer): Promise<Buffer> {
  try {
    return await inflate(raw, { maxOutputLength: LIMITS.inflatedBytes });
  } catch (error) {
    if (systemCode(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(LIMITS.inflatedBytes);
    throw new Problem(400, 'The gzip body cannot be inflated.');
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(strictUtf8.decode(bytes));
  } catch {
    throw new Problem(400, 'The body is not JSON in UTF-8.');
  }
}

function tooLarge(limit: number): Problem {
  return new Problem(413, `The body is larger than ${limit} bytes.`);
}
