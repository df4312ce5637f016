/** F01: the browser's process tree is killed at a random time during 1,000 calls of `track()`, the collector is up. */
import { until } from './harness/waiting.mjs';

const CALLS = 1000;
/** What the matrix asks for, of a browser that has all of its runs. */
const ASKED = { runs: 50, acknowledged: 20_000 };

export const row = {
  id: 'F01',
  fault: 'browser killed while tracking',
  runs: { quick: 2, full: 50 },
  others: { quick: 1, full: 10 },
  async run({ world, random, run }) {
    const book = world.ledger.begin(run, { calls: CALLS });
    const killAfter = random.between(100, CALLS - 150);
    book.limit = killAfter + 100;
    const browser = await world.openBrowser();
    const page = await browser.open(world.site.url());
    let ended = 'is still tracking';
    const tracking = world.track(page, book, { pauseMs: 2 }).then(
      () => (ended = 'has tracked all'),
      ({ message }) => (ended = `failed: ${message}`),
    );
    const short = () => `${killAfter} acknowledgements (${book.acked.size}; the page ${ended})`;
    await until(() => book.acked.size >= killAfter, short, 60_000, 1);
    await browser.kill();
    await tracking;
    const isReached = book.acked.size < CALLS;
    await world.returnAndDrain(browser.profile);
    return isReached;
  },
  verdict: ({ acknowledged }, { runs }) =>
    runs >= ASKED.runs && acknowledged < ASKED.acknowledged
      ? [`only ${acknowledged} acknowledged, ${ASKED.acknowledged} are asked for`]
      : [],
};
