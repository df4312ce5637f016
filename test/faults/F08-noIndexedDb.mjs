/** F08: IndexedDB is absent, refuses, or never answers: the visit is delivered from memory and says so. */
import { percentile } from './harness/figures.mjs';

const EVENTS = 50;
/**
 * What is promised, whichever way the database is missing; single pages of a busy machine may take longer. A short run has one page
 * for each way and shares the processors with another row: it asks only that nothing hangs.
 */
const MEMORY_MS = 500;
/** Beyond this something hangs. */
const ANSWER_GUARD_MS = 2500;

const request = (fire) => `
  IDBFactory.prototype.open = function () {
    const request = new EventTarget();
    const fail = (name) => { request.error = new DOMException('planted', name); };
    const fire = (type) => { const event = new Event(type); request['on' + type]?.(event); request.dispatchEvent(event); };
    setTimeout(() => { ${fire} }, 0);
    return request;
  };`;

const WAYS = {
  absent: "Object.defineProperty(globalThis, 'indexedDB', { value: undefined });",
  refused: "IDBFactory.prototype.open = () => { throw new DOMException('planted', 'SecurityError'); };",
  invalid: request("fail('InvalidStateError'); fire('error');"),
  blocked: request("fire('blocked');"),
  silent: request(''),
  unwritable: `IDBDatabase.prototype.createObjectStore = () => { throw new DOMException('planted', 'InvalidStateError'); };`,
};

/** How long after the script has arrived the first call is answered, by the page's own clock. */
const timeFirst = `
  addEventListener('DOMContentLoaded', () => {
    const scripts = performance.getEntriesByType('resource');
    const { responseEnd } = scripts.find(({ name }) => name.includes('/kikubari.js'));
    const first = globalThis.kikubari('track', 'first');
    first.then(() => (globalThis.answeredMs = Math.round(performance.now() - responseEnd)));
  });`;

export const row = {
  id: 'F08',
  fault: 'IndexedDB absent, refused, silent',
  runs: { quick: 1, full: 5 },
  others: { quick: 1, full: 5 },
  async run({ world, run, problems, figures }) {
    const browser = await world.sharedBrowser();
    const names = Object.keys(WAYS);
    for (const [index, name] of names.entries()) {
      const book = world.ledger.begin(run * names.length + index, { calls: EVENTS, isExact: true });
      const page = await browser.open(world.site.url('/page.html', `run${run}-${name}`), {
        init: WAYS[name] + timeFirst,
      });
      const askedAt = Date.now();
      await world.track(page, book);
      const tookMs = Date.now() - askedAt;
      // An answer that has not come is later than any.
      figures.push({ name, ms: (await page.evaluate(() => globalThis.answeredMs)) ?? Infinity });
      if (tookMs > ANSWER_GUARD_MS) problems.push(`${name}: answered after ${tookMs} ms`);
      const reasons = [...book.refused.values()].filter(({ reason }) => reason === 'no_storage');
      if (reasons.length !== EVENTS)
        problems.push(`${name}: ${reasons.length} of ${EVENTS} said durable: false`);
      if (!(await page.evaluate(() => globalThis.kikubari('flush')))) problems.push(`${name}: flush said no`);
      await page.close();
    }
    problems.push(...browser.problems.splice(0).map((error) => `uncaught: ${error}`));
    return names.length;
  },
  verdict(_totals, { isQuick, notes, figures }) {
    const problems = [];
    const told = [];
    // Each way on its own: one that is always late is a sixth of all figures.
    for (const way of Object.keys(WAYS)) {
      const all = figures.filter(({ name }) => name === way).map(({ ms }) => ms);
      const [median, slowest] = [percentile(all, 50), Math.max(...all)];
      told.push(`${way} ${median}`);
      // Where IndexedDB says nothing, 400 ms are the product's own patience (`openStore.ts`).
      if (!isQuick && !(median <= MEMORY_MS))
        problems.push(`${way}: answered after ${median} ms, median, ${MEMORY_MS} are promised`);
      if (slowest > ANSWER_GUARD_MS) problems.push(`${way}: a first call was answered after ${slowest} ms`);
    }
    const slowest = Math.max(...figures.map(({ ms }) => ms));
    notes.push(`answered from memory after, median: ${told.join(', ')} ms; slowest ${slowest}`);
    return problems;
  },
};
