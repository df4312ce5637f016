/** The driver's end of `driven.js`: tabs of a browser that no protocol drives, which ask over loopback what to do. */
import { readFileSync } from 'node:fs';
import { guarded } from '../harness/waiting.mjs';
import { startLoopback } from './loopback.mjs';

const DRIVEN = readFileSync(new URL('driven.js', import.meta.url), 'utf8');
const LOAD_MS = 60_000;

/** The first page of the browser, which has no other task than to open the tabs. */
const OPENER = `<!doctype html><title>Driver</title><script>
  (async () => {
    for (;;) window.open(await (await fetch('/tab')).text(), '_blank', 'noopener');
  })();
</script>`;

/** Starts what the browser's first page, `url`, and all its tabs ask; for the rest see `startLoopback`. */
export async function startTabs({ hear, init = '', problems }) {
  const tabs = new Map();
  const toOpen = createQueue();
  const routes = {
    opener: () => OPENER,
    tab: (_number, _message, response) => toOpen.take(response),
    script: (number) => [loopback.script(number), DRIVEN, init, tabs.get(number).init].join('\n'),
    order: (number, href, response) => tabs.get(number).ready(href, response),
    answer: (number, answer) => void tabs.get(number).answered(answer),
  };
  const loopback = await startLoopback({ hear, problems, routes });
  return {
    url: `http://127.0.0.1:${loopback.port}/opener`,
    async open(url, own = '') {
      const number = tabs.size + 1;
      const tab = createTab(`${loopback.port}-${number}`, own);
      tabs.set(number, tab);
      await tab.load(url, toOpen.put);
      return tab.page;
    },
    close() {
      for (const tab of tabs.values()) tab.lost();
      loopback.close();
    },
  };
}

/** `mark` in its addresses tells the site to put the driver's script into the page, and which. */
function createTab(mark, init) {
  const asked = new Map();
  let orders = createQueue();
  let lastId = 0;
  let loaded;
  let gone;
  const isGone = new Promise((resolve) => (gone = resolve));

  const order = (run, arg = null) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      asked.set(lastId, { resolve, reject });
      orders.put(JSON.stringify({ id: lastId, run: String(run), arg }));
    });
  const tab = {
    init,
    /** Its page has loaded, or waits for the next order. */
    ready(href, response) {
      loaded?.(href);
      response.on('close', () => response.writableFinished || tab.lost());
      return orders.take(response);
    },
    answered({ id, result, error }) {
      const { resolve, reject } = asked.get(id) ?? {};
      asked.delete(id);
      if (error === undefined) resolve?.(result);
      else reject?.(new Error(error));
    },
    /** Its page has gone: closed, left for another, or killed. */
    lost() {
      for (const { reject } of asked.values()) reject(new Error('the page is gone'));
      asked.clear();
      orders = createQueue();
      gone();
    },
    /** Has `go` bring the tab to the address; resolves when the page has loaded. */
    async load(url, go) {
      const address = new URL(url);
      address.searchParams.set('driver', mark);
      const here = new Promise((resolve) => {
        loaded = (href) => href === address.href && resolve();
      });
      go(address.href);
      await guarded(here, `${url} to load`, LOAD_MS);
    },
  };
  tab.page = createPage(tab, order, isGone);
  return tab;
}

function createPage(tab, order, isGone) {
  // What sends the page away is not answered any more.
  const send = (run, arg) => void order(run, arg).catch(() => undefined);
  return {
    evaluate: order,
    goto: (url) => tab.load(url, (href) => send((to) => void (location.href = to), href)),
    async close() {
      send(() => window.close());
      await guarded(isGone, 'the tab to close', LOAD_MS);
    },
  };
}

/** Texts for whoever asks: each goes to one response, and each response gets one. */
function createQueue() {
  const texts = [];
  let waiting;
  const serve = () => {
    if (!waiting || texts.length === 0) return;
    waiting.end(texts.shift());
    waiting = undefined;
  };
  return {
    put(text) {
      texts.push(text);
      serve();
    },
    take(response) {
      waiting = response;
      serve();
      return response;
    },
  };
}
