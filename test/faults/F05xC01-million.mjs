/** F05 and C01 together: a million events end to end; browser and collector are killed again and again, receipts are cut. */
import { cutAfterCommit, MAX_IN_A_ROW } from './harness/actions.mjs';
import { readDevice } from './harness/device.mjs';
import { sleep, until } from './harness/waiting.mjs';

/** One life is one browser, from its start to its kill. */
const AMOUNT = { quick: { lives: 3, perLife: 1500 }, full: { lives: 110, perLife: 9500 } };
const MAX_UNSENT = 2000;
const LOT = 500;
const PER_TURN = 25;
const COLLECTOR_EVERY = 2;
const CUT_CHANCE = 0.1;
/** Of a run of all lives. */
const ASKED = { stored: 1_000_000, browsers: 100, collectors: 50, receipts: 100 };
/** What was done to them; the million is one run of the row. */
const done = { browsers: 0, collectors: 0, receipts: 0 };

export const row = {
  id: 'F05+C01',
  fault: 'a million events, both ends killed',
  isMillion: true,
  runs: { quick: AMOUNT.quick.lives, full: AMOUNT.full.lives },
  guardMs: 600_000,
  async run({ world, random, run, isQuick }) {
    const { perLife } = isQuick ? AMOUNT.quick : AMOUNT.full;
    const book = world.ledger.begin(run, { calls: perLife });
    const cutBefore = done.receipts;
    let inARow = 0;
    // One in each life for certain, more by chance.
    world.proxy.rule = () => {
      const isCut = inARow < MAX_IN_A_ROW && (done.receipts === cutBefore || random.next() < CUT_CHANCE);
      inARow = isCut ? inARow + 1 : 0;
      return isCut ? cutAndCount : undefined;
    };
    const browser = await world.openBrowser();
    const page = await browser.open(world.site.url());
    const killAt = random.between(perLife - LOT, perLife - 100);
    // The turn that passes it is still made: the last calls never are, however late the kill comes.
    book.limit = killAt + PER_TURN;
    const collectorAt = run % COLLECTOR_EVERY === 0 ? random.between(LOT, perLife - 2 * LOT) : Infinity;
    const tracking = trackInLots(world, page, book, collectorAt).catch(() => undefined);
    await until(() => book.acked.size >= killAt, 'enough acknowledgements', 300_000, 1);
    await browser.kill();
    done.browsers += 1;
    await tracking;
    const isReached = book.acked.size < perLife;
    await world.returnAndDrain(browser.profile, { guardMs: 300_000 });
    return isReached;
  },
  verdict({ stored }, { isQuick, runs, notes }) {
    const found = { stored, ...done };
    notes.push(
      `${done.browsers} browsers and ${done.collectors} collectors killed, ${done.receipts} receipts cut`,
    );
    const lives = { browsers: runs, collectors: Math.ceil(runs / COLLECTOR_EVERY), receipts: runs };
    const asked = isQuick ? lives : ASKED;
    const short = Object.keys(asked).filter((what) => found[what] < asked[what]);
    return short.map((what) => `${what}: ${found[what]}, ${asked[what]} are asked for`);
  },
};

async function cutAndCount(exchange) {
  await cutAfterCommit(exchange);
  // Only now: a collector that was not there has committed nothing.
  done.receipts += 1;
}

/** Calls in lots while not too much is unsent; the collector is killed and started again on the way. */
async function trackInLots(world, page, book, collectorAt) {
  let isKilled = false;
  for (let from = 0; from < book.planned; from += LOT) {
    await world.track(page, book, { from, count: Math.min(LOT, book.planned - from), perTurn: PER_TURN });
    if (!isKilled && from >= collectorAt) {
      isKilled = true;
      await world.collector.kill();
      done.collectors += 1;
      await world.collector.start();
    }
    await page.evaluate(() => dispatchEvent(new Event('online')));
    while (unsent(await readDevice(page)) > MAX_UNSENT) {
      // As a browser that comes back online: the row is about what is lost, not about how long a back-off is.
      await page.evaluate(() => dispatchEvent(new Event('online')));
      await sleep(50);
    }
  }
}

const unsent = ({ queued }) => queued.reduce((sum, { events }) => sum + events.length, 0);
