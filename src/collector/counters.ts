import type { DropCount } from './store/dropTable.js';

/** What has happened since the start; `/metrics` shows it. Numbers only: nothing here can hold a payload or a key. */
export interface Counters {
  /** Answers to `POST /v1/batch`, by status. */
  batches: Map<number, number>;
  eventsAccepted: number;
  /** By the code in the receipt. */
  eventsRejected: Map<string, number>;
  /** Events that were stored already: sent again after a lost receipt, mostly. */
  eventsDuplicate: number;
  /** Events that left the journal for the store, duplicates included. */
  eventsApplied: number;
  eventsSetAside: number;
  /** Stored as `$other`: the site had too many names. */
  eventsOtherName: number;
  /** Events that devices report to have dropped, by site and reason: since they exist, not since the start. */
  eventsDropped: Map<string, Map<string, number>>;
  applyFailures: number;
  connectionsRefused: number;
}

export function createCounters(): Counters {
  return {
    batches: new Map(),
    eventsAccepted: 0,
    eventsRejected: new Map(),
    eventsDuplicate: 0,
    eventsApplied: 0,
    eventsSetAside: 0,
    eventsOtherName: 0,
    eventsDropped: new Map(),
    applyFailures: 0,
    connectionsRefused: 0,
  };
}

export function countUp<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

export function addDrops(counts: Counters['eventsDropped'], drops: readonly DropCount[]): void {
  for (const { site, reason, events } of drops) {
    const ofSite = counts.get(site) ?? new Map<string, number>();
    counts.set(site, ofSite.set(reason, (ofSite.get(reason) ?? 0) + events));
  }
}
