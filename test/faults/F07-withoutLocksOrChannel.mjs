/**
 * F07: three tabs without `navigator.locks`, with and without `BroadcastChannel`. The SDK uses no Web Locks, so that their absence
 * changes nothing; what there is to lose is the channel by which tabs hear of each other.
 */
import { drained } from './harness/device.mjs';

const TABS = 3;
const EVENTS = 200;
/** Counts whoever asks for it: should the SDK ever do so, these ways no longer are all there are. */
const WITHOUT_LOCKS = `
  globalThis.asked = 0;
  Object.defineProperty(Navigator.prototype, 'locks', { get: () => void (globalThis.asked += 1) });`;
const WITHOUT_CHANNEL = 'delete globalThis.BroadcastChannel;';
/** Counts what the tab tells the others. */
const WITH_CHANNEL = `
  globalThis.told = 0;
  const { postMessage } = BroadcastChannel.prototype;
  BroadcastChannel.prototype.postMessage = function (...args) {
    globalThis.told += 1;
    return postMessage.apply(this, args);
  };`;
const WAYS = [WITHOUT_CHANNEL, WITH_CHANNEL];

export const row = {
  id: 'F07',
  fault: 'three tabs with and without BroadcastChannel, never Web Locks (which the SDK does not use)',
  runs: { quick: 2, full: 16 },
  async run({ world, run, problems }) {
    const browser = await world.sharedBrowser();
    const book = world.ledger.begin(run, { calls: TABS * EVENTS, isExact: true });
    const url = world.site.url('/page.html', `run${run}`);
    const way = WAYS[run % WAYS.length];
    const tabs = [];
    for (let tab = 0; tab < TABS; tab += 1) tabs.push(await browser.open(url, { init: WITHOUT_LOCKS + way }));
    await Promise.all(
      tabs.map((page, tab) => world.track(page, book, { from: tab * EVENTS, count: EVENTS })),
    );
    await drained(tabs[0]);
    await world.note(tabs[0]);
    let reached = 0;
    for (const page of tabs) {
      const { asked, ...tab } = await page.evaluate(look);
      if (asked > 0) problems.push(`navigator.locks was asked for ${asked} times: it needs ways of its own`);
      // A channel that is there has to be used, or it might as well be missing.
      const isAsPlanted = way === WITH_CHANNEL ? tab.told > 0 : !tab.hasChannel;
      if (isAsPlanted && !tab.hasLocks) reached += 1;
      await page.close();
    }
    return reached === TABS;
  },
};

function look() {
  const { asked, told } = globalThis;
  const hasChannel = globalThis.BroadcastChannel !== undefined;
  return { asked, told, hasChannel, hasLocks: navigator.locks !== undefined };
}
