/** What a host does with itself and with us. */
(() => {
  /** Longer than anything of ours waits for: a database that another tab holds open. */
  const HANG_MS = 3000;
  const { now } = Date;
  let shiftMs = 0;
  Date.now = () => now() + shiftMs;
  const { setTimeout } = globalThis;
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const notes = [];
  const note = (name, value) => notes.push(`${name}: ${value}`);
  const waiting = new Set();
  let number = 0;

  function call(page, ...args) {
    const key = `${++number} ${args[0]}`;
    try {
      const answer = page.kikubari?.(...args);
      if (!answer?.then) return Promise.resolve(answer);
      waiting.add(key);
      const settled = (value) => (waiting.delete(key), value);
      const heard = answer.then(settled, (error) => settled(note('rejected', `${key} ${error}`)));
      return Promise.race([heard, pause(HANG_MS)]);
    } catch (error) {
      note('thrown', `${key} ${error}`);
      return Promise.resolve();
    }
  }

  const host = {
    note,
    pause,
    /** Turns the wall clock on. */
    pass: (ms) => (shiftMs += ms),
    /** A call of ours: it must not throw, nor reject, nor hang; what it answers is our affair. */
    ours: (...args) => call(globalThis, ...args),
    /** Asks until there is a program that can answer. */
    async explained(id) {
      for (const end = performance.now() + 800; performance.now() < end; await pause(40))
        if (await host.ours('explain', id)) return;
    },
    /** Waits for what may never come, since something of ours may have thrown. */
    async until(test, ms = 700) {
      for (const end = performance.now() + ms; performance.now() < end; await pause(10)) if (test()) return;
    },
    /** Elements of ours on the page, or within it. */
    found: (selector) =>
      [...document.querySelectorAll('[data-kikubari]')].flatMap(({ shadowRoot }) => [
        ...shadowRoot.querySelectorAll(selector),
      ]),
    click: (selector) => host.found(selector).forEach((one) => one.click()),
    async shown(selector = '.surface') {
      await host.until(() => host.found(selector).length > 0);
    },
    async gone(selector = '.surface') {
      await host.until(() => host.found(selector).length === 0);
    },
    fire(target, type, properties = {}, kind = 'Event') {
      const event = new window[kind](type, { bubbles: true, cancelable: true, ...properties });
      target.dispatchEvent(event);
    },
    /** Hides the page, or shows it again. */
    see(isHidden) {
      Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true });
      const value = isHidden ? 'hidden' : 'visible';
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      host.fire(document, 'visibilitychange');
    },
    load(change = () => undefined) {
      const tag = document.createElement('script');
      for (const { name, value } of document.getElementById('ours').content.firstChild.attributes)
        tag.setAttribute(name, value);
      change(tag);
      const loaded = new Promise((resolve) => (tag.onload = resolve));
      document.head.append(tag);
      return loaded;
    },
    /** Another tab of the site. */
    async tab() {
      const frame = document.createElement('iframe');
      frame.src = location.href;
      const loaded = new Promise((resolve) => (frame.onload = resolve));
      document.body.append(frame);
      await loaded;
      return {
        end: () => frame.remove(),
        load: () => frame.contentWindow.host.load(),
        ours: (...args) => call(frame.contentWindow, ...args),
      };
    },
    /** The host's own business, then what the visit is about; resolves what the host got. */
    async visit(run) {
      const own = business();
      await run(host);
      await own;
      await host.until(() => waiting.size === 0, HANG_MS);
      for (const key of waiting) note('hangs', key);
      return notes.sort();
    },
  };
  globalThis.host = host;

  /** The host's own business, which must come out the same whatever happens to us. */
  async function business() {
    const form = document.getElementById('form');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      note('submit', new FormData(form).get('size'));
    });
    const button = document.getElementById('button');
    button.addEventListener('click', (event) => note('click', event.defaultPrevented));
    button.click();
    document.getElementById('field').focus();
    note('focus', document.activeElement.id);
    for (const change of ['pushState', 'replaceState']) {
      note(change, history[change]({ change }, '', `?route=${change}`));
      note('state', history.state.change);
    }
    note('fetch', await fetch('/host-data').then((response) => response.text()));
    form.requestSubmit();
  }
})();
