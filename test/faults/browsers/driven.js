/** In a page that no protocol drives: asks the driver what to do, does it and answers. */
(() => {
  const { tell } = globalThis.driver;
  const { Function, String, location } = globalThis;

  async function obey({ id, run, arg }) {
    try {
      const result = await new Function(`return (${run})`)()(arg);
      await tell('answer', { id, result });
    } catch (error) {
      await tell('answer', { id, error: String(error?.message ?? error) });
    }
  }

  async function serve() {
    await tell('loaded', location.href);
    for (;;) void obey(await tell('order')).catch(() => undefined);
  }

  // Ends with the page.
  void tell('present').catch(() => undefined);
  globalThis.addEventListener('load', () => void serve().catch(() => undefined));
})();
