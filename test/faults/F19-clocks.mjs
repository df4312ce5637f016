/** F19: wrong, jumping and stalled clocks: the order stays, and times are put right without the transit. */
import { holdUntil } from './harness/actions.mjs';
import { drained } from './harness/device.mjs';
import { percentile } from './harness/figures.mjs';
import { sleep } from './harness/waiting.mjs';

const YEARS_MS = 10 * 365.25 * 86_400_000;
const HOUR_MS = 3_600_000;
/** What a corrected time may be off, median. */
const MAX_SKEW_MS = 1000;
/** By how much a clock may miss what was planted: between the call and the SDK's look at the clock is next to nothing. */
const NEAR_MS = 1000;
/** Less than the 15 s after which the SDK gives a request up: sent again, it would arrive before the one that is stalled. */
const AMOUNT = { quick: { calls: 200, stallMs: 3000 }, full: { calls: 2000, stallMs: 12_000 } };
const WAYS = [
  { name: '10 years slow', startMs: -YEARS_MS },
  { name: '10 years fast', startMs: YEARS_MS },
  { name: 'jumps an hour forward', startMs: 0, jumpMs: HOUR_MS },
  { name: 'jumps an hour back', startMs: 0, jumpMs: -HOUR_MS },
  { name: 'request stalled', startMs: 0, isStalled: true },
];

/** The page's wall clock, off by what a row says; the true time goes along in each event. */
const clockOff = (startMs) => `
  const trueNow = Date.now;
  globalThis.offMs = ${startMs};
  Date.now = () => trueNow() + globalThis.offMs;
  globalThis.trueTime = () => trueNow();`;

export const row = {
  id: 'F19',
  fault: 'clocks wrong, jumping, requests stalled',
  runs: { quick: WAYS.length, full: WAYS.length },
  async run({ world, run, isQuick, figures }) {
    const { startMs, jumpMs = 0, isStalled } = WAYS[run];
    const { calls, stallMs } = isQuick ? AMOUNT.quick : AMOUNT.full;
    const browser = await world.sharedBrowser();
    world.ledger.begin(run, { calls, isExact: true });
    const page = await browser.open(world.site.url('/page.html', `run${run}`), { init: clockOff(startMs) });
    const stalled = { labels: [], isFirst: false };
    if (isStalled) world.proxy.rule = stallOne(world.proxy.tally, stallMs, stalled);
    const half = calls / 2;
    await page.evaluate(trackWithTruth, { run, from: 0, count: half });
    if (jumpMs) await page.evaluate((ms) => (globalThis.offMs += ms), jumpMs);
    await page.evaluate(trackWithTruth, { run, from: half, count: half });
    await drained(page);
    world.proxy.rule = undefined;
    const { rows } = await world.note(page, { withSettled: true });
    await page.close();
    figures.push(...stalled.labels);
    if (isStalled) return stalled.isFirst;
    const isOff = ({ time, properties: { i, at } }) =>
      Math.abs(time - at - startMs - (i < half ? 0 : jumpMs)) <= NEAR_MS;
    const own = rows.flatMap(({ events }) => events).filter(({ properties }) => properties?.at);
    return own.length === calls && own.every(isOff);
  },
  verdict({ events }, { isQuick, notes, figures: stalled }) {
    const own = events.filter(({ run }) => run !== undefined);
    const isBehind = (event, index) =>
      own[index - 1]?.stream === event.stream && own[index - 1].label > event.label;
    const inversions = own.filter(isBehind).length;
    const future = own.filter(({ corrected, received }) => corrected > received + 5000).length;
    const problems = [];
    if (inversions > 0) problems.push(`${inversions} inversions of ${own.length}`);
    if (future > 0) problems.push(`${future} events stored later than they arrived`);
    const half = (isQuick ? AMOUNT.quick : AMOUNT.full).calls / 2;
    for (const [index, { name, isStalled }] of WAYS.entries()) {
      const mine = own.filter(({ run }) => run === index);
      // Each half on its own: a jump between them may put one right and the other an hour off. So may a request that was stalled,
      // which holds fewer events than a half.
      const parts = [mine.filter(({ label }) => label < half), mine.filter(({ label }) => label >= half)];
      if (isStalled) parts.push(mine.filter(({ label }) => stalled.includes(label)));
      const medians = parts.map((events) => percentile(events.map(skewOf), 50));
      notes.push(`${name}: ${medians.join(' and ')} ms`);
      for (const [at, median] of medians.entries())
        if (!(median <= MAX_SKEW_MS)) problems.push(`${name}: ${PARTS[at]} off by ${median} ms, median`);
    }
    return problems;
  },
};

const PARTS = ['first half', 'second half', 'what was stalled'];

/** Stalls the first batch with calls in it. It is the fault only if the collector had none of its rows when it came at last. */
const stallOne = (tally, stallMs, stalled) => (request) => {
  const labels = request.batch.rows.flatMap(({ events }) => events.map(({ properties }) => properties?.i));
  if (stalled.labels.length > 0 || !labels.some(Number.isInteger)) return undefined;
  stalled.labels = labels.filter(Number.isInteger);
  const forwardFirst = async (forward) => {
    const { redundant } = tally;
    const answer = await forward();
    stalled.isFirst = answer.status === 200 && tally.redundant === redundant;
    return answer;
  };
  return (exchange) =>
    holdUntil(sleep(stallMs))({ ...exchange, forward: () => forwardFirst(exchange.forward) });
};

const skewOf = ({ corrected, properties }) => Math.abs(corrected - properties.at);

async function trackWithTruth({ run, from, count }) {
  const answers = [];
  for (let label = from; label < from + count; label += 1) {
    globalThis.ledger({ called: [[run, label]] });
    answers.push(globalThis.faults.call(run, label, { at: globalThis.trueTime() }));
    if (label % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(answers);
}
