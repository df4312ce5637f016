/** F04: the tab is closed or navigated away while tracking, and the host tracks inside `pagehide`. */
import { drained } from './harness/device.mjs';
import { sleep, until } from './harness/waiting.mjs';

const CALLS = 300;
const IN_HANDLER = 5;
/** Before the page is left; each is refused, and in the books all the same. */
const TOO_LARGE = 3;
const TOO_LONG = Array(20).fill('x'.repeat(4000));
/** The collector may still hear of the visit by its last request; only reported, so a short while will do. */
const BEACON_MS = 300;

/** A busy machine's browser ends an unload early; over many runs that is not seen. */
const LEAST_STORED = { quick: 0.8, full: 0.99 };

export const row = {
  id: 'F04',
  fault: 'tab closed or left, track() in pagehide',
  runs: { quick: 2, full: 100 },
  others: { quick: 2, full: 20 },
  async run({ world, random, run, figures }) {
    const browser = await world.sharedBrowser();
    const url = world.site.url('/page.html', `run${run}`);
    const book = world.ledger.begin(run, { calls: CALLS + IN_HANDLER + TOO_LARGE, isAnswered: true });
    const page = await browser.open(url);
    await page.evaluate(trackInPagehide, { run, from: CALLS, count: IN_HANDLER });
    for (let label = CALLS; label < CALLS + IN_HANDLER; label += 1) book.called.add(label);
    const large = { from: CALLS + IN_HANDLER, count: TOO_LARGE, properties: { strings: TOO_LONG } };
    await world.track(page, book, large);
    const tracking = world.track(page, book, { count: CALLS, perTurn: 5, pauseMs: 5 }).catch(() => undefined);
    const leaveAfter = random.between(40, CALLS / 2);
    book.limit = leaveAfter + 60;
    await until(() => book.acked.size >= leaveAfter, 'enough acknowledgements', 60_000, 1);
    if (run % 2 === 0) await browser.closeTab(page);
    else await navigate(page, world.site.url('/blank.html', `run${run}`));
    const isReached = book.acked.size < CALLS;
    await tracking;
    figures.push(await countBeaconed(world, run));
    const next = await browser.open(url);
    await drained(next);
    await world.note(next);
    await next.close();
    return isReached;
  },
  verdict({ events }, { notes, runs, isQuick, figures }) {
    const asked = runs * IN_HANDLER;
    const stored = events.filter(({ label }) => label >= CALLS).length;
    const beaconed = figures.reduce((sum, count) => sum + count, 0);
    notes.push(`${stored} of ${asked} from pagehide stored, ${beaconed} within the visit`);
    const least = asked * (isQuick ? LEAST_STORED.quick : LEAST_STORED.full);
    return stored < least ? [`${stored} of ${asked} events of pagehide stored`] : [];
  },
};

function trackInPagehide({ run, from, count }) {
  addEventListener('pagehide', () => {
    for (let label = from; label < from + count; label += 1)
      globalThis.kikubari('track', 'step', { r: run, i: label });
  });
}

async function navigate(page, elsewhere) {
  await page.goto(elsewhere);
  await page.close();
}

async function countBeaconed({ proxy }, run) {
  await sleep(BEACON_MS);
  return [...proxy.tally.labelsOf(run)].filter((label) => label >= CALLS).length;
}
