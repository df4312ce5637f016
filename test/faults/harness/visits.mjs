/** Days of a visitor's life in a few minutes: pages loaded one after another, each with the simulated clock of its day. */
import { readFileSync } from 'node:fs';
import { readDevice } from './device.mjs';
import { until } from './waiting.mjs';

const CLOCK = readFileSync(new URL('clock.js', import.meta.url), 'utf8');
const PER_TURN = 10;

/** What the site writes into each event: a character that takes three bytes. */
const PADDING = '日';

/**
 * Loads the page `loads` times from `startAt` on, for calls from label `first`; resolves the last page, every request with its
 * moment, what each call cost, and when the next visit would begin.
 */
export async function visitForDays({ first = 0, startAt = Date.now(), ...visits }) {
  const { browser, url, run, calls, loads, openMs, awayMs, padding, isWithinSite } = visits;
  const requests = [];
  const costs = [];
  const share = Math.ceil(calls / loads);
  const everyMs = openMs / (share / PER_TURN);
  let known;
  for (let load = 0; ; load += 1) {
    const at = startAt + load * (openMs + awayMs);
    // The first comes from elsewhere.
    const referrer = isWithinSite && load > 0 ? url : undefined;
    const page = await browser.open(url, { init: `globalThis.clockStartsAt = ${at};${CLOCK}`, referrer });
    // The database opens in real time; simulated time would run out for it. A page that is there has written its view, or a drop.
    await until(
      async () =>
        (await written(page)) !== known && page.evaluate(() => globalThis.clock.settle().then(() => true)),
      'start',
    );
    const from = first + load * share;
    const to = Math.min(first + calls, from + share);
    const asked = { run, from, to, perTurn: PER_TURN, everyMs, padding: PADDING.repeat(padding) };
    const lived = await page.evaluate(liveThrough, asked);
    costs.push(...lived.costs);
    for (const one of lived.requests) requests.push({ at: at + one.at, url: one.url });
    known = await written(page);
    if (load === loads - 1) return { page, requests, costs, endAt: at + openMs + awayMs };
    await browser.closeTab(page);
  }
}

/** What changes whenever a page writes something down. */
async function written(page) {
  const device = await readDevice(page, { withSettled: true });
  return device && `${device.rows.at(-1)?.key} ${JSON.stringify(device.dropped)}`;
}

async function liveThrough({ run, from, to, perTurn, everyMs, padding }) {
  const { clock, faults, realNow } = globalThis;
  const costs = [];
  for (let label = from; label < to;) {
    const answers = [];
    const called = [];
    for (let turn = 0; turn < perTurn && label < to; turn += 1, label += 1) {
      const startedAt = realNow();
      const answer = faults.call(run, label, { padding });
      costs.push(realNow() - startedAt);
      answers.push(answer);
      called.push([run, label]);
    }
    globalThis.ledger({ called });
    await clock.advance(everyMs);
    await Promise.all(answers);
  }
  await clock.settle();
  return { requests: clock.requests, costs };
}
