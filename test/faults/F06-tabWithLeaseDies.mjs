/** F06: five tabs flush 200 events each at once; the tab whose request is under way is frozen, stopped or crashed. */
import { cutBefore } from './harness/actions.mjs';
import { drained } from './harness/device.mjs';
import { processesIn, signal } from './harness/processes.mjs';
import { sleep, until } from './harness/waiting.mjs';

const TABS = 5;
const EVENTS = 200;
const TAKEOVER_MS = 5000;
const CALM_MS = 700;
const WAYS = ['frozen', 'stopped', 'crashed'];
const takeovers = [];

export const row = {
  id: 'F06',
  fault: 'five tabs, the one with the lease dies',
  runs: { quick: 3, full: 15 },
  async run({ world, run }) {
    const book = world.ledger.begin(run, { calls: TABS * EVENTS });
    const browser = await world.openBrowser();
    const tabs = [];
    for (let tab = 0; tab < TABS; tab += 1) tabs.push(await openTab(world, browser, tab));
    await drained(tabs[0].page);

    let held;
    let cut;
    // The request of the dead tab dies with it; what the others send twice is their own doing.
    let takenAt;
    world.proxy.rule = ({ batch }) => {
      held ??= batch.origin;
      if (batch.origin !== held) takenAt ??= Date.now();
      if (batch.origin === held)
        return (exchange) => new Promise((done) => (cut = () => done(cutBefore(exchange))));
      return undefined;
    };
    const tracking = tabs.map(({ page }, tab) =>
      world.track(page, book, { from: tab * EVENTS, count: EVENTS, perTurn: 50 }),
    );
    await Promise.all(tracking);
    await until(() => held, 'a request');
    // A process that is stopped in the middle of a transaction keeps it, and with it the database, until the browser ends it: a minute
    // in Chromium (docs/delivery.md). Here it is the request that is under way.
    await sleep(CALM_MS);
    const holder = tabs.find(({ origin }) => origin === held);
    const others = tabs.filter((tab) => tab !== holder);
    const revive = await strike(holder, WAYS[run % WAYS.length]);
    const diedAt = Date.now();
    cut();
    // What a frozen tab sends in parting is not another taking over; on a slow machine one has before this one dies.
    await until(() => takenAt, 'another tab to take over', 60_000, 5);
    if (takenAt >= diedAt) takeovers.push(takenAt - diedAt);
    await drained(others[0].page);
    world.proxy.rule = undefined;
    await revive();
    await world.note(others[0].page);
    await world.retire(browser);
    return holder !== undefined;
  },
  verdict({ redundant, stored }, { isQuick, notes, world }) {
    const share = (redundant / Math.max(1, world.proxy.tally.distinct)) * 100;
    notes.push(
      `takeover ${Math.max(0, ...takeovers)} ms at most, ${share.toFixed(1)} % of ${stored} sent again`,
    );
    if (!takeovers.length) return ['no takeover was measured: each came before the tab had died'];
    if (isQuick) return [];
    return [
      ...(Math.max(...takeovers) > TAKEOVER_MS ? [`takeover took ${takeovers.join(', ')} ms`] : []),
      ...(share > 1 ? [`${share.toFixed(1)} % redundant sends`] : []),
    ];
  },
};

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
  if (way === 'crashed') {
    const crashed = page.waitForEvent('crash');
    session.send('Page.crash').catch(() => undefined);
    await crashed;
    return async () => undefined;
  }
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  return async () => session.send('Page.setWebLifecycleState', { state: 'active' });
}
