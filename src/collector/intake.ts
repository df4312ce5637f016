import { join } from 'node:path';
import { messageOf } from './clearError.js';
import { addDrops, type Counters } from './counters.js';
import { openJournal, type JournalStats } from './journal/journal.js';
import type { JournalPosition } from './journal/segments.js';
import { createLag } from './lag.js';
import type { CollectorLimits } from './limits.js';
import type { Log } from './log.js';
import type { Applied } from './store/applier.js';
import { startStore, type Store } from './store/storeClient.js';

/** The way of a batch behind HTTP: journal first, then the store thread. */
export interface Intake {
  store: Store;
  /** Resolves when the entry is durable; the store gets it afterwards. */
  append(json: readonly Buffer[], events: number): Promise<void>;
  /** How far the reports are behind. */
  lag(): { events: number; seconds: number };
  journal(): JournalStats;
}

export interface IntakeOptions {
  folder: string;
  threadFile: URL;
  limits: CollectorLimits;
  counters: Counters;
  log: Log;
}

/** Starts the store, recovers the journal, joins them. What must be closed is pushed to `opened`. */
export async function openIntake(
  { folder, threadFile, limits, counters, log }: IntakeOptions,
  opened: (() => Promise<unknown>)[],
): Promise<Intake> {
  const journalFolder = join(folder, 'journal');
  const lag = createLag();
  let settle = (_applied: JournalPosition, _gaps: Applied['missing']): void => undefined;
  const store = await startStore({
    folder,
    journalFolder,
    namesPerSite: limits.namesPerSite,
    threadFile,
    log,
    onApplied(applied) {
      lag.applied(applied.events, applied.receivedAt, Date.now());
      count(counters, applied);
      settle(applied.position, applied.missing);
    },
    onApplyFailed: () => void (counters.applyFailures += 1),
  });
  opened.push(() => store.close());
  const journal = await openJournal({
    folder: journalFolder,
    applied: await store.applied(),
    onDurable: (until) => tell(store, until, log),
    log,
    capBytes: limits.journalBytes,
    segmentBytes: limits.segmentBytes,
  });
  opened.push(() => journal.close());
  settle = journal.settle;
  addDrops(counters.eventsDropped, await store.countDrops());
  lag.added(journal.recoveredEvents, Date.now());
  await store.advance(journal.durable(), journal.undeleted);
  return {
    store,
    lag: () => lag.now(Date.now()),
    journal: journal.stats,
    async append(json, events) {
      // Before the write: the store may have applied it before this function goes on.
      lag.added(events, Date.now());
      try {
        await journal.append(json, events);
      } catch (error) {
        lag.failed(events);
        throw error;
      }
    },
  };
}

function tell(store: Store, until: JournalPosition, log: Log): void {
  store
    .advance(until)
    .catch((error: unknown) => log.error('store: not reached', { reason: messageOf(error) }));
}

function count(counters: Counters, { events, duplicates, setAside, otherNames, drops }: Applied): void {
  counters.eventsApplied += events - setAside;
  counters.eventsDuplicate += duplicates;
  counters.eventsSetAside += setAside;
  counters.eventsOtherName += otherNames;
  addDrops(counters.eventsDropped, drops);
}
