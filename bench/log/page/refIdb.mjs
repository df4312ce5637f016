/**
 * The least that keeps events through a kill and delivers them: each turn's events are added to IndexedDB in one relaxed
 * transaction, sent in hundreds as plain JSON, and deleted when acknowledged. No ids, no identity, no retries, one tab.
 */
const { indexedDB, IDBKeyRange } = window;

export function start(endpoint) {
  let db;
  let queue = [];
  let writing;
  let isSending = false;

  const opened = new Promise((resolve, reject) => {
    const request = indexedDB.open('ref', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('events', { autoIncrement: true });
    request.onsuccess = () => resolve((db = request.result));
    request.onerror = () => reject(request.error);
  });
  const done = (transaction) =>
    new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  const begin = (mode) => db.transaction('events', mode, { durability: 'relaxed' });

  const write = () => {
    writing = undefined;
    if (!db) return opened.then(write);
    const events = queue;
    if (!events.length) return undefined;
    queue = [];
    const transaction = begin('readwrite');
    const store = transaction.objectStore('events');
    for (const event of events) store.add(event);
    transaction.commit();
    return done(transaction);
  };

  const send = async () => {
    if (isSending) return;
    isSending = true;
    try {
      await opened;
      await write();
      while (await sendOne());
    } catch {
      // The next interval tries again.
    } finally {
      isSending = false;
    }
  };
  const sendOne = async () => {
    const transaction = begin('readonly');
    const store = transaction.objectStore('events');
    const keys = store.getAllKeys(null, 100);
    const events = store.getAll(null, 100);
    await done(transaction);
    if (!keys.result.length) return false;
    const response = await fetch(endpoint, { method: 'POST', body: JSON.stringify(events.result) });
    if (!response.ok) return false;
    const deletion = begin('readwrite');
    deletion.objectStore('events').delete(IDBKeyRange.bound(keys.result[0], keys.result.at(-1)));
    deletion.commit();
    return true;
  };
  setInterval(send, 2000);
  setTimeout(send, 50);
  window.addEventListener('pagehide', write);

  return {
    track(name, properties) {
      queue.push({ name, properties, time: Date.now() });
      writing ??= Promise.resolve().then(write);
      return writing;
    },
    durable: (result) => result,
    flush: send,
  };
}
