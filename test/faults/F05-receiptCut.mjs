/** F05: the collector commits a batch, then the connection is cut before the receipt. */
import { cutAfterCommit } from './harness/actions.mjs';
import { drained } from './harness/device.mjs';
import { until } from './harness/waiting.mjs';

const CUTS = { quick: 12, full: 200 };
const EVENTS_PER_CUT = 10;

export const row = {
  id: 'F05',
  fault: 'receipt cut after the commit',
  runs: { quick: 1, full: 1 },
  guardMs: 1_200_000,
  async run({ world, random, run, isQuick }) {
    const cuts = isQuick ? CUTS.quick : CUTS.full;
    const book = world.ledger.begin(run, { calls: cuts * EVENTS_PER_CUT, isExact: true });
    let done = 0;
    let inARow = 0;
    // Not more in a row than the circuit bears: an open circuit is F11's.
    world.proxy.rule = () => {
      if (done >= cuts || inARow >= 3 || random.next() < 0.25) return void (inARow = 0);
      inARow += 1;
      done += 1;
      return cutAfterCommit;
    };
    const browser = await world.openBrowser();
    const page = await browser.open(world.site.url());
    for (let from = 0; from < book.planned; from += EVENTS_PER_CUT) {
      await world.track(page, book, { from, count: EVENTS_PER_CUT });
      const before = done;
      await until(async () => done > before || done >= cuts || !(await retryNow(page)), 'a cut', 60_000, 50);
    }
    await until(async () => done >= cuts || !(await retryNow(page)), 'the last cut');
    world.proxy.rule = undefined;
    await retryNow(page);
    await drained(page);
    await world.note(page);
    await world.retire(browser);
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
