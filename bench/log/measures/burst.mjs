/** 1,000 events of five properties, ten in a turn: what the calls take, what it costs until delivered, and what goes over the wire. */
import { sleep, withBrowser } from '../browser.mjs';
import { startCollector } from '../collector.mjs';
import { watchMainThread } from '../mainThread.mjs';
import { median, progress, quantile, verdict } from '../numbers.mjs';
import { openSubject, SUBJECTS } from '../subjects.mjs';

const EVENTS = 1000;
/** From the start to the first call: as the harness has it that `peers.mjs` runs. */
const STARTED_MS = 700;
const DELIVERY_MS = 30_000;
/** What follows a receipt is part of the cost. */
const AFTER_MS = 400;

export async function measure({ pages, rounds, isProfiled }) {
  const collector = await startCollector();
  const results = { empty: [], refIdb: [], kikubari: [] };
  await withBrowser(async (context) => {
    const once = (subject, isProfiled) => runOnce(context, subject, pages, collector, isProfiled);
    for (let round = 1; round <= rounds; round++) {
      for (const subject of SUBJECTS) results[subject].push(await once(subject));
      const told = SUBJECTS.map((subject) => `${subject} ${Math.round(results[subject].at(-1).cpuMs)} ms`);
      progress(`burst, round ${round} of ${rounds}: ${told.join(', ')}`);
    }
    if (isProfiled) for (const subject of SUBJECTS.slice(1)) await once(subject, true);
  });
  await collector.down();
  report(results);
}

async function runOnce(context, subject, pages, collector, isProfiled) {
  const page = await openSubject(context, subject, pages.address(), collector.endpoint);
  await page.evaluate(() => void window.bench.track('page_view', { first: true }));
  await sleep(STARTED_MS);
  const thread = await watchMainThread(page);
  collector.reset();
  const before = await thread.ms();
  const run = async () => {
    const callsUs = await page.evaluate(callMany, EVENTS);
    await page.evaluate(() => void window.bench.flush());
    const until = Date.now() + DELIVERY_MS;
    while (subject !== 'empty' && collector.counts().ids.size < EVENTS && Date.now() < until) await sleep(50);
    await sleep(AFTER_MS);
    return callsUs;
  };
  const callsUs = await (isProfiled ? thread.profiled(`burst of ${subject}`, run) : run());
  const cpuMs = (await thread.ms()) - before;
  const { ids, wireBytes, bodyBytes, requests, preflights } = collector.counts();
  await page.close();
  const doubled = [...ids.values()].filter((times) => times > 1).length;
  return { callsUs, cpuMs, wireBytes, bodyBytes, requests, preflights, arrived: ids.size, doubled };
}

/** In the page. */
async function callMany(events) {
  const { track } = window.bench;
  const tookUs = [];
  for (let index = 0; index < events;) {
    for (let call = 0; call < 10; call++, index++) {
      const bench = `bench-t-${String(index).padStart(4, '0')}`;
      const item = {
        bench,
        sku: `SKU-${index % 97}`,
        price: 12.5 + index,
        currency: 'JPY',
        quantity: 1 + (index % 3),
      };
      const startedAt = performance.now();
      void track('add_to_cart', item);
      tookUs.push((performance.now() - startedAt) * 1000);
    }
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
  return tookUs;
}

function report({ empty, refIdb, kikubari }) {
  const of = (results, figure) => median(results.map(figure));
  // Over the empty page of the same round, so that all three saw the same machine.
  const costMs = (results) => median(results.map(({ cpuMs }, round) => cpuMs - empty[round].cpuMs));
  const compare = (what, figure, target) =>
    verdict({ what, ours: of(kikubari, figure), reference: of(refIdb, figure), ...target });
  // The difference of two readings has more digits than the clock.
  const read = (us) => Math.round(us * 100) / 100;
  compare('track() returns, median', ({ callsUs }) => read(median(callsUs)), { unit: 'us', most: 5 });
  compare('track() returns, p99', ({ callsUs }) => read(quantile(callsUs, 0.99)), { unit: 'us', most: 50 });
  const mean = ({ callsUs }) => callsUs.reduce((sum, us) => sum + us, 0) / callsUs.length;
  progress(`the clock has steps of 5 us; mean of ours ${of(kikubari, mean).toFixed(1)} us`);
  verdict({
    what: 'main thread until 1,000 events are delivered',
    ours: costMs(kikubari),
    reference: costMs(refIdb),
    unit: 'ms',
    mostRatio: 1,
  });
  compare('wire, burst', ({ wireBytes }) => wireBytes / EVENTS, { unit: 'bytes an event', most: 40 });
  progress(`of which bodies: ${of(kikubari, ({ bodyBytes }) => bodyBytes / EVENTS).toFixed(1)}`);
  compare('requests, burst', ({ requests }) => requests, { unit: 'per 1,000 events', most: 20 });
  compare('preflights, burst', ({ preflights }) => preflights, { unit: 'in all', most: 0 });
  verdict({
    what: 'delivered once, of 1,000, worst round',
    ours: Math.min(...kikubari.map(({ arrived, doubled }) => arrived - doubled)),
    unit: 'events',
    least: EVENTS,
  });
}
