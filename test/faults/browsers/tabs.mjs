/** The driver's end of `driven.js`: tabs of a browser that no protocol drives, which ask over loopback what to do. */
import { readFileSync } from 'node:fs';
import { guarded } from '../harness/waiting.mjs';
import { startLoopback } from './loopback.mjs';
import { createQueue } from './queue.mjs';

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
  const tabs = [];
  const documents = [];
  const toOpen = createQueue();
  const routes = {
    opener: () => OPENER,
    tab: (_number, _message, response) => toOpen.take(response),
    script(tab) {
      const number = documents.push(createDocument(tabs[tab])) - 1;
      return [loopback.script(number), DRIVEN, init, tabs[tab].init].join('\n');
    },
    present: (number, _message, response) => documents[number].present(response),
    loaded: (number, href) => documents[number].tab.arrived(documents[number], href),
    order: (number, _message, response) => documents[number].orders.take(response),
    answer: (number, answer) => documents[number].answered(answer),
  };
  const loopback = await startLoopback({ hear, problems, routes });
  return {
    url: `http://127.0.0.1:${loopback.port}/opener`,
    async open(url, own = '') {
      const tab = createTab(`${loopback.port}-${tabs.length}`, own);
      tabs.push(tab);
      await tab.load(url, toOpen.put);
      return tab.page;
    },
    close() {
      for (const document of documents) document.lost();
      loopback.close();
    },
  };
}

/** `mark` in its addresses tells the site to put the driver's script into the page, and which. */
function createTab(mark, init) {
  let document;
  let loaded;
  // What sends the page away is not answered any more.
  const send = (run, arg) => void document.order(run, arg).catch(() => undefined);
  const tab = {
    init,
    arrived(newDocument, href) {
      document = newDocument;
      loaded?.(href);
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
    page: {
      evaluate: (run, arg) => document.order(run, arg),
      goto: (url) => tab.load(url, (href) => send((to) => void (location.href = to), href)),
      async close() {
        send(() => window.close());
        await guarded(document.isGone, 'the tab to close', LOAD_MS);
      },
    },
  };
  return tab;
}

/** One page as long as it is there: it asks for orders and answers them. */
function createDocument(tab) {
  const asked = new Map();
  const orders = createQueue();
  let lastId = 0;
  let gone;
  const document = {
    tab,
    orders,
    isGone: new Promise((resolve) => (gone = resolve)),
    order: (run, arg = null) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        asked.set(lastId, { resolve, reject });
        orders.put(JSON.stringify({ id: lastId, run: String(run), arg }));
      }),
    answered({ id, result, error }) {
      const { resolve, reject } = asked.get(id) ?? {};
      asked.delete(id);
      if (error === undefined) resolve?.(result);
      else reject?.(new Error(error));
    },
    /** A request that is never answered ends with the page: closed, left for another, or killed. */
    present(response) {
      response.on('close', document.lost);
      return response;
    },
    lost() {
      for (const { reject } of asked.values()) reject(new Error('the page is gone'));
      asked.clear();
      gone();
    },
  };
  return document;
}
