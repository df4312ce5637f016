import type { StoredBatch, StoredRow } from '../ingest/checkBatch.js';

/** Clocks that differ by less than this are believed: the difference is mostly the network's. */
const BELIEVED_SKEW_MS = 10_000;

/**
 * When the event happened by our clock, ms since 1970, never after its arrival. The event's age is measured on the
 * device's wall clock between event and sending; if that clock was set back in between, on its monotonic clock.
 */
export function correctedTime(
  timeMs: number,
  row: Pick<StoredRow, 'monotonic' | 'origin'>,
  batch: Pick<StoredBatch, 'clock' | 'origin'>,
  receivedMs: number,
): number {
  const [wallMs, monotonicMs] = batch.clock;
  let ageMs = wallMs - timeMs;
  if (ageMs >= 0 && Math.abs(receivedMs - wallMs) <= BELIEVED_SKEW_MS)
    return Math.round(Math.min(timeMs, receivedMs));
  if (ageMs < 0 && row.origin === batch.origin) ageMs = monotonicMs - row.monotonic;
  return Math.round(Math.max(0, receivedMs - Math.max(0, ageMs)));
}
