/** F13: the network comes and goes every 200 ms for a minute. */
import { drained } from './harness/device.mjs';
import { sleep } from './harness/waiting.mjs';

const FLAP_MS = 200;
const AMOUNT = { quick: { seconds: 6, calls: 50 }, full: { seconds: 60, calls: 500 } };

export const row = {
  id: 'F13',
  fault: 'network flapping every 200 ms',
  runs: { quick: 1, full: 3 },
  async run({ world, run, isQuick, notes, problems }) {
    const { seconds, calls } = isQuick ? AMOUNT.quick : AMOUNT.full;
    const book = world.ledger.begin(run, { calls, isExact: true });
    const browser = await world.openBrowser();
    const page = await browser.open(world.site.url());
    let requests = 0;
    page.on('request', (request) => (requests += request.url().startsWith(world.proxy.url()) ? 1 : 0));
    const pauseMs = (seconds * 1000) / (calls / 5);
    const tracking = world.track(page, book, { perTurn: 5, pauseMs });
    let flaps = 0;
    for (const end = Date.now() + seconds * 1000; Date.now() < end; flaps += 1) {
      await browser.context.setOffline(flaps % 2 === 0);
      await sleep(FLAP_MS);
    }
    await browser.context.setOffline(false);
    await tracking;
    if (requests > seconds) problems.push(`${requests} requests in ${seconds} s, ${seconds} are allowed`);
    notes.push(`${requests} requests in ${seconds} s`);
    await drained(page);
    await world.note(page);
    await world.retire(browser);
    return flaps;
  },
};
