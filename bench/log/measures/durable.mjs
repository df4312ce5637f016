/** What a call costs the main thread until its event is on disk, at 1, 10 and 300 calls in a turn. */
import { sleep, withBrowser } from '../browser.mjs';
import { startCollector } from '../collector.mjs';
import { watchMainThread } from '../mainThread.mjs';
import { median, progress, verdict } from '../numbers.mjs';
import { openSubject, SETTLED_MS, SUBJECTS } from '../subjects.mjs';

const SHAPES = [
  { calls: 1, turns: 200 },
  { calls: 10, turns: 100 },
  { calls: 300, turns: 6 },
];

export async function measure({ pages, rounds, isProfiled }) {
  const collector = await startCollector();
  const results = Object.fromEntries(
    SHAPES.map(({ calls }) => [calls, { empty: [], refIdb: [], kikubari: [] }]),
  );
  await withBrowser(async (context) => {
    const once = (shape, subject, isProfiled) =>
      runOnce(context, shape, subject, pages, collector, isProfiled);
    for (let round = 1; round <= rounds; round++) {
      const told = [];
      for (const shape of SHAPES) {
        const of = results[shape.calls];
        for (const subject of SUBJECTS) of[subject].push(await once(shape, subject));
        told.push(
          `${shape.calls}: ${over(of, 'kikubari').toFixed(1)}, ref-idb ${over(of, 'refIdb').toFixed(1)} us`,
        );
      }
      progress(`durable, round ${round} of ${rounds}: ${told.join('; ')}`);
    }
    if (isProfiled) for (const shape of SHAPES) await once(shape, 'kikubari', true);
  });
  await collector.down();
  for (const { calls } of SHAPES) {
    verdict({
      what: `main thread per call until durable, ${calls} in a turn`,
      ours: over(results[calls], 'kikubari'),
      reference: over(results[calls], 'refIdb'),
      unit: 'us',
      mostRatio: 1.5,
    });
  }
}

/** Over the empty page of the same round. */
const over = (of, subject) => median(of[subject].map((us, round) => us - of.empty[round]));

async function runOnce(context, { calls, turns }, subject, pages, collector, isProfiled) {
  const page = await openSubject(context, subject, pages.address(), collector.endpoint);
  await sleep(SETTLED_MS);
  // While a request is under way no other is made: what is measured is the writing alone.
  const release = collector.hold();
  await page.evaluate(takeTurns, { calls: 1, turns: 1 });
  await page.evaluate(() => void window.bench.flush());
  await sleep(300);
  const thread = await watchMainThread(page);
  const before = await thread.ms();
  const run = () => page.evaluate(takeTurns, { calls, turns });
  await (isProfiled ? thread.profiled(`durable, ${calls} in a turn`, run) : run());
  const us = (((await thread.ms()) - before) * 1000) / (calls * turns);
  release();
  await page.close();
  return us;
}

/** In the page: each turn begins when the one before is on disk. */
async function takeTurns({ calls, turns }) {
  const { track, durable } = window.bench;
  for (let turn = 0; turn < turns; turn++) {
    let result;
    for (let call = 0; call < calls; call++) {
      const bench = `bench-d-${turn}`;
      result = track('add_to_cart', {
        bench,
        sku: `SKU-${call}`,
        price: 12.5 + call,
        currency: 'JPY',
        quantity: 1,
      });
    }
    await durable(result);
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
}
