/** A visitor at work: one event every 0.7 s, what that puts on the wire. */
import { sleep, withBrowser } from '../browser.mjs';
import { startCollector } from '../collector.mjs';
import { progress, verdict } from '../numbers.mjs';
import { openSubject, SETTLED_MS } from '../subjects.mjs';

const EVENTS = 60;
const PACE_MS = 700;

/** Bytes need no rounds: they do not depend on the machine. */
export async function measure({ pages }) {
  progress(`pace: one event every ${PACE_MS / 1000} s for ${(EVENTS * PACE_MS) / 1000} s`);
  await withBrowser(async (context) => {
    const [refIdb, kikubari] = await Promise.all(
      ['refIdb', 'kikubari'].map((subject) => runOnce(context, subject, pages)),
    );
    verdict({
      what: 'wire, one event every 0.7 s',
      ours: kikubari.wireBytes / EVENTS,
      reference: refIdb.wireBytes / EVENTS,
      unit: 'bytes an event',
      most: 120,
    });
    const { wireBytes, bodyBytes, requests } = kikubari;
    const perRequest = (bytes) => Math.round(bytes / requests);
    progress(
      `${requests} requests of ${(EVENTS / requests).toFixed(1)} events: ${perRequest(wireBytes - bodyBytes)} bytes of HTTP and ${perRequest(bodyBytes)} of body each`,
    );
  });
}

async function runOnce(context, subject, pages) {
  const collector = await startCollector();
  const page = await openSubject(context, subject, pages.address(), collector.endpoint);
  await sleep(SETTLED_MS);
  collector.reset();
  await page.evaluate(callSlowly, [EVENTS, PACE_MS]);
  await page.evaluate(() => window.bench.flush());
  await sleep(300);
  const counts = collector.counts();
  await page.close();
  await collector.down();
  if (counts.ids.size !== EVENTS)
    throw new Error(`${subject}: ${counts.ids.size} of ${EVENTS} events arrived`);
  return counts;
}

/** In the page. */
async function callSlowly([events, paceMs]) {
  for (let index = 0; index < events; index++) {
    const item = {
      sku: `SKU-${index % 97}`,
      price: 12.5 + index,
      currency: 'JPY',
      quantity: 1 + (index % 3),
    };
    void window.bench.track('add_to_cart', { bench: `bench-p-${index}`, ...item });
    await new Promise((resolve) => setTimeout(resolve, paceMs));
  }
}
