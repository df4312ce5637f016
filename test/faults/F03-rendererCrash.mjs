/** F03: the page's process crashes in the middle of a batch; the browser lives on. */
import { drained } from './harness/device.mjs';
import { until } from './harness/waiting.mjs';

const CALLS = 500;

export const row = {
  id: 'F03',
  fault: 'renderer crash while tracking',
  runs: { quick: 1, full: 30 },
  async run({ world, random, run }) {
    const browser = await world.sharedBrowser();
    const url = world.site.url('/page.html', `run${run}`);
    const book = world.ledger.begin(run, { calls: CALLS });
    const page = await browser.open(url);
    const tracking = world.track(page, book, { perTurn: 5, pauseMs: 5 }).catch(() => undefined);
    const crashAfter = random.between(40, CALLS / 2);
    book.limit = crashAfter + 60;
    await until(() => book.acked.size >= crashAfter, 'enough acknowledgements', 60_000, 1);
    const session = await browser.context.newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    session.send('Page.crash').catch(() => undefined);
    await crashed;
    const isReached = book.acked.size < CALLS;
    await page.close();
    await tracking;
    const next = await browser.open(url);
    await drained(next);
    await world.note(next);
    await next.close();
    return isReached;
  },
};
