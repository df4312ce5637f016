/** In every page: tells the driver over loopback what the ledger is to hear and what nobody caught. */
(() => {
  const { port, number } = globalThis.driver;
  // As they are before a row, or the host page it plays, puts others into their place.
  const { JSON, String } = globalThis;
  const fetch = globalThis.fetch.bind(globalThis);

  async function tell(path, message) {
    const url = `http://127.0.0.1:${port}/${path}/${number}`;
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(message) });
    return JSON.parse(await response.text());
  }
  const report = (error) => void tell('problem', String(error)).catch(() => undefined);

  globalThis.driver.tell = tell;
  /** Resolves when the driver lets the page go on. */
  globalThis.ledger = (message) => tell('ledger', message);
  globalThis.addEventListener('error', ({ message, error }) => report(error ?? message));
  globalThis.addEventListener('unhandledrejection', ({ reason }) => report(reason));
})();
