/** Kinds of visits: databases that fail, and the cookie. `run` happens in the page. */
const NO_DATABASE = "Object.defineProperty(globalThis, 'indexedDB', { value: undefined });";
/** A browser that loses its connections, and refuses every other transaction that writes. */
const LOSING = `{ let turn = 0; const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (stores, mode) {
    if (globalThis.isLosing && (turn += 1) % 2) this.close();
    return transaction.call(this, stores, mode);
  }; }`;
const FULL = `{ const { add } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.add = function (value) {
    if (globalThis.isFull) throw new DOMException('planted', 'QuotaExceededError');
    return add.call(this, value);
  }; }`;
const ABORTING = `{ const { add } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.add = function (value) {
    const request = add.call(this, value);
    if (globalThis.isAborting) this.transaction.abort();
    return request;
  }; }`;
/** Nothing can be read any more: of a page that is open, or from its start. */
const BROKEN = `{ const { get, getAll } = IDBObjectStore.prototype;
  const broken = (read) => function (...args) {
    if (globalThis.isBroken) throw new DOMException('planted', 'UnknownError');
    return read.apply(this, args);
  };
  Object.assign(IDBObjectStore.prototype, { get: broken(get), getAll: broken(getAll) }); }`;
/** No visitor can be written. */
const NO_VISITOR = `{ const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value, key) {
    if (key === 'who' && this.transaction.mode === 'readwrite') throw new DOMException('planted', 'QuotaExceededError');
    return put.call(this, value, key);
  }; }`;
const COOKIE = `document.cookie = 'kikubari-faults=01890000-0000-7000-8000-000000000001;path=/';`;

export const databaseVisits = {
  noDatabase: {
    before: NO_DATABASE,
    campaigns: /^(banner|survey)$/,
    async run(host) {
      await host.ours('track', 'step');
      await host.shown();
      host.click('.button');
      await host.ours('flush');
      host.ours('reset');
      host.ours('show', 'banner');
      await host.ours('consent', { measure: false });
    },
  },
  losing: {
    before: LOSING,
    campaigns: /^banner$/,
    async run(host) {
      await host.ours('track', 'step');
      globalThis.isLosing = true;
      await host.ours('track', 'lost');
      host.pass(2000);
      await host.ours('track', 'lost again');
      await host.ours('flush');
      globalThis.isLosing = false;
      await host.ours('track', 'last');
    },
  },
  full: {
    before: FULL,
    campaigns: /^banner$/,
    async run(host) {
      await host.ours('track', 'step');
      globalThis.isFull = true;
      await host.ours('identify', 'user-1');
      host.pass(2000);
      await host.ours('track', 'dropped');
      await host.ours('reset');
      globalThis.isFull = false;
      await host.ours('track', 'kept');
      await host.ours('flush');
    },
  },
  cookie: {
    campaigns: /^banner$/,
    before: COOKIE,
    attributes: 'data-cookie-domain="localhost"',
    async run(host) {
      await host.ours('track', 'step');
      await host.shown();
      await host.ours('reset');
      await host.ours('identify', 'user-1');
      await host.ours('consent', { measure: false, personalise: false, survey: false, identify: false });
    },
  },
  cookieAlone: {
    before: COOKIE + NO_VISITOR,
    attributes: 'data-cookie-domain="localhost"',
    run: (host) => host.ours('track', 'step'),
  },
  aborting: {
    before: ABORTING,
    async run(host) {
      await host.ours('track', 'step');
      globalThis.isAborting = true;
      await host.ours('track', 'lost');
    },
  },
  broken: {
    before: BROKEN,
    campaigns: /^banner$/,
    async run(host) {
      await host.ours('track', 'step');
      await host.shown();
      globalThis.isBroken = true;
      await host.ours('identify', 'user-1');
      host.pass(2000);
      await host.ours('reset');
      await host.ours('explain', 'banner');
      await host.ours('flush');
    },
  },
  brokenAtOnce: {
    before: `${BROKEN} globalThis.isBroken = true;`,
    run: (host) => host.ours('track', 'step'),
  },
};
