/** F13: the network comes and goes every 200 ms for a minute. */
import { drained } from './harness/device.mjs';
import { sleep } from './harness/waiting.mjs';

const FLAP_MS = 200;
const AMOUNT = { quick: { seconds: 6, calls: 50 }, full: { seconds: 60, calls: 500 } };

export const row = {
  id: 'F13',
  fault: 'network flapping every 200 ms',
  runs: { quick: 1, full: 1 },
  async run({ world, run, isQuick, notes, problems }) {
    const { seconds, calls } = isQuick ? AMOUNT.quick : AMOUNT.full;
    const book = world.ledger.begin(run, { calls, isExact: true });
    const browser = await world.openBrowser();
    const page = await browser.open(world.site.url());
    const asked = [];
    let failed = 0;
    page.on('requestfailed', () => (failed += 1));
    await page.evaluate(() => {
      globalThis.heard = { online: 0, offline: 0 };
      for (const name of ['online', 'offline']) addEventListener(name, () => (globalThis.heard[name] += 1));
    });
    page.on('request', (request) => {
      if (request.url().startsWith(world.proxy.url())) asked.push(new URL(request.url()).pathname);
    });
    const pauseMs = (seconds * 1000) / (calls / 5);
    const tracking = world.track(page, book, { perTurn: 5, pauseMs });
    let flaps = 0;
    for (const end = Date.now() + seconds * 1000; Date.now() < end; flaps += 1) {
      await browser.context.setOffline(flaps % 2 === 0);
      await sleep(FLAP_MS);
    }
    await browser.context.setOffline(false);
    await tracking;
    const { online, offline } = await page.evaluate(() => globalThis.heard);
    notes.push(`offline ${offline} and online ${online} times, ${failed} requests met no network`);
    // A short run may have nothing to send in the moments without one.
    if (!isQuick && failed === 0) problems.push('no request met a dead network');
    const batches = asked.filter((path) => path === '/v1/batch').length;
    notes.push(`${asked.length} requests in ${seconds} s, ${batches} of them batches`);
    // A short run is mostly start, when each page asks for its program and tells of its view.
    const allowed = isQuick ? 5 * seconds : seconds;
    if (asked.length > allowed)
      problems.push(`${asked.length} requests in ${seconds} s, ${allowed} are allowed`);
    await drained(page);
    await world.note(page);
    await world.retire(browser);
    return Math.min(online, offline);
  },
};
