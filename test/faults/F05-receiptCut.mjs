/** F05: the collector commits a batch, then the connection is cut before the receipt. */
import { cutAfterCommit, MAX_IN_A_ROW } from './harness/actions.mjs';
import { drained } from './harness/device.mjs';
import { until } from './harness/waiting.mjs';

const CUTS = { quick: 12, full: 200 };
const EVENTS_PER_CUT = 10;
const PASS_CHANCE = 0.25;

export const row = {
  id: 'F05',
  fault: 'receipt cut after the commit',
  runs: { quick: 1, full: 1 },
  guardMs: 1_200_000,
  async run({ world, random, run, isQuick, problems }) {
    const cuts = isQuick ? CUTS.quick : CUTS.full;
    const book = world.ledger.begin(run, { calls: cuts * EVENTS_PER_CUT, isExact: true });
    let done = 0;
    let inARow = 0;
    world.proxy.rule = () => {
      if (done >= cuts || inARow >= MAX_IN_A_ROW || random.next() < PASS_CHANCE) return void (inARow = 0);
      inARow += 1;
      return async (exchange) => {
        await cutAfterCommit(exchange);
        // Only now: a collector that was not there has committed nothing.
        done += 1;
      };
    };
    const browser = await world.openBrowser();
    const page = await browser.open(world.site.url());
    for (let from = 0; from < book.planned; from += EVENTS_PER_CUT) {
      await world.track(page, book, { from, count: EVENTS_PER_CUT });
      // A lot that got through uncut leaves its cut to a later one, which is then cut more than once.
      const owed = Math.min(cuts, from / EVENTS_PER_CUT + 1);
      await until(async () => done >= owed || !(await retryNow(page)), 'a cut', 60_000, 50);
    }
    // Lots may have passed uncut: events beside those of the books, until all cuts are made.
    for (let more = 0; done < cuts && more < 10 * cuts; more += 1) {
      await page.evaluate(() => globalThis.kikubari('track', 'more'));
      await until(async () => !(await retryNow(page)), 'one more to be delivered', 60_000, 50);
    }
    world.proxy.rule = undefined;
    await retryNow(page);
    await drained(page);
    await world.note(page);
    await world.retire(browser);
    if (done < cuts) problems.push(`${done} receipts cut, ${cuts} are asked for`);
    return done;
  },
  verdict: ({ redundant }, { notes }) => void notes.push(`${redundant} events sent again`),
};

/** Ends the back-off, as a browser that comes back online does; false when nothing is left to send. */
function retryNow(page) {
  return page.evaluate(async () => {
    dispatchEvent(new Event('online'));
    return !(await globalThis.kikubari('flush'));
  });
}
