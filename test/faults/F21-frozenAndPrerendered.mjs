/** F21: a page is frozen for ten minutes and resumes; its process is discarded; a page is prerendered before it is seen. */
import { drained } from './harness/device.mjs';
import { openPlainBrowser } from './harness/browser.mjs';
import { processesIn, signal } from './harness/processes.mjs';
import { sleep, until } from './harness/waiting.mjs';

const EVENTS = 100;
const FROZEN_MS = { quick: 3000, full: 600_000 };
const GRACE_MS = 1000;
/** A frozen page runs no timers. */
const WATCH_PAUSES = `
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    globalThis.longestPauseMs = Math.max(globalThis.longestPauseMs ?? 0, now - last);
    last = now;
  }, 50);`;
/** After the page has resumed we look on for this long. */
const WATCH_MS = 3000;

export const row = {
  id: 'F21',
  fault: 'frozen and resumed, discarded, prerendered',
  runs: { quick: 1, full: 1 },
  guardMs: 900_000,
  async run({ world, run, isQuick, problems }) {
    const browser = await world.openBrowser();
    await freezeAndResume({
      world,
      browser,
      run,
      frozenMs: isQuick ? FROZEN_MS.quick : FROZEN_MS.full,
      problems,
    });
    await discard({ world, browser, run });
    const isPrerendered = await prerender({ world, problems });
    await world.retire(browser);
    return isPrerendered ? 3 : 0;
  },
};

async function freezeAndResume({ world, browser, run, frozenMs, problems }) {
  const book = world.ledger.begin(2 * run, { calls: 2 * EVENTS, isExact: true });
  const before = processesIn(browser.root, '--type=renderer');
  const page = await browser.open(world.site.url('/page.html', 'freeze'), { init: WATCH_PAUSES });
  const [pid] = processesIn(browser.root, '--type=renderer').filter((known) => !before.includes(known));
  await world.track(page, book, { count: EVENTS });
  // A driven browser keeps its pages in view, and freezes none of those: we freeze the process.
  signal(pid, 'SIGSTOP');
  // What was under way arrives yet.
  await sleep(GRACE_MS);
  const atRest = world.proxy.tally.requests;
  await sleep(frozenMs);
  const inAll = world.proxy.tally.requests;
  if (inAll > atRest) problems.push(`${inAll - atRest} requests of a frozen page`);
  signal(pid, 'SIGCONT');
  const resumedAt = Date.now();
  const pausedMs = await until(() => page.evaluate(() => globalThis.longestPauseMs), 'the page to resume');
  if (pausedMs < frozenMs) problems.push(`the page was frozen for ${Math.round(pausedMs)} ms only`);
  await world.track(page, book, { from: EVENTS, count: EVENTS });
  await sleep(WATCH_MS);
  const requests = world.proxy.tally.requests - inAll;
  const seconds = (Date.now() - resumedAt) / 1000;
  if (requests > seconds + 1)
    problems.push(`${requests} requests within ${seconds.toFixed(1)} s of resuming`);
  await drained(page);
  await world.note(page);
  await page.close();
}

/** What a discarded tab is when the visitor returns to it: its process has gone, the page loads again. */
async function discard({ world, browser, run }) {
  const book = world.ledger.begin(2 * run + 1, { calls: EVENTS });
  const url = world.site.url('/page.html', 'discard');
  const page = await browser.open(url);
  await world.track(page, book);
  const session = await browser.context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
  const next = await browser.open(url);
  await drained(next);
  await world.note(next);
  await next.close();
}

/** True if the browser did prerender; nothing may be counted before somebody looks at the page. */
async function prerender({ world, problems }) {
  const { site, proxy } = world;
  const rules = JSON.stringify({
    prerender: [{ source: 'list', urls: ['/ahead.html'], eagerness: 'immediate' }],
  });
  let isAhead = false;
  let counted = 0;
  let activate;
  site.addPage(
    '/rules.html',
    `<script type="speculationrules">${rules}</script><script>fetch('/go').then(() => { location.href = '/ahead.html'; });</script>`,
  );
  site.addPage('/ahead.html', `${site.tag}<script>if (document.prerendering) fetch('/ahead-ran');</script>`);
  site.files.set('/ahead-ran', (_request, response) => void response.end(String((isAhead = true))));
  site.files.set('/go', (_request, response) => void (activate = () => response.end('go')));
  proxy.rule = ({ origin }) => void (counted += origin?.includes('ahead') ? 1 : 0);
  // A browser that is driven does not prerender.
  const browser = openPlainBrowser(site.url('/rules.html', 'ahead'));
  try {
    await until(() => isAhead && activate, 'the page to be prerendered', 20_000);
    await sleep(WATCH_MS);
    if (counted > 0) problems.push(`${counted} requests before the prerendered page was seen`);
    activate();
    await until(() => counted > 0, 'the activated page to be counted', 20_000);
  } finally {
    proxy.rule = undefined;
    await browser.end();
  }
  return true;
}
