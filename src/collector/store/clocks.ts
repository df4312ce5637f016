import { createCorrection, observe, type Clock, type Correction, type Envelope } from './clock.js';

/**
 * The clocks of the devices seen lately. Memory only: what is lost at a restart is the refinement, the first batch afterwards
 * brings the rest.
 */
export interface Clocks {
  /** The correction for the times of one batch. */
  correctionOf(visitor: bigint, envelope: Envelope, receivedAt: number): Correction;
}

const MAX_DEVICES = 50_000;

export function createClocks(maxDevices = MAX_DEVICES): Clocks {
  const known = new Map<bigint, Clock>();
  return {
    correctionOf(visitor, envelope, receivedAt) {
      const before = known.get(visitor);
      const after = observe(before, envelope, receivedAt);
      // In the order of use, so that the first is the one not seen for longest.
      known.delete(visitor);
      known.set(visitor, after);
      if (known.size > maxDevices) known.delete(known.keys().next().value!);
      return createCorrection(before, after, envelope);
    },
  };
}
