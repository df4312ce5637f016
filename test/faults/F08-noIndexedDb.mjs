/** F08: IndexedDB is absent, refuses, or never answers: the visit is delivered from memory and says so. */
import { percentile } from './harness/figures.mjs';

const EVENTS = 50;
/** What is promised; one page of a busy machine may take longer, half of them may not. */
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
        init: WAYS[name],
      });
      const askedAt = Date.now();
      await world.track(page, book);
      const tookMs = Date.now() - askedAt;
      figures.push(tookMs);
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
    notes.push(`answered from memory after ${median} ms, the slowest ${Math.max(...figures)}`);
    // Short runs share the processors with another row.
    return !isQuick && median > MEMORY_MS
      ? [`answered from memory after ${median} ms, ${MEMORY_MS} are promised`]
      : [];
  },
};
