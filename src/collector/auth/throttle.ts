/** Counts attempts per key in a sliding window; memory is bounded. */
export interface Throttle {
  /** Takes one attempt; seconds to wait if there are none left, else 0. */
  take(key: string, nowMs: number): number;
  /** Forgets a key's attempts, after a success. */
  clear(key: string): void;
}

const MAX_KEYS = 10_000;

export function createThrottle(limit: number, windowMs: number): Throttle {
  const attempts = new Map<string, number[]>();
  return {
    take(key, nowMs) {
      const recent = (attempts.get(key) ?? []).filter((at) => at > nowMs - windowMs);
      if (recent.length >= limit) return Math.max(1, Math.ceil((recent[0]! + windowMs - nowMs) / 1000));
      attempts.delete(key);
      if (attempts.size >= MAX_KEYS) attempts.delete(attempts.keys().next().value!);
      attempts.set(key, [...recent, nowMs]);
      return 0;
    },
    clear: (key) => void attempts.delete(key),
  };
}
