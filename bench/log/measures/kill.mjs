/** 200 events while the collector is down, then the page is closed at once, or the browser killed a second later: what arrives afterwards. */
import { newProfile, removeProfile, sleep, startBrowser } from '../browser.mjs';
import { startCollector } from '../collector.mjs';
import { progress, verdict } from '../numbers.mjs';
import { openSubject } from '../subjects.mjs';

const EVENTS = 200;
const ARRIVAL_MS = 20_000;
const STARTED_MS = 700;
/** Whether a second copy follows. */
const AFTER_MS = 4000;

export async function measure({ pages }) {
  const refIdb = await runOnce('refIdb', pages);
  const kikubari = await runOnce('kikubari', pages);
  const cases = { closed: 'page closed at once', killed: 'browser killed after 1 s' };
  for (const [name, what] of Object.entries(cases)) {
    verdict({
      what: `arrived of 200, ${what}`,
      ours: kikubari[name].arrived,
      reference: refIdb[name].arrived,
      unit: 'events',
      least: EVENTS,
    });
    progress(`sent again after they had arrived: ${kikubari[name].doubled}`);
  }
}

async function runOnce(subject, pages) {
  progress(`kill: ${subject}`);
  const collector = await startCollector();
  const profile = newProfile();
  const open = async (browser, name) => {
    const address = pages.address(`${subject.toLowerCase()}-${name}`);
    const page = await openSubject(browser.context, subject, address, collector.endpoint);
    await sleep(STARTED_MS);
    return page;
  };
  try {
    let browser = await startBrowser(profile);
    const closed = await open(browser, 'closed');
    await collector.down();
    await closed.evaluate(callAtOnce, ['closed', EVENTS]);
    await closed.close();
    await sleep(1500);
    await browser.close();

    await collector.up();
    browser = await startBrowser(profile);
    const killed = await open(browser, 'killed');
    await collector.down();
    await killed.evaluate(callAtOnce, ['killed', EVENTS]);
    await sleep(1000);
    await browser.kill();

    await collector.up();
    browser = await startBrowser(profile);
    for (const name of ['closed', 'killed']) await open(browser, name);
    const until = Date.now() + ARRIVAL_MS;
    while (collector.counts().ids.size < 2 * EVENTS && Date.now() < until) await sleep(200);
    await sleep(AFTER_MS);
    await browser.close();
    return { closed: count(collector, 'closed'), killed: count(collector, 'killed') };
  } finally {
    await collector.down();
    removeProfile(profile);
  }
}

/** In the page. */
function callAtOnce([name, events]) {
  for (let index = 0; index < events; index++) {
    const item = { sku: `SKU-${index}`, price: 12.5 + index, currency: 'JPY', quantity: 1 };
    void window.bench.track('add_to_cart', { bench: `bench-${name}-${index}`, ...item });
  }
}

function count(collector, name) {
  const times = [...collector.counts().ids]
    .filter(([id]) => id.startsWith(`bench-${name}-`))
    .map(([, n]) => n);
  return { arrived: times.length, doubled: times.filter((n) => n > 1).length };
}
