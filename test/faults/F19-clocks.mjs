/** F19: wrong, jumping and stalled clocks: the order stays, and times are put right without the transit. */
import { holdUntil } from './harness/actions.mjs';
import { drained } from './harness/device.mjs';
import { percentile } from './harness/figures.mjs';
import { sleep } from './harness/waiting.mjs';

const YEARS_MS = 10 * 365.25 * 86_400_000;
const HOUR_MS = 3_600_000;
/** What a corrected time may be off, median. */
const MAX_SKEW_MS = 1000;
const AMOUNT = { quick: { calls: 200, stallMs: 3000 }, full: { calls: 2000, stallMs: 30_000 } };
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
  async run({ world, run, isQuick }) {
    const { name, startMs, jumpMs, isStalled } = WAYS[run];
    const { calls, stallMs } = isQuick ? AMOUNT.quick : AMOUNT.full;
    const browser = await world.sharedBrowser();
    world.ledger.begin(run, { calls, isExact: true });
    const page = await browser.open(world.site.url('/page.html', `run${run}`), { init: clockOff(startMs) });
    let stalled = 0;
    if (isStalled) world.proxy.rule = () => (stalled++ === 0 ? holdUntil(sleep(stallMs)) : undefined);
    const half = calls / 2;
    await page.evaluate(trackWithTruth, { run, from: 0, count: half });
    if (jumpMs) await page.evaluate((ms) => (globalThis.offMs += ms), jumpMs);
    await page.evaluate(trackWithTruth, { run, from: half, count: half });
    await drained(page);
    world.proxy.rule = undefined;
    await world.note(page);
    await page.close();
    return isStalled ? stalled > 0 : name.length > 0;
  },
  verdict({ events }, { isQuick, notes }) {
    const own = events.filter(({ run }) => run !== undefined);
    const isBehind = (event, index) =>
      own[index - 1]?.stream === event.stream && own[index - 1].label > event.label;
    const inversions = own.filter(isBehind).length;
    const future = own.filter(({ corrected, received }) => corrected > received + 5000).length;
    const problems = [];
    if (inversions > 0) problems.push(`${inversions} inversions of ${own.length}`);
    if (future > 0) problems.push(`${future} events stored later than they arrived`);
    const half = (isQuick ? AMOUNT.quick : AMOUNT.full).calls / 2;
    for (const [index, { name }] of WAYS.entries()) {
      const mine = own.filter(({ run }) => run === index);
      // Each half on its own: a jump between them may put one right and the other an hour off.
      const halves = [mine.filter(({ label }) => label < half), mine.filter(({ label }) => label >= half)];
      const medians = halves.map((events) => percentile(events.map(skewOf), 50));
      notes.push(`${name}: ${medians.join(' and ')} ms`);
      for (const [at, median] of medians.entries())
        if (!(median <= MAX_SKEW_MS)) problems.push(`${name}: half ${at + 1} off by ${median} ms, median`);
    }
    return problems;
  },
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
