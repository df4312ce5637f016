/** Bodies that cost more than they look, with the answers they may get. */
import zlib from 'node:zlib';
import { makeBatch } from './batches.mjs';

/** The most a body may be as sent is 256 KiB: this much of a larger one gets past that limit. */
const PASSING_BYTES = 250 * 1024;
const UNKNOWN = ['br', 'deflate', 'zstd', 'compress', 'x-gzip', 'gzip, gzip', 'made-up'];

/** `inflatedMiB` is what each of the bombs proper comes to. */
export async function makeBombs(inflatedMiB) {
  const plain = Buffer.from(JSON.stringify(makeBatch({ run: 0, labels: [], key: 0 })));
  const gzip = await zeros(inflatedMiB, zlib.createGzip({ level: 9 }));
  const brotli = await zeros(inflatedMiB, zlib.createBrotliCompress({ params: QUICK_BROTLI }));
  const deflate = await zeros(inflatedMiB, zlib.createDeflate({ level: 9 }));
  return [
    { name: 'gzip', body: gzip, encoding: 'gzip', statuses: [413] },
    { name: 'gzip, chunked', body: gzip, encoding: 'gzip', isChunked: true, statuses: [413] },
    { name: 'gzip that passes', body: gzip.subarray(0, PASSING_BYTES), encoding: 'gzip', statuses: [413] },
    { name: 'gzip without header', body: gzip.subarray(0, PASSING_BYTES), statuses: [413] },
    { name: 'gzip in members', body: members(), encoding: 'gzip', statuses: [413] },
    { name: 'gzip of gzip', body: zlib.gzipSync(gzip), encoding: 'gzip', statuses: [400, 413] },
    { name: 'gzip of gzip, plain', body: twice(plain), encoding: 'gzip', statuses: [400] },
    { name: 'gzip with a false size', body: misstated(plain), encoding: 'gzip', statuses: [400] },
    { name: 'not gzip', body: plain, encoding: 'gzip', statuses: [400] },
    ...UNKNOWN.map((encoding) => ({ name: encoding, body: bodyOf(encoding), encoding, statuses: [415] })),
    { name: 'brotli without header', body: brotli.subarray(0, PASSING_BYTES), statuses: [400] },
    { name: 'length too large', body: plain, length: 300 * 1024 * 1024, statuses: [413] },
    { name: 'length too small', body: plain, length: plain.length - 10, statuses: [400] },
    { name: 'length below zero', body: plain, length: -1, statuses: [400] },
    { name: 'two lengths', body: plain, length: `${plain.length}\r\ncontent-length: 5`, statuses: [400] },
    { name: 'length and chunks', body: plain, length: '5\r\ntransfer-encoding: chunked', statuses: [400] },
    { name: 'endless', body: Buffer.alloc(8 * 1024 * 1024, 0x20), isChunked: true, statuses: [413] },
  ];

  function bodyOf(encoding) {
    if (encoding === 'br') return brotli;
    return (encoding === 'deflate' ? deflate : gzip).subarray(0, PASSING_BYTES);
  }
}

const QUICK_BROTLI = { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 };

const twice = (body) => zlib.gzipSync(zlib.gzipSync(body));

/** A thousand small files in one, each with a header of its own. */
const members = () => Buffer.concat(Array(1000).fill(zlib.gzipSync(Buffer.alloc(100_000), { level: 9 })));

/** Says of itself that it is 4 GiB. */
function misstated(body) {
  const gzip = zlib.gzipSync(body);
  gzip.writeUInt32LE(0xffffffff, gzip.length - 4);
  return gzip;
}

/** Zeros, compressed in a stream: the whole would not fit into a buffer. */
async function zeros(mebibytes, compressor) {
  const compressed = compressor.toArray();
  const block = Buffer.alloc(1024 * 1024);
  for (let index = 0; index < mebibytes; index += 1)
    if (!compressor.write(block)) await new Promise((resolve) => compressor.once('drain', resolve));
  compressor.end();
  return Buffer.concat(await compressed);
}
