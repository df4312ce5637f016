/** Lets each key spend so much a second, with a reserve for bursts. */
export interface RateLimit {
  /** Takes `cost`; seconds to wait if there is too little, else 0. */
  take(key: string, cost: number, nowMs: number): number;
  /** What it keeps in memory, estimated. */
  usedBytes(): number;
}

interface Bucket {
  left: number;
  at: number;
}

/** More keys than this are not remembered: the one not seen for longest starts anew. */
const MAX_KEYS = 20_000;
/** An entry of a Map with a short key and a bucket, measured at about 150. */
const ENTRY_BYTES = 200;

export function createRateLimit(perSecond: number, burst: number, maxKeys = MAX_KEYS): RateLimit {
  const buckets = new Map<string, Bucket>();

  function fill(key: string, nowMs: number): Bucket {
    const bucket = buckets.get(key) ?? { left: burst, at: nowMs };
    // In the order of use, so that the first is the one not seen for longest.
    buckets.delete(key);
    if (buckets.size >= maxKeys) buckets.delete(buckets.keys().next().value!);
    buckets.set(key, bucket);
    bucket.left = Math.min(burst, bucket.left + (Math.max(0, nowMs - bucket.at) / 1000) * perSecond);
    bucket.at = nowMs;
    return bucket;
  }

  return {
    take(key, cost, nowMs) {
      const bucket = fill(key, nowMs);
      // What is larger than the reserve passes when that is full, and is paid for afterwards.
      const needed = Math.min(cost, burst);
      if (bucket.left < needed) return Math.max(1, Math.ceil((needed - bucket.left) / perSecond));
      bucket.left -= cost;
      return 0;
    },
    usedBytes: () => buckets.size * ENTRY_BYTES,
  };
}
