/** F08: IndexedDB is absent, refuses, or never answers: the visit is delivered from memory and says so. */
import { percentile } from './harness/figures.mjs';

const EVENTS = 50;
/** What is promised; single pages of a busy machine may take longer. */
const MEMORY_MS = 500;
/** The share of pages that may in a full run. Short runs share the processors with another row, and ask only that nothing hangs. */
const MOST_LATE = 0.25;
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
      figures.push((await page.evaluate(() => globalThis.answeredMs)) ?? Infinity);
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
    const median = percentile(figures, 50);
    const late = figures.filter((ms) => ms > MEMORY_MS).length;
    notes.push(
      `${late} of ${figures.length} answered from memory later than ${MEMORY_MS} ms, median ${median}, slowest ${Math.max(...figures)}`,
    );
    // Of these 400 are the product's own patience; the rest is what else the machine does.
    if (!isQuick && late > figures.length * MOST_LATE)
      return [`${late} of ${figures.length} answered later than the ${MEMORY_MS} ms promised`];
    return figures.some((ms) => ms > ANSWER_GUARD_MS) ? ['a first call was not answered'] : [];
  },
};
