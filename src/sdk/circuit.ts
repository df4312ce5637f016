import type { Lease } from './store.js';

/** Refused or unanswered connections in a row after which we hardly knock any more: a blocker, most likely. */
export const CIRCUIT_FAILURES = 5;
/** The longest pause, and how often we still knock then. */
export const MAX_DELAY_MS = 15 * 60_000;

/** Whether the tabs of this browser have tried in vain so often, as the lease tells. */
export const isCircuitOpen = (lease: Lease) => (lease?.failures as number) >= CIRCUIT_FAILURES;

/** The pause after the nth failure in a row, ms, some of it by chance; the longest where nobody is to be reached. */
export const backOffMs = (failures: number, isUnreachable?: boolean) =>
  isUnreachable && failures >= CIRCUIT_FAILURES
    ? MAX_DELAY_MS
    : Math.min(MAX_DELAY_MS, 1000 * 2 ** failures) * (0.5 + Math.random() / 2);
