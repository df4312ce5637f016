/** In the page: what kills its database while it is open (F09). */

/** Keeps what was opened, so that a strike can reach it. */
export const CAPTURE = `
  globalThis.databases = [];
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...args) {
    const request = open.apply(this, args);
    request.addEventListener('success', () => globalThis.databases.push(request.result));
    return request;
  };`;

/** Each counts in `struck` what it really has hit, which may be only when the page next writes. */
export const STRIKES = `
  globalThis.struck = 0;
  const isClosed = (db) => { try { return !db.transaction('meta'); } catch { return true; } };
  const closeAll = (type) => {
    // As a later version of the script that asks for the database would be told of.
    const told = () => new IDBVersionChangeEvent(type, { oldVersion: 1, newVersion: 2 });
    for (const db of databases) { if (type === 'close') db.close(); db.dispatchEvent(told()); }
    struck += databases.filter(isClosed).length;
  };
  // Not just the next transaction: that may be the lease's, which is asked for again all the same, and holds no event.
  const abortAppend = () => {
    const { add } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.add = function (...args) {
      const request = add.apply(this, args);
      if (this.name === 'log' && String(args[0]).includes('"step"')) {
        IDBObjectStore.prototype.add = add;
        this.transaction.addEventListener('abort', () => (struck += 1));
        this.transaction.commit = function () { this.abort(); };
      }
      return request;
    };
  };
  const loseConnections = () => {
    const lost = new Set(databases);
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...args) {
      if (!lost.has(this)) return transaction.apply(this, args);
      struck += 1;
      throw new DOMException('Connection to Indexed Database server lost. Refresh the page to try again', 'UnknownError');
    };
  };
  const writeGarbage = () => {
    const log = databases[0].transaction('log', 'readwrite').objectStore('log');
    log.add('{"events": [').onsuccess = () => (struck += 1);
  };`;
