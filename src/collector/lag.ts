/** How far the reports are behind what was acknowledged. */
export interface Lag {
  added(events: number, atMs: number): void;
  /** Not written after all. */
  failed(events: number): void;
  /** Left the journal; the last of them arrived at `receivedAt`. */
  applied(events: number, receivedAt: number, nowMs: number): void;
  now(nowMs: number): { events: number; seconds: number };
}

export function createLag(): Lag {
  let events = 0;
  /** Nothing that is not applied arrived before this. */
  let oldestAt = 0;
  return {
    added(count, atMs) {
      if (events <= 0) oldestAt = atMs;
      events += count;
    },
    failed: (count) => void (events -= count),
    applied(count, receivedAt, nowMs) {
      events -= count;
      oldestAt = Math.min(Math.max(oldestAt, receivedAt), nowMs);
    },
    now(nowMs) {
      // A write that failed may be on disk all the same, and then be applied.
      const left = Math.max(0, events);
      return { events: left, seconds: left === 0 ? 0 : Math.max(0, nowMs - oldestAt) / 1000 };
    },
  };
}
