/** F15: one event of fifty that the collector refuses; the others must not wait for it. */
import { drained } from './harness/device.mjs';
import { SITE } from './harness/collector.mjs';

const EVENTS = 50;

export const row = {
  id: 'F15',
  fault: 'one poison event in a batch of fifty',
  world: { mayDrop: ['rejected'] },
  runs: { quick: 1, full: 10 },
  async run({ world, random, run, problems }) {
    const browser = await world.sharedBrowser();
    const book = world.ledger.begin(run, { calls: EVENTS, isExact: true });
    const page = await browser.open(world.site.url('/page.html', `run${run}`));
    await drained(page);
    await world.proxy.close();
    await world.track(page, book, { perTurn: EVENTS });
    const poison = random.between(0, EVENTS - 1);
    await page.evaluate(poisonEvent, { name: `kikubari-${SITE}`, run, poison });
    const before = world.proxy.tally.requests;
    await world.proxy.open();
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await drained(page);
    const requests = world.proxy.tally.requests - before;
    if (requests > 2) problems.push(`${requests} requests for one batch`);
    const device = await world.note(page, { withSettled: true });
    if (device.dropped.rejected !== 1) problems.push(`rejected: ${device.dropped.rejected}, not 1`);
    await page.close();
    return true;
  },
};

/** Writes into the log what no SDK would: a name longer than the collector takes. */
async function poisonEvent({ name, run, poison }) {
  const ask = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const db = await ask(indexedDB.open(name));
  const log = db.transaction('log', 'readwrite').objectStore('log');
  const keys = await ask(log.getAllKeys());
  for (const key of keys) {
    const row = JSON.parse(await ask(log.get(key)));
    const event = row.events.find(({ properties }) => properties?.r === run && properties.i === poison);
    if (!event) continue;
    event.name = 'n'.repeat(100);
    await ask(log.put(JSON.stringify(row), key));
  }
  db.close();
}
