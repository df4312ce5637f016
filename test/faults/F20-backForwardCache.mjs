/** F20: there and back again through the back/forward cache, with a queue that is not empty. */
import { drained } from './harness/device.mjs';
import { until } from './harness/waiting.mjs';

const CYCLES = { quick: 5, full: 20 };
const PER_CYCLE = 10;

export const row = {
  id: 'F20',
  fault: 'back/forward cache',
  runs: { quick: 1, full: 1 },
  async run({ world, run, isQuick, problems, notes }) {
    const cycles = isQuick ? CYCLES.quick : CYCLES.full;
    const book = world.ledger.begin(run, { calls: cycles * PER_CYCLE, isExact: true });
    const options = { ignoreDefaultArgs: ['--disable-back-forward-cache'] };
    const browser = await world.openBrowser({ options });
    const page = await browser.open(world.site.url('/page.html'), {
      init: "addEventListener('pageshow', ({ persisted }) => (globalThis.restored = (globalThis.restored ?? 0) + persisted));",
    });
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      await world.track(page, book, { from: cycle * PER_CYCLE, count: PER_CYCLE });
      await page.goto(world.site.url('/blank.html'));
      // The load event does not come again for a page that was kept.
      await page.goBack({ waitUntil: 'commit' });
      await until(
        () => page.evaluate((count) => globalThis.restored === count, cycle + 1),
        'the page to be back',
      );
    }
    const restored = await page.evaluate(() => globalThis.restored);
    notes.push(`restored ${restored} of ${cycles}`);
    if (restored !== cycles) problems.push(`restored ${restored} of ${cycles}`);
    await page.evaluate(() => globalThis.kikubari('flush'));
    await drained(page);
    await world.note(page);
    await world.retire(browser);
    return restored;
  },
  verdict({ events }, { isQuick }) {
    const cycles = isQuick ? CYCLES.quick : CYCLES.full;
    const views = events.filter(({ name }) => name === '$page_view');
    const restored = views.filter(({ properties }) => properties.restored === true).length;
    const problems = [];
    if (restored !== cycles) problems.push(`${restored} views marked restored, ${cycles} were`);
    if (views.length - restored !== 1) problems.push(`${views.length - restored} other views, 1 was`);
    return problems;
  },
};
