import type { Readable } from 'node:stream';

/**
 * Takes what still comes of a refused body and forgets it, so that its client reads the answer: a connection closed while
 * bytes stand unread in it is reset (RFC 9112, section 9.6), and a client that is still writing then loses the answer with
 * it. At most 4 MiB and a second; whoever sends more than that may be reset.
 */
export function discardRest(body: Readable): Promise<void> {
  return new Promise((resolve) => {
    if (body.readableEnded || body.destroyed) return resolve();
    let bytes = 0;
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) stop();
    };
    const stop = () => {
      clearTimeout(timer);
      body.off('data', count);
      resolve();
    };
    const timer = setTimeout(stop, LONGEST_MS);
    for (const end of ['end', 'close', 'error']) body.once(end, stop);
    body.on('data', count);
    body.resume();
  });
}

const MOST_BYTES = 4 * 1024 ** 2;
const LONGEST_MS = 1000;
