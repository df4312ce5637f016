/** What one collector takes before it says "later" (503, 429): whoever runs it may change these. */
export interface CollectorLimits {
  /** Request bodies in memory, from their first byte until they are durable. */
  bufferBytes: number;
  /** Durable and not yet in the store. */
  journalBytes: number;
  /** A segment of the journal; its space is given back when all of it is in the store. */
  segmentBytes: number;
  /** Open connections; more are closed at once. */
  connections: number;
  /** From a request's first byte to its last. */
  requestMs: number;
  /** Batches from one network (/24 or /48), and how many may come at once after a pause. */
  addressPerSecond: number;
  addressBurst: number;
  /** Events for one site. */
  sitePerSecond: number;
  siteBurst: number;
  /** Coupon codes asked for from one network, and how many at once after a pause. */
  claimsPerSecond: number;
  claimsBurst: number;
  /** Names of events of one site; events with further ones are stored as `$other`. */
  namesPerSite: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_LIMITS: CollectorLimits = {
  bufferBytes: 32 * MIB,
  journalBytes: 512 * MIB,
  segmentBytes: 16 * MIB,
  connections: 4_000,
  requestMs: 30_000,
  // A page sends every 10 s while something happens: this is some 5,000 people behind one address, or a proxy nobody named.
  addressPerSecond: 500,
  addressBurst: 5_000,
  sitePerSecond: 20_000,
  siteBurst: 200_000,
  // People behind one address who are shown the same offer; whoever wants to drain a pool takes hours for a large one.
  claimsPerSecond: 5,
  claimsBurst: 500,
  namesPerSite: 2_000,
};
