/** Batches as an SDK sends them, from a seed. */
import type { Batch, LogRow, TrackedEvent } from '../../../src/core/events.js';
import { uuidv7 } from '../../../src/core/uuid.js';

/** Mulberry32: small, seeded, good enough to make test data. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function bytes(random: () => number, count = 10): Uint8Array {
  return Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
}

export function visitorId(random: () => number): string {
  const hex = [...bytes(random, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

export function rowOf(events: TrackedEvent[], random: () => number, fields: Partial<LogRow> = {}): LogRow {
  return {
    id: uuidv7(events[0]?.time ?? Date.now(), bytes(random)),
    key: 1,
    stream: 'main',
    page: 'page-1',
    session: 'session-1',
    monotonic: 0,
    origin: 'origin-1',
    events,
    ...fields,
  };
}

export function batchOf(rows: LogRow[], visitor: string, fields: Partial<Batch> = {}): Batch {
  return {
    site: 'shop',
    sdk: '0.1.0',
    program: 1,
    visitor,
    zone: -540,
    clock: [Date.now(), 1000],
    origin: 'origin-2',
    dropped: {},
    rows,
    ...fields,
  };
}
