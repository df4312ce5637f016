/** F20: there and back again through the back/forward cache: a queue that is not empty, the lease taken, a message open. */
import { fileURLToPath } from 'node:url';
import { holdUntil } from './harness/actions.mjs';
import { drained, readDevice } from './harness/device.mjs';
import { until } from './harness/waiting.mjs';

const CYCLES = { quick: 4, full: 20 };
const PER_CYCLE = 10;
const CAMPAIGNS = fileURLToPath(new URL('harness/campaigns.json', import.meta.url));

export const row = {
  id: 'F20',
  fault: 'back/forward cache',
  runs: { quick: 1, full: 1 },
  world: { start: { args: ['--campaigns', CAMPAIGNS] } },
  async run({ world, run, isQuick, problems, notes }) {
    const cycles = isQuick ? CYCLES.quick : CYCLES.full;
    const book = world.ledger.begin(run, { calls: cycles * PER_CYCLE, isExact: true });
    const options = { ignoreDefaultArgs: ['--disable-back-forward-cache'] };
    const browser = await world.openBrowser({ options });
    const page = await browser.open(world.site.url('/page.html'), {
      init: "addEventListener('pageshow', ({ persisted }) => (globalThis.restored = (globalThis.restored ?? 0) + persisted));",
    });
    let usable = 0;
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      await openMessage(page);
      const release = await takeLease({ world, page, book, from: cycle * PER_CYCLE });
      await page.goto(world.site.url('/blank.html'));
      release();
      // The load event does not come again for a page that was kept.
      await page.goBack({ waitUntil: 'commit' });
      await until(
        () => page.evaluate((count) => globalThis.restored === count, cycle + 1),
        'the page to be back',
      );
      usable += await isUsable(page);
      // Nobody asks for it: what was waiting leaves by the page's own timers.
      await drained(page);
    }
    const restored = await page.evaluate(() => globalThis.restored);
    notes.push(`restored ${restored} of ${cycles}, ${usable} messages still open and usable`);
    if (restored !== cycles) problems.push(`restored ${restored} of ${cycles}`);
    if (usable !== cycles) problems.push(`${usable} messages still open and usable, ${cycles} were open`);
    problems.push(...browser.problems.splice(0).map((error) => `host sees: ${error}`));
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

/** Opens the banner unless it is open, and remembers its button in the page: the one that comes back must be the same. */
async function openMessage(page) {
  await until(async () => {
    if (await done(page).count()) return true;
    await page.evaluate(() => globalThis.kikubari('show', 'banner'));
    return false;
  }, 'a message');
  await done(page).evaluate((button) => void (globalThis.left = button));
}

/** The banner's button, in whichever of our shadow roots it is. */
const done = (page) => page.locator('[data-kikubari]').getByRole('button', { name: 'Done' });

/** Tracks and lets a request be under way: rows are unsent and the lease is this tab's. Resolves how to let go of the request. */
async function takeLease({ world, page, book, from }) {
  let release;
  let isHeld = false;
  const released = new Promise((resolve) => (release = resolve));
  world.proxy.rule = () => {
    isHeld = true;
    return holdUntil(released);
  };
  await world.track(page, book, { from, count: PER_CYCLE });
  await page.evaluate(() => void globalThis.kikubari('flush'));
  await until(() => isHeld, 'a request');
  const { queued, lease } = await readDevice(page);
  if (queued.length === 0 || !(lease?.until > Date.now()))
    throw new Error(`${queued.length} rows queued, lease ${JSON.stringify(lease)}`);
  return () => {
    world.proxy.rule = undefined;
    release();
  };
}

/** The very message is on the page that came back, and a visitor's click on its button closes it. */
async function isUsable(page) {
  try {
    if (!(await done(page).evaluate((button) => button === globalThis.left))) return 0;
    await done(page).click({ timeout: 10_000 });
    await done(page).waitFor({ state: 'detached', timeout: 10_000 });
    return 1;
  } catch {
    return 0;
  }
}
