/** F12: the browser deletes the site's storage between two visits. */
import { drained } from './harness/device.mjs';

const EVENTS = 20;

export const row = {
  id: 'F12',
  fault: 'storage wiped between visits',
  runs: { quick: 1, full: 10 },
  async run({ world, run, problems }) {
    const browser = await world.sharedBrowser();
    const url = world.site.url('/page.html', `run${run}`);
    const first = await visit(world, browser, url, 2 * run);
    const blank = await browser.open(world.site.url('/blank.html'));
    const session = await browser.context.newCDPSession(blank);
    await session.send('Storage.clearDataForOrigin', { origin: new URL(url).origin, storageTypes: 'all' });
    await blank.close();
    const second = await visit(world, browser, url, 2 * run + 1);
    if (first === second) problems.push(`run ${run}: still the same visitor`);
    problems.push(...browser.problems.splice(0).map((error) => `uncaught: ${error}`));
    return first !== second;
  },
};

/** One visit, delivered to the last event; resolves the visitor. */
async function visit(world, browser, url, number) {
  const book = world.ledger.begin(number, { calls: EVENTS, isExact: true });
  const page = await browser.open(url);
  await world.track(page, book);
  await page.evaluate(() => globalThis.kikubari('flush'));
  await drained(page);
  const { visitor } = await world.note(page);
  await page.close();
  return visitor;
}
