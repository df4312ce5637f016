import { join } from 'node:path';
import { messageOf } from './clearError.js';
import { openJournal } from './journal/journal.js';
import type { JournalPosition } from './journal/segments.js';
import type { Log } from './log.js';
import { startStore, type Store } from './store/storeClient.js';

/** The way of a batch behind HTTP: journal first, then the store thread. */
export interface Intake {
  store: Store;
  /** Resolves when the entry is durable; the store gets it afterwards. */
  append(json: string, events: number): Promise<void>;
  /** Events that are durable but not yet in the reports. */
  journalLagEvents(): number;
}

/** Starts the store, recovers the journal, joins them. What must be closed is pushed to `opened`. */
export async function openIntake(
  { folder, threadFile, log }: { folder: string; threadFile: URL; log: Log },
  opened: (() => Promise<unknown>)[],
): Promise<Intake> {
  const journalFolder = join(folder, 'journal');
  let lagEvents = 0;
  let forget = (_segments: readonly number[]): void => undefined;
  const store = await startStore({
    folder,
    journalFolder,
    threadFile,
    log,
    onApplied({ events, deletedSegments }) {
      lagEvents -= events;
      forget(deletedSegments);
    },
  });
  opened.push(() => store.close());
  const onDurable = (until: JournalPosition) =>
    void store
      .advance(until)
      .catch((error: unknown) => log.error('store: not reached', { reason: messageOf(error) }));
  const journal = await openJournal({
    folder: journalFolder,
    applied: await store.applied(),
    onDurable,
    log,
  });
  opened.push(() => journal.close());
  forget = journal.forget;
  lagEvents += journal.recoveredEvents;
  await store.advance(journal.durable());
  return {
    store,
    // A write that failed may be on disk all the same, and then be applied.
    journalLagEvents: () => Math.max(0, lagEvents),
    async append(json, events) {
      // Before the write: the store may have applied it before this function goes on.
      lagEvents += events;
      try {
        await journal.append(json, events);
      } catch (error) {
        lagEvents -= events;
        throw error;
      }
    },
  };
}
