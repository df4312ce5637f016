/** F11: an ad blocker refuses every request for 30 days of simulated time, while the site goes on calling `track()`. */
import { percentile } from './harness/figures.mjs';
import { drained, readDevice } from './harness/device.mjs';
import { visitForDays } from './harness/visits.mjs';

const HOUR_MS = 3_600_000;
/**
 * Page loads, how long each page is used, how long until the next, and Japanese characters in each event. The short run makes up for
 * fewer calls with longer events.
 */
const AMOUNT = {
  quick: { calls: 2000, loads: 3, openMs: 2 * HOUR_MS, awayMs: 4 * HOUR_MS, padding: 1000 },
  full: { calls: 100_000, loads: 30, openMs: 6 * HOUR_MS, awayMs: 18 * HOUR_MS, padding: 20 },
};
/** Then somebody looks at one page after another: each has events to send and might ask for its program. */
const HURRY = { calls: 60, loads: 6, openMs: 1000, awayMs: 9000, padding: 20, isWithinSite: true };
/** A session's start, a view and a leave: when the queue is full they are refused too, and nothing but the counter knows. */
const OWN_PER_LOAD = 3;
const MAX_BYTES = 2 * 1024 * 1024;
const MAX_EVENTS = 5000;
const PAUSE_MS = 15 * 60_000;

export const row = {
  id: 'F11',
  fault: 'blocked for 30 days',
  world: { mayDrop: ['expired'] },
  runs: { quick: 1, full: 1 },
  guardMs: 1_500_000,
  async run({ world, run, isQuick, notes, problems }) {
    const amount = isQuick ? AMOUNT.quick : AMOUNT.full;
    const [calls, loads] = [amount.calls + HURRY.calls, amount.loads + HURRY.loads];
    world.ledger.begin(run, { calls, isExact: true, own: OWN_PER_LOAD * loads });
    const browser = await world.openBrowser();
    let asked = 0;
    await browser.context.route('**/v1/**', (route) => {
      asked += 1;
      return route.abort('blockedbyclient');
    });
    const visitor = { browser, url: world.site.url(), run };
    const days = await visitForDays({ ...visitor, ...amount });
    await browser.closeTab(days.page);
    const hurry = await visitForDays({ ...visitor, ...HURRY, first: amount.calls, startAt: days.endAt });
    const { page } = hurry;
    const requests = [...days.requests, ...hurry.requests];
    const device = await readDevice(page, { withSettled: true });
    if (asked !== requests.length)
      problems.push(`${asked - requests.length} requests of pages that were closed`);
    notes.push(`${hurry.requests.length} requests of ${HURRY.loads} page loads within a minute`);
    // What can no longer be delivered is history all the same.
    const late = device.rows.flatMap(({ events }) => events).filter(({ time }) => time >= days.endAt).length;
    if (late < HURRY.calls) problems.push(`${late} of the last ${HURRY.calls} calls are in the history`);
    judge({ requests, costs: days.costs, device, isQuick, notes, problems });

    await browser.context.unroute('**/v1/**');
    const draining = drained(page);
    for (let isDone = false; !isDone;) {
      await page.evaluate((ms) => globalThis.clock.advance(ms), PAUSE_MS);
      isDone = (await readDevice(page)).queued.length === 0;
    }
    await draining;
    await world.note(page, { withSettled: true });
    await world.retire(browser);
    return requests.length;
  },
};

/** The row's figures: what the device holds, how often it knocked, what a call cost. */
function judge({ requests, costs, device, isQuick, notes, problems }) {
  const bytes = device.metaBytes + device.rows.reduce((sum, row) => sum + row.bytes, 0);
  const characters = device.rows.reduce((sum, { length }) => sum + length, 0);
  // The history may hold more; what waits to be sent may not.
  const events = device.queued.reduce((sum, row) => sum + row.events.length, 0);
  const p99 = percentile(costs, 99);
  // Five batches in vain open the circuit. From then on whatever is asked for counts, of whichever page.
  const open = requests.indexOf(requests.filter(({ url }) => url.endsWith('/v1/batch'))[4]);
  const later = requests.slice(open);
  const tight = later.filter(({ at }, index) => index > 0 && at - later[index - 1].at < PAUSE_MS - 1000);
  notes.push(
    `${bytes} bytes (${characters} characters) stored and ${events} events unsent`,
    `${later.length - 1} requests after the fifth batch in vain`,
    `track() ${p99.toFixed(2)} ms p99`,
  );
  if (bytes > MAX_BYTES) problems.push(`${bytes} bytes stored, ${MAX_BYTES} are allowed`);
  if (events > MAX_EVENTS) problems.push(`${events} events unsent, ${MAX_EVENTS} are allowed`);
  if (tight.length > 0) {
    const urls = [...new Set(tight.map(({ url }) => new URL(url).pathname))];
    problems.push(`${tight.length} requests less than 15 min after another: ${urls.join(', ')}`);
  }
  if (!isQuick && p99 > 1) problems.push(`track() took ${p99} ms p99`);
}
