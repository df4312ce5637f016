/** F06: five tabs flush 200 events each at once; the tab whose request is under way is stopped or crashed. */
import { cutAfterCommit, cutBefore } from './harness/actions.mjs';
import { drained } from './harness/device.mjs';
import { processesIn, signal } from './harness/processes.mjs';
import { sleep, until } from './harness/waiting.mjs';

const TABS = 5;
const EVENTS = 200;
const TAKEOVER_MS = 5000;
/** Percent of what was sent. */
const MAX_NEEDLESS = 1;
/** Longer than what a page does in its database in the background a second after its last event. */
const CALM_MS = 2000;
/** A driven browser keeps its tabs in view, and freezes none of those: a process that is stopped stands for that. */
const WAYS = ['stopped', 'crashed'];
/** A busy machine may keep a tab from renewing its lease in time; then it is not the one with the lease that dies. */
const ATTEMPTS = 3;
const takeovers = [];

export const row = {
  id: 'F06',
  fault: 'five tabs, the one with the lease dies',
  runs: { quick: 3, full: 15 },
  async run({ world, run, isQuick, notes }) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const before = committed;
      const takenAfterMs = await killHolder({ world, run, attempt });
      if (takenAfterMs >= 0) return (takeovers.push(takenAfterMs), true);
      // What two living tabs sent twice is needless; in a short run it may be the machine, which other rows share.
      if (!isQuick) committed = before;
      notes.push(`run ${run} again: another tab had the lease ${-takenAfterMs} ms before the death`);
    }
    return false;
  },
  verdict({ redundant, stored }, { isQuick, notes, world }) {
    const percent = (events) => (events / Math.max(1, world.proxy.tally.distinct)) * 100;
    // Nobody alive knows of what the collector took from a tab that died before it heard so: docs/adr/0008.
    const needless = percent(redundant - committed);
    notes.push(
      `takeover ${Math.max(0, ...takeovers)} ms at most, ${percent(redundant).toFixed(1)} % of ${stored} sent again`,
      `${committed} of ${redundant} events sent again were committed when their tab died unheard`,
    );
    if (needless > MAX_NEEDLESS) return [`${needless.toFixed(1)} % sent again without need`];
    if (isQuick || Math.max(...takeovers) <= TAKEOVER_MS) return [];
    return [`takeover took ${takeovers.join(', ')} ms`];
  },
};

/** How many events the collector had already had of tabs that died before they heard of it. */
let committed = 0;

/** One life and death; resolves after how long another tab sends, which is negative if one has already when the tab dies. */
async function killHolder({ world, run, attempt }) {
  const book = world.ledger.begin(run * ATTEMPTS + attempt, { calls: TABS * EVENTS });
  const browser = await world.openBrowser();
  const tabs = [];
  for (let tab = 0; tab < TABS; tab += 1) tabs.push(await openTab(world, browser, tab));
  await drained(tabs[0].page);
  let held;
  let cut;
  let takenAt;
  const dead = new Promise((resolve) => (cut = resolve));
  // Half of the requests die after the collector has taken them, each way in four runs: what the others send again counts as sent twice.
  const isCommitted = Math.floor(run / WAYS.length) % 2 === 1;
  world.proxy.rule = ({ batch }) => {
    held ??= batch.origin;
    if (batch.origin !== held) return void (takenAt ??= Date.now());
    return isCommitted ? cutWhen(dead) : (exchange) => dead.then(() => cutBefore(exchange));
  };
  await Promise.all(
    tabs.map(({ page }, tab) => world.track(page, book, { from: tab * EVENTS, count: EVENTS, perTurn: 50 })),
  );
  await until(() => held, 'a request');
  // A process that is stopped in the middle of a transaction keeps it, and with it the database, until the browser ends it: a minute
  // in Chromium (docs/delivery.md). Here it is the request that is under way.
  await sleep(CALM_MS);
  const holder = tabs.find(({ origin }) => origin === held);
  const others = tabs.filter((tab) => tab !== holder);
  const revive = await strike(holder, WAYS[run % WAYS.length]);
  const diedAt = Date.now();
  cut();
  await until(() => takenAt, 'another tab to take over', 60_000, 5);
  await drained(others[0].page);
  world.proxy.rule = undefined;
  await revive();
  await world.note(others[0].page);
  await world.retire(browser);
  return takenAt - diedAt;
}

/** Passed on at once; the page's connection breaks when `dead` resolves. */
const cutWhen = (dead) => (exchange) =>
  cutAfterCommit({
    ...exchange,
    forward: async () => {
      await exchange.forward();
      committed += exchange.request.batch.rows.reduce((sum, { events }) => sum + events.length, 0);
      await dead;
    },
  });

/** Opens a tab; learns its origin, as batches name it, from its first rows, and its process from which one is new. */
async function openTab({ proxy, site }, browser, tab) {
  let origin;
  proxy.rule = ({ batch }) => {
    const isMine = ({ events }) => events.some(({ properties }) => properties?.url?.endsWith(`tab=${tab}`));
    origin ??= batch.rows.find(isMine)?.origin;
  };
  const before = processesIn(browser.root, '--type=renderer');
  const page = await browser.open(site.url(`/page.html?tab=${tab}`));
  const fresh = processesIn(browser.root, '--type=renderer').filter((pid) => !before.includes(pid));
  if (fresh.length !== 1) throw new Error(`tab ${tab} has ${fresh.length} new processes`);
  await until(() => origin, `tab ${tab} to send its page view`);
  return { page, pid: fresh[0], origin };
}

/** Takes the tab out; resolves how to bring it back, so that the browser can be closed. */
async function strike({ page, pid }, way) {
  if (way === 'stopped') {
    signal(pid, 'SIGSTOP');
    return async () => signal(pid, 'SIGCONT');
  }
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => undefined);
  await crashed;
  return async () => undefined;
}
