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
    applyFailures: 0,
    connectionsRefused: 0,
  };
}

export function countUp<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
