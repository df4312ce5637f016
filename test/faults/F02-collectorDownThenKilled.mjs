/** F02: the collector refuses, 500 events, the browser is killed; when it returns the collector is up. No new `track()`. */
import { percentile } from './harness/figures.mjs';

const DRAIN_P95_MS = 10_000;

export const row = {
  id: 'F02',
  fault: 'collector down, browser killed',
  runs: { quick: 1, full: 20 },
  others: { quick: 1, full: 5 },
  async run({ world, run, figures }) {
    const book = world.ledger.begin(run, { calls: 500 });
    await world.proxy.close();
    const browser = await world.openBrowser();
    const page = await browser.open(world.site.url());
    await world.track(page, book);
    const isReached = book.acked.size === book.planned;
    await browser.kill();
    await world.proxy.open();
    const { drainedMs } = await world.returnAndDrain(browser.profile);
    figures.push(drainedMs);
    return isReached;
  },
  verdict(_totals, { isQuick, notes, figures }) {
    const p95 = percentile(figures, 95);
    notes.push(`drained in ${p95} ms p95`);
    return !isQuick && p95 > DRAIN_P95_MS ? [`drained in ${p95} ms p95, not ${DRAIN_P95_MS}`] : [];
  },
};
