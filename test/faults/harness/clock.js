/** In the page, before the SDK captures its clock: time that passes only when a row says so. */
(() => {
  const { setTimeout, clearTimeout, Date: RealDate } = globalThis;
  const { fetch } = globalThis;
  const real = performance.now.bind(performance);
  globalThis.realSetTimeout = setTimeout;
  globalThis.realClearTimeout = clearTimeout;
  globalThis.realNow = real;
  let wall = globalThis.clockStartsAt ?? RealDate.now();
  let monotonic = 0;
  let timers = [];
  let lastTimer = 0;
  let open = 0;
  /** Simulated time of each request. */
  const requests = [];

  RealDate.now = () => wall;
  performance.now = () => monotonic;
  globalThis.setTimeout = (run, delayMs = 0, ...args) => {
    lastTimer += 1;
    timers.push({ id: lastTimer, at: monotonic + Math.max(0, delayMs), run: () => run(...args) });
    return lastTimer;
  };
  globalThis.clearTimeout = (id) => void (timers = timers.filter((timer) => timer.id !== id));
  globalThis.fetch = (...args) => {
    requests.push({ at: monotonic, url: String(args[0]) });
    open += 1;
    return fetch(...args).finally(() => (open -= 1));
  };

  // Open transactions count as well: they take real time in which nothing simulated may pass.
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...args) {
    const opened = transaction.apply(this, args);
    open += 1;
    for (const end of ['complete', 'abort']) opened.addEventListener(end, () => (open -= 1));
    return opened;
  };

  const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
  /** Lets promises, transactions and requests come to rest: simulated time stands still meanwhile. */
  async function settle() {
    for (let quiet = 0; quiet < 2; quiet = open > 0 ? 0 : quiet + 1) await turn();
  }
  const move = (to) => {
    wall += to - monotonic;
    monotonic = to;
  };
  /** Passes `ms`, running each timer at its own time. */
  async function advance(ms) {
    const end = monotonic + ms;
    for (;;) {
      const due = timers.reduce((first, timer) => (!first || timer.at < first.at ? timer : first), undefined);
      if (!due || due.at > end) break;
      timers.splice(timers.indexOf(due), 1);
      move(Math.max(monotonic, due.at));
      due.run();
      await settle();
    }
    move(end);
  }
  globalThis.clock = { advance, settle, requests, now: () => monotonic, shiftWall: (ms) => (wall += ms) };
})();
