/** Everything a row needs, fresh: a collector with an empty folder, the proxy in front of it, a web site, a ledger. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { balance } from './balance.mjs';
import { openBrowser, wipeClosed } from './browser.mjs';
import { createCollector } from './collector.mjs';
import { drained, readDevice, tellDrops, warm } from './device.mjs';
import { createLedger } from './ledger.mjs';
import { judgeMetrics, settledMetrics } from './metrics.mjs';
import { buildSpoiled } from './bundle.mjs';
import { createProxy } from './proxy.mjs';
import { startSite } from './site.mjs';
import { readStored } from './stored.mjs';
import { guarded } from './waiting.mjs';

const STOP_MS = 120_000;

export async function createWorld({ browser, sabotage, start, mayDrop } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'kikubari-faults-'));
  const dataDir = join(folder, 'data');
  const collector = createCollector(dataDir, sabotage?.answers);
  const proxy = createProxy(collector, sabotage?.proxy);
  const ledger = createLedger();
  const devices = new Map();
  const browsers = new Set();
  await collector.start(start);
  await proxy.open();
  const site = await startSite(proxy.url(), sabotage?.sdk && (await buildSpoiled(sabotage.sdk)));
  return {
    ...{ folder, dataDir, collector, proxy, site, ledger, devices },
    ...visiting({ kind: browser, site, ledger, devices, browsers }),
    /** Stops everything and closes the books. */
    async settle() {
      for (const browser of browsers) await browser.close();
      // An orderly end: what is durable is in the store afterwards.
      if (!collector.isRunning()) await collector.start();
      const metrics = await settledMetrics(collector);
      const code = await guarded(collector.stop(), 'the collector to stop', STOP_MS);
      const stored = await readStored(dataDir);
      const books = balance({ ledger, devices, stored, mayDrop });
      books.problems.push(...judgeMetrics(metrics, stored, collector.starts === 1));
      if (code !== 0)
        books.problems.push(`the collector ended with ${code}: ${collector.output().slice(-300)}`);
      return { ...books, redundant: proxy.tally.redundant, events: stored.events, told: stored.drops };
    },
    async remove() {
      for (const browser of browsers) {
        await browser.kill().catch(() => undefined);
        browser.remove();
      }
      await collector.kill();
      await proxy.close().catch(() => undefined);
      site.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Browsers of one kind, and what they do on the site. */
function visiting({ kind, site, ledger, devices, browsers }) {
  let shared;
  const visits = {
    /** A browser, on a new profile if none is given: its database answers then as it does of one that is in use. */
    async openBrowser(options = {}) {
      const browser = await openBrowser({ browser: kind, hear: ledger.hear, ...options });
      browsers.add(browser);
      if (!options.profile) await warm(browser, site.url('/blank.html'));
      return browser;
    },
    warm: (browser, origin) => warm(browser, site.url('/blank.html', origin)),
    /** One browser for all runs of a row, where runs are origins of their own. */
    sharedBrowser: () => (shared ??= visits.openBrowser()),
    /** Deletes what the shared browser keeps of the origin; one that can do so only while it is closed starts again. */
    async wipe(url) {
      const browser = await visits.sharedBrowser();
      if (browser.wipe) return browser.wipe(url);
      browsers.delete(browser);
      await browser.close();
      await wipeClosed(kind, browser.profile, url);
      shared = visits.openBrowser({ profile: browser.profile });
    },
    /** Calls `track()` in the page as `tracking.js` has it; resolves when every call is answered. */
    track: (page, book, options = {}) =>
      page.evaluate((asked) => globalThis.faults.track(asked), {
        run: book.run,
        count: book.planned,
        ...options,
      }),
    /** Opens the profile again, waits until its queue is empty, enters the device into the books and goes. */
    async returnAndDrain(profile, { url = site.url(), guardMs } = {}) {
      const browser = await visits.openBrowser({ profile });
      const page = await browser.open(url);
      const loadedAt = Date.now();
      await drained(page, guardMs);
      const drainedMs = Date.now() - loadedAt;
      const device = await visits.note(page);
      await visits.retire(browser);
      return { ...device, drainedMs };
    },
    /** Enters what the device of this page holds into the books, once it has had a chance to tell of its drops. */
    async note(page, options) {
      const before = await readDevice(page);
      if (before && Object.keys(before.dropped).length > 0) await tellDrops(page);
      const device = await readDevice(page, options);
      if (device) devices.set(device.visitor ?? `device ${devices.size}`, device);
      return device;
    },
    /** Closes the browser for good. */
    async retire(browser) {
      browsers.delete(browser);
      await browser.close();
      browser.remove();
    },
  };
  return visits;
}
