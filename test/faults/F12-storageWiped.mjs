/**
 * F12: the browser deletes the site's storage between two visits. Chromium does so while it runs; of the others the folder
 * that holds it is deleted while they are closed.
 */
import { drained } from './harness/device.mjs';

const EVENTS = 20;

export const row = {
  id: 'F12',
  fault: 'storage wiped between visits',
  runs: { quick: 1, full: 10 },
  others: { quick: 1, full: 5 },
  async run({ world, run, problems }) {
    const url = world.site.url('/page.html', `run${run}`);
    const first = await visit(world, url, 2 * run, problems);
    await world.wipe(url);
    const second = await visit(world, url, 2 * run + 1, problems);
    if (first === second) problems.push(`run ${run}: still the same visitor`);
    return first !== second;
  },
};

/** One visit, delivered to the last event; resolves the visitor. */
async function visit(world, url, number, problems) {
  const browser = await world.sharedBrowser();
  const book = world.ledger.begin(number, { calls: EVENTS, isExact: true });
  const page = await browser.open(url);
  await world.track(page, book);
  await page.evaluate(() => globalThis.kikubari('flush'));
  await drained(page);
  const { visitor } = await world.note(page);
  await page.close();
  problems.push(...browser.problems.splice(0).map((error) => `uncaught: ${error}`));
  return visitor;
}
