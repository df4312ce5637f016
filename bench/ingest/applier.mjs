/** What an event costs behind its receipt, and whether that grows with the table. */
import { median, progress, verdict } from './numbers.mjs';
import { runProcess } from './processes.mjs';

const EVENTS_PER_ROUND = 300_000;

export async function measureApplier(folders, { rounds, isLarge }) {
  const job = { folder: folders.whole, rounds, eventsPerRound: EVENTS_PER_ROUND, rows: 0 };
  const results = await runProcess('applierProcess.mjs', job);
  for (const [round, { rawUs, storeUs }] of results.entries()) {
    progress(
      `round ${round + 1} of ${rounds}: store ${storeUs.toFixed(1)} us, flat lines ${rawUs.toFixed(1)} us`,
    );
  }
  verdict({
    what: 'CPU of an event from the journal into the store, against writing it as a line',
    ours: median(results.map(({ storeUs }) => storeUs)),
    limit: median(results.map(({ rawUs }) => rawUs)),
    unit: 'us',
    ratio: median(results.map(({ rawUs, storeUs }) => storeUs / rawUs)),
    must: 4,
  });
  if (isLarge) await measureGrowth(job);
}

async function measureGrowth(job) {
  const cost = {};
  for (const millions of [1, 10]) {
    progress(`filling a store with ${millions} M rows ...`);
    const results = await runProcess('applierProcess.mjs', { ...job, rows: millions * 1e6 });
    cost[millions] = median(results.map(({ storeUs }) => storeUs));
    progress(`at ${millions} M rows: ${cost[millions].toFixed(1)} us an event`);
  }
  verdict({
    what: 'the same at 10 M rows, against 1 M',
    ours: cost[10],
    limit: cost[1],
    unit: 'us',
    ratio: cost[10] / cost[1],
    must: 1.7,
  });
}
