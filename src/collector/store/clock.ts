import type { Batch, LogRow } from '../../core/events.js';

/**
 * What is known of a device's wall clock. A batch shows `received - wall`: how far the clock is behind ours, plus the time the
 * request was under way, which is never negative. So the least of several is the best, and a single slow request changes nothing.
 */
export interface Clock {
  /** Least `received - wall` seen, ms. */
  behindMs: number;
  /** Batches that spoke for it. */
  samples: number;
  /** The page load whose monotonic clock the last batch carried, and `wall - monotonic` there. */
  origin: string;
  wallBaseMs: number;
  seenAt: number;
}

/** A wall clock that moved against the monotonic one by more than this was set, or the machine slept. */
const MOVED_MS = 1_000;
/** No request is under way for longer than this: what lies further apart is a clock that was set. */
const LONGEST_REQUEST_MS = 120_000;
/** Below this a clock is as good as ours. */
const BELIEVED_MS = 1_000;
/**
 * So much may be a slow request; whether it is, three of them tell. The SDK gives a request up after 15 s (REQUEST_MS in its sender),
 * and what has left by then may arrive a little later. Last requests may take longer, but a clock that is so far behind is more common.
 */
const MAYBE_SLOW_MS = 20_000;
const ENOUGH_SAMPLES = 3;
/** Cheap clocks drift by a second a day. */
const FORGET_AFTER_MS = 86_400_000;

export type Envelope = Pick<Batch, 'clock' | 'origin'>;

/** What is known after a batch that arrived at `receivedAt`. */
export function observe(known: Clock | undefined, { clock, origin }: Envelope, receivedAt: number): Clock {
  const [wall, monotonic] = clock;
  const sample = receivedAt - wall;
  const wallBaseMs = wall - monotonic;
  const fresh = { behindMs: sample, samples: 1, origin, wallBaseMs, seenAt: receivedAt };
  if (!known || Math.abs(receivedAt - known.seenAt) > FORGET_AFTER_MS) return fresh;
  const slower = sample - known.behindMs;
  const movedMs = origin === known.origin ? wallBaseMs - known.wallBaseMs : 0;
  // Forward and seemingly behind by as much as before: the machine slept, its monotonic clock with it.
  const isSet = movedMs < -MOVED_MS || (movedMs > MOVED_MS && slower < -MOVED_MS);
  if (isSet) return { ...fresh, behindMs: Math.min(sample, known.behindMs - movedMs) };
  if (slower > LONGEST_REQUEST_MS) return fresh;
  return { ...fresh, behindMs: Math.min(sample, known.behindMs), samples: known.samples + 1 };
}

/** What to add to the times of a row's events, of which the last happened at `committedAt`, ms. */
export type Correction = (row: Pick<LogRow, 'monotonic' | 'origin'>, committedAt: number) => number;

/** For the rows of one batch. `before` is what was known when it arrived, `after` what it made of that. */
export function createCorrection(
  before: Clock | undefined,
  after: Clock,
  { clock: [wall, monotonic], origin }: Envelope,
): Correction {
  return (row, committedAt) => {
    const isOfSender = row.origin === origin;
    // Since the row was written, by the monotonic clock; of another page's row only that it was not after the sending.
    const ageMs = isOfSender ? monotonic - row.monotonic : 0;
    const movedMs = wall - committedAt - ageMs;
    // Set back since: by the clock of then, or else by its age.
    if (movedMs < -MOVED_MS) return before ? offsetOf(before) : offsetOf(after) + movedMs;
    if (!isOfSender || movedMs <= MOVED_MS) return offsetOf(after);
    // Forward: set, or asleep. The clock of then is right in both cases.
    if (before) return offsetOf(before);
    // It was never heard before: a clock that is wrong now and would be right without the move was set.
    return offsetOf({ ...after, behindMs: after.behindMs + movedMs }) === 0 ? 0 : offsetOf(after);
  };
}

/** When an event happened by our clock, ms since 1970, never after its arrival. */
export function correctedTime(timeMs: number, offsetMs: number, receivedAt: number): number {
  return Math.round(Math.max(0, Math.min(timeMs + offsetMs, receivedAt)));
}

/** What to add to the device's time. A clock that seems right is believed, so that ordinary times stay as they are. */
function offsetOf({ behindMs, samples }: Clock): number {
  if (Math.abs(behindMs) <= BELIEVED_MS) return 0;
  if (behindMs > 0 && behindMs <= MAYBE_SLOW_MS && samples < ENOUGH_SAMPLES) return 0;
  return behindMs;
}
