import { createHash } from 'node:crypto';

/** The integer that stands for a visitor or a user of a site: 64 bits of SHA-256. */
export function keyOf(kind: 'visitor' | 'user', site: string, id: string): bigint {
  return createHash('sha256').update(`${kind}\0${site}\0${id}`).digest().readBigUInt64BE(0);
}
