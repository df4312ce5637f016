import { expect, it, vi } from 'vitest';
import { createLog, type LogEntry } from '../../../src/collector/log.js';
import type { Programs } from '../../../src/collector/programs.js';
import { startStopWatch } from '../../../src/collector/stopWatch.js';
import type { Store } from '../../../src/collector/store/storeClient.js';

const stopped = {
  site: 'shop',
  campaign: 'poll',
  stop: { by: 'responses' as const, limit: 5, found: 5 },
};

/** A watch over one site, whose program is `published`. Its store tells once that a campaign was stopped, as the real one does. */
function watched({ failures = 0, published = { mayBeStopped: true } } = {}) {
  const log: LogEntry[] = [];
  const stopCampaigns = vi.fn<Store['stopCampaigns']>(() => Promise.resolve([]));
  stopCampaigns.mockResolvedValueOnce([stopped]);
  const reload = vi.fn<Programs['reload']>(() => Promise.resolve());
  for (let n = 0; n < failures; n++) reload.mockRejectedValueOnce(new Error('the disk is full'));
  const end = startStopWatch({
    store: { stopCampaigns } as unknown as Store,
    programs: {
      sites: () => [{ key: 'shop', program: 2 }],
      of: () => published,
      reload,
    } as unknown as Programs,
    counters: { eventsApplied: 1 },
    log: createLog((entry) => log.push(entry)),
    pauseMs: 5,
  });
  return { log, stopCampaigns, reload, end };
}

it('a stop that could not be published is published by the next turn', async () => {
  const { log, stopCampaigns, reload, end } = watched({ failures: 1 });
  await vi.waitFor(() => expect(reload).toHaveBeenCalledTimes(2));
  // And then there is nothing left to do.
  await new Promise((resolve) => setTimeout(resolve, 60));
  await end();
  expect([stopCampaigns.mock.calls.length, reload.mock.calls.length]).toEqual([2, 2]);
  expect(log.map(({ message }) => message)).toEqual([
    'campaign stopped',
    'stop conditions could not be looked at',
  ]);
});

it('does not look where no campaign is to be stopped, until there is one', async () => {
  const published = { mayBeStopped: false };
  const { stopCampaigns, end } = watched({ published });
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(stopCampaigns).not.toHaveBeenCalled();
  published.mayBeStopped = true;
  await vi.waitFor(() => expect(stopCampaigns).toHaveBeenCalledOnce());
  await end();
});
