/** F11: an ad blocker refuses every request for 30 days of simulated time, while the site goes on calling `track()`. */
import { readFileSync } from 'node:fs';
import { percentile } from './harness/figures.mjs';
import { drained, readDevice } from './harness/device.mjs';
import { until } from './harness/waiting.mjs';

const CLOCK = readFileSync(new URL('harness/clock.js', import.meta.url), 'utf8');
const DAY_MS = 86_400_000;
/** The short run makes up for fewer calls with longer events, so that it meets the same caps. */
const AMOUNT = {
  quick: { calls: 3000, days: 0.5, padding: 1000 },
  full: { calls: 100_000, days: 30, padding: 0 },
};
const PER_TURN = 10;
const MAX_BYTES = 2 * 1024 * 1024;
const MAX_EVENTS = 5000;
const PAUSE_MS = 15 * 60_000;

export const row = {
  id: 'F11',
  fault: 'blocked for 30 days',
  world: { mayDrop: ['expired'] },
  runs: { quick: 1, full: 1 },
  guardMs: 1_500_000,
  async run({ world, run, isQuick, notes, problems }) {
    const { calls, days, padding } = isQuick ? AMOUNT.quick : AMOUNT.full;
    world.ledger.begin(run, { calls, isExact: true });
    const browser = await world.openBrowser();
    await browser.context.route('**/v1/**', (route) => route.abort('blockedbyclient'));
    const page = await browser.open(world.site.url(), { init: CLOCK });
    // The database opens in real time; simulated time would run out for it.
    await until(
      async () => (await readDevice(page)) && page.evaluate(() => globalThis.clock.requests.length),
      'start',
    );
    const everyMs = (days * DAY_MS) / (calls / PER_TURN);
    const { requests, costs } = await page.evaluate(liveThrough, {
      run,
      calls,
      perTurn: PER_TURN,
      everyMs,
      padding,
    });
    const device = await readDevice(page, { withSettled: true });
    judge({ requests, costs, device, isQuick, notes, problems });

    await browser.context.unroute('**/v1/**');
    const draining = drained(page);
    for (let isDone = false; !isDone;) {
      await page.evaluate((ms) => globalThis.clock.advance(ms), PAUSE_MS);
      isDone = (await readDevice(page)).queued.length === 0;
    }
    await draining;
    await world.note(page, { withSettled: true });
    await world.retire(browser);
    return requests.length;
  },
  verdict({ told, drops }, { problems }) {
    const reported = told.reduce((sum, { total }) => sum + total, 0);
    if (reported !== drops) problems.push(`${drops} drops counted, ${reported} reported`);
    return [];
  },
};

async function liveThrough({ run, calls, perTurn, everyMs, padding }) {
  const { clock, faults, realNow } = globalThis;
  const costs = [];
  for (let label = 0; label < calls;) {
    const answers = [];
    const called = [];
    for (let turn = 0; turn < perTurn; turn += 1, label += 1) {
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

const isBatch = ({ url }) => new URL(url).pathname === '/v1/batch';

/** The row's figures: what the device holds, how often it knocked, what a call cost. */
function judge({ requests, costs, device, isQuick, notes, problems }) {
  const bytes = device.rows.reduce((sum, { length }) => sum + length, 0);
  // The history may hold more; what waits to be sent may not.
  const events = device.queued.reduce((sum, row) => sum + row.events.length, 0);
  const p99 = percentile(costs, 99);
  // Five batches in vain open the circuit; from then on whatever is asked for counts.
  const open = requests.indexOf(requests.filter(isBatch)[4]);
  const tight = requests
    .slice(open + 1)
    .filter(({ at }, index) => at - requests[open + index].at < PAUSE_MS - 1000);
  notes.push(
    `${bytes} bytes and ${events} events unsent, ${requests.length} requests, track() ${p99.toFixed(2)} ms p99`,
  );
  if (bytes > MAX_BYTES) problems.push(`${bytes} bytes stored, ${MAX_BYTES} are allowed`);
  if (events > MAX_EVENTS) problems.push(`${events} events unsent, ${MAX_EVENTS} are allowed`);
  if (tight.length > 0) {
    const paths = [...new Set(tight.map(({ url }) => new URL(url).pathname))];
    problems.push(
      `${tight.length} of ${requests.length} requests less than 15 min after another: ${paths.join(', ')}`,
    );
  }
  if (!isQuick && p99 > 1) problems.push(`track() took ${p99} ms p99`);
}
