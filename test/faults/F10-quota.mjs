/** F10: the origin's quota is used up at event k of 5,000; later there is room again. */
import { readDevice } from './harness/device.mjs';
import { until } from './harness/waiting.mjs';

const CALLS = { quick: 1000, full: 5000 };
const EVENT_BYTES = 2000;
/** Calls wait while more than this is unsent: a queue that is full refuses before the browser does, and that is F11's. */
const LOT = 100;
const MAX_UNSENT = 200;
/** Five times what it takes when it works. */
const DRAIN_GUARD_MS = 30_000;
const HOST_BYTES = 500_000;

/** Counts the transactions that the browser ended for want of space: only they are the fault. */
const countQuotaErrors = `
  globalThis.quotaErrors = 0;
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...args) {
    const opened = transaction.apply(this, args);
    opened.addEventListener('abort', () => {
      if (opened.error?.name === 'QuotaExceededError') globalThis.quotaErrors += 1;
    });
    return opened;
  };`;

export const row = {
  id: 'F10',
  fault: 'quota exceeded while tracking',
  runs: { quick: 1, full: 5 },
  async run({ world, random, run, isQuick, problems, notes }) {
    const browser = await world.sharedBrowser();
    const calls = isQuick ? CALLS.quick : CALLS.full;
    const book = world.ledger.begin(run, { calls, isExact: true });
    const url = world.site.url('/page.html', `run${run}`);
    const page = await browser.open(world.site.url('/blank.html', `run${run}`), { init: countQuotaErrors });
    const session = await browser.context.newCDPSession(page);
    const quota = (size) =>
      session.send('Storage.overrideQuotaForOrigin', { origin: new URL(url).origin, ...size });
    // Set before the first write: Chromium asks again only when it has written what was left then.
    const k = random.between(calls / 10, (calls * 8) / 10);
    await quota({ quotaSize: k * EVENT_BYTES });
    await page.goto(url);
    await trackPaced(world, page, book, { from: 0, to: k });
    // Less than the database holds by now, whatever has been pruned from it meanwhile.
    await quota({ quotaSize: 1 });
    await trackPaced(world, page, book, { from: k, to: calls - 20 });
    const host = await page.evaluate(hostWrites, HOST_BYTES);
    if (host.ours > 0) problems.push(`${host.ours} bytes of ours in localStorage`);
    if (host.error) problems.push(`the host could not write to localStorage: ${host.error}`);
    await quota({});
    await world.track(page, book, { from: calls - 20, count: 20 });
    await until(() => isEmptied(page), 'the queue to drain', DRAIN_GUARD_MS, 500);
    // What was refused meanwhile is reported with the next request.
    await page.evaluate(() => globalThis.kikubari('flush'));
    await world.note(page, { withSettled: true });
    const quotaErrors = await page.evaluate(() => globalThis.quotaErrors);
    await page.close();
    problems.push(...browser.problems.splice(0).map((error) => `uncaught: ${error}`));
    const refused = countReasons(book);
    const reasons = Object.entries(refused).map(([reason, count]) => `${count} ${reason}`);
    notes.push(`${quotaErrors} transactions ended by the quota; refused: ${reasons.join(', ') || 'none'}`);
    if (refused.null) problems.push('a refusal without a reason');
    return quotaErrors > 0 ? (refused.storage_failed ?? 0) : 0;
  },
};

/** In lots, no faster than they are delivered; once the browser refuses, nothing is delivered and nothing waits. */
async function trackPaced(world, page, book, { from, to }) {
  for (let label = from; label < to; label += LOT) {
    await world.track(page, book, {
      ...{ from: label, count: Math.min(LOT, to - label) },
      properties: { rest: 'x'.repeat(EVENT_BYTES) },
    });
    const isCalm = async () => book.refused.size > 0 || unsent(await readDevice(page)) <= MAX_UNSENT;
    await until(isCalm, 'the lot to be delivered');
  }
}

const unsent = ({ queued }) => queued.reduce((sum, { events }) => sum + events.length, 0);

function countReasons({ refused }) {
  const counts = {};
  for (const { reason } of refused.values()) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** Ends the back-off each time: until Chromium has noticed the new quota, writes go on failing. */
async function isEmptied(page) {
  await page.evaluate(() => dispatchEvent(new Event('online')));
  return (await readDevice(page)).queued.length === 0;
}

/** How much is in `localStorage` that the host did not put there, and whether the host can still use it. */
function hostWrites(bytes) {
  let ours = 0;
  for (let index = 0; index < localStorage.length; index += 1) {
    const key = localStorage.key(index);
    ours += key.length + localStorage.getItem(key).length;
  }
  try {
    localStorage.setItem('host', 'x'.repeat(bytes));
    return { ours };
  } catch (error) {
    return { ours, error: String(error) };
  }
}
