import { messageOf } from './clearError.js';
import type { Counters } from './counters.js';
import type { Log } from './log.js';
import type { Programs } from './programs.js';
import { stopDetail } from './store/stops.js';
import type { Store } from './store/storeClient.js';

export interface StopWatchDeps {
  store: Store;
  programs: Programs;
  counters: Pick<Counters, 'eventsApplied'>;
  log: Log;
  /** The least time between two looks, ms. */
  pauseMs?: number;
}

const PAUSE_MS = 5000;
/** It may take a tenth of one processor: on a large store a look takes seconds. */
const COST_FACTOR = 10;

/**
 * Looks again and again whether a campaign has reached what it is to be stopped at, and publishes those that are stopped. Costs
 * nothing while no event comes in and nothing is published, nor where no campaign is to be stopped. The function it returns ends it.
 */
export function startStopWatch({
  store,
  programs,
  counters,
  log,
  pauseMs = PAUSE_MS,
}: StopWatchDeps): () => Promise<void> {
  let isEnded = false;
  let seen = '';
  /** What was stopped may not be in the program yet: the store tells of a stop only once. */
  let isUnpublished = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  /** What there is to look at; the same text means the same answer. */
  const state = () => {
    const watched = programs.sites().filter(({ key }) => programs.of(key)?.mayBeStopped);
    // A look also publishes.
    if (watched.length === 0 && !isUnpublished) return seen;
    return [counters.eventsApplied, ...watched.map(({ key, program }) => `${key} ${program}`)].join();
  };

  async function look(): Promise<void> {
    const now = state();
    const isNew = now !== seen;
    const startedAt = performance.now();
    if (isNew) {
      try {
        const stopped = await store.stopCampaigns(Date.now());
        for (const { site, campaign, stop } of stopped)
          log.info('campaign stopped', { site, campaign, reason: stopDetail(stop) });
        if (stopped.length > 0 || isUnpublished) await programs.reload();
        isUnpublished = false;
        seen = now;
      } catch (error) {
        // Seen is what was looked at: the next turn tries again. A look that failed may have stopped some before it did.
        isUnpublished = true;
        if (!isEnded) log.error('stop conditions could not be looked at', { reason: messageOf(error) });
      }
    }
    plan(Math.max(pauseMs, COST_FACTOR * (performance.now() - startedAt)));
  }

  function plan(waitMs: number): void {
    if (isEnded) return;
    timer = setTimeout(() => void (looking = look()), waitMs);
    timer.unref();
  }

  plan(0);
  return async () => {
    isEnded = true;
    clearTimeout(timer);
    await looking;
  };
}
