/** F07: no `navigator.locks`, no `BroadcastChannel`, or neither; three tabs. */
import { drained } from './harness/device.mjs';

const TABS = 3;
const EVENTS = 200;
const MISSING = {
  locks: "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });",
  channel: 'delete globalThis.BroadcastChannel;',
};
const WAYS = [MISSING.locks + MISSING.channel, MISSING.channel, MISSING.locks];

export const row = {
  id: 'F07',
  fault: 'no Web Locks, no BroadcastChannel, three tabs',
  runs: { quick: 1, full: 15 },
  async run({ world, run }) {
    const browser = await world.sharedBrowser();
    const book = world.ledger.begin(run, { calls: TABS * EVENTS, isExact: true });
    const url = world.site.url('/page.html', `run${run}`);
    const init = WAYS[run % WAYS.length];
    const tabs = [];
    for (let tab = 0; tab < TABS; tab += 1) tabs.push(await browser.open(url, { init }));
    const missing = await tabs[0].evaluate(() =>
      [navigator.locks, globalThis.BroadcastChannel].includes(undefined),
    );
    await Promise.all(
      tabs.map((page, tab) => world.track(page, book, { from: tab * EVENTS, count: EVENTS })),
    );
    await drained(tabs[0]);
    await world.note(tabs[0]);
    for (const page of tabs) await page.close();
    return missing;
  },
};
