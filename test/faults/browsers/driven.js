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
    for (;;) {
      const order = await tell('order', location.href);
      void obey(order).catch(() => undefined);
    }
  }
  globalThis.addEventListener('load', () => void serve().catch(() => undefined));
})();
