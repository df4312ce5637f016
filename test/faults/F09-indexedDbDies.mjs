/** F09: IndexedDB dies in the middle of a visit, or holds what nobody can read. */
import { SITE } from './harness/collector.mjs';
import { CAPTURE, STRIKES } from './harness/databaseStrikes.mjs';
import { drained } from './harness/device.mjs';
import { until } from './harness/waiting.mjs';

const BEFORE = 30;
const AFTER = 30;
/** How long the SDK may take to find its database again. */
const REOPEN_GUARD_MS = 10_000;

/** Each `strike` runs in the page between two lots of calls, see `STRIKES`. `isLasting`: the database cannot be had again. */
const WAYS = {
  closed: { strike: "closeAll('close')" },
  versionchange: { strike: "closeAll('versionchange')" },
  aborted: { strike: 'abortAppend()' },
  lost: { strike: 'loseConnections()' },
  newer: { before: makeNewer, isLasting: true },
  unreadable: { strike: 'writeGarbage()' },
};

export const row = {
  id: 'F09',
  fault: 'IndexedDB dies in the middle of a visit',
  world: { mayDrop: ['unreadable'] },
  runs: { quick: 1, full: 5 },
  async run({ world, run, problems }) {
    const names = Object.keys(WAYS);
    let reached = 0;
    for (const [index, name] of names.entries()) {
      if (await visit(world, { name, number: run * names.length + index, problems })) reached += 1;
      else problems.push(`run ${run}: ${name} did not strike`);
    }
    const browser = await world.sharedBrowser();
    problems.push(...browser.problems.splice(0).map((error) => `uncaught: ${error}`));
    return reached;
  },
};

async function visit(world, { name, number, problems }) {
  const { before, strike, isLasting } = WAYS[name];
  const browser = await world.sharedBrowser();
  const book = world.ledger.begin(number, { calls: 100_000, isExact: true });
  const origin = `run${number}`;
  if (before) {
    const page = await browser.open(world.site.url('/blank.html', origin));
    await page.evaluate(before, `kikubari-${SITE}`);
    await page.close();
  } else await world.warm(browser, origin);
  const page = await browser.open(world.site.url('/page.html', origin), { init: CAPTURE });
  await world.track(page, book, { count: BEFORE });
  // What nobody can read counts as one event that was called and is reported lost.
  if (name === 'unreadable') book.called.add('garbage');
  if (strike) await page.evaluate(`{ ${STRIKES} ${strike}; }`);
  await world.track(page, book, { from: BEFORE, count: AFTER });
  let label = BEFORE + AFTER;
  const isBack = async () => {
    await world.track(page, book, { from: label, count: 1, pauseMs: 200 });
    return book.acked.has(label++) || isLasting;
  };
  await until(isBack, 'a durable promise', REOPEN_GUARD_MS).catch(() =>
    problems.push(`${name}: not durable again within ${REOPEN_GUARD_MS} ms`),
  );
  await page.evaluate(() => globalThis.kikubari('flush'));
  const struck = await page.evaluate(() => globalThis.struck);
  await page.close();
  if (isLasting) return isInMemory(book);
  const next = await browser.open(world.site.url('/page.html', origin));
  await drained(next);
  await world.note(next, { withSettled: true });
  await next.close();
  return struck > 0;
}

/** What a page without a database says of each call, from the first to the last. */
const isInMemory = ({ called, acked, refused }) =>
  acked.size === 0 &&
  refused.size === called.size &&
  [...refused.values()].every(({ reason }) => reason === 'no_storage');

/** The database as a later version of the SDK would leave it. */
function makeNewer(name) {
  return new Promise((resolve) => {
    const request = indexedDB.open(name, 7);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('log', { autoIncrement: true });
      request.result.createObjectStore('meta');
    };
    request.onsuccess = () => resolve(request.result.close());
  });
}
