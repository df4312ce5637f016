/** Days of a visitor's life in a few minutes: pages loaded one after another, each with the simulated clock of its day. */
import { readFileSync } from 'node:fs';
import { readDevice } from './device.mjs';
import { until } from './waiting.mjs';

const CLOCK = readFileSync(new URL('clock.js', import.meta.url), 'utf8');
const PER_TURN = 10;

/** Loads the page again and again; resolves the last one, every request with its moment, and what each call cost. */
export async function visitForDays({ browser, url, run, calls, loads, openMs, awayMs, padding }) {
  const requests = [];
  const costs = [];
  const share = Math.ceil(calls / loads);
  const everyMs = openMs / (share / PER_TURN);
  const startedAt = Date.now();
  for (let load = 0; ; load += 1) {
    const at = startedAt + load * (openMs + awayMs);
    const page = await browser.open(url, { init: `globalThis.clockStartsAt = ${at};${CLOCK}` });
    // The database opens in real time; simulated time would run out for it.
    await until(
      async () => (await readDevice(page)) && page.evaluate(() => globalThis.clock.requests.length),
      'start',
    );
    const from = load * share;
    const to = Math.min(calls, from + share);
    const lived = await page.evaluate(liveThrough, { run, from, to, perTurn: PER_TURN, everyMs, padding });
    costs.push(...lived.costs);
    const first = lived.requests.find(({ url }) => new URL(url).pathname.startsWith('/v1/program'));
    for (const one of lived.requests) requests.push({ at: at + one.at, url: one.url, isLoad: one === first });
    if (load === loads - 1) return { page, requests, costs };
    await browser.closeTab(page);
  }
}

async function liveThrough({ run, from, to, perTurn, everyMs, padding }) {
  const { clock, faults, realNow } = globalThis;
  const costs = [];
  for (let label = from; label < to;) {
    const answers = [];
    const called = [];
    for (let turn = 0; turn < perTurn && label < to; turn += 1, label += 1) {
      const startedAt = realNow();
      const answer = faults.call(run, label, { padding: 'x'.repeat(padding) });
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
