/** Kinds of visits: the rarer formats and blocks in use, and languages. `run` happens in the page. */
import { SOON } from './formatCampaigns.mjs';

/** What takes ten seconds or more takes none. */
const IMPATIENT = `{ const { setTimeout } = globalThis;
  globalThis.setTimeout = (run, ms) => setTimeout(run, ms > 10_000 ? 100 : ms); }`;
const SLOTS = `<div data-kikubari-slot="here" style="height: 200px"></div>
  <div data-kikubari-slot="low" style="height: 10px"></div>`;
/** So long the countdowns run, ms. */
const COUNT_MS = 60_000;
const soon = (program) =>
  JSON.parse(JSON.stringify(program).replaceAll(SOON, new Date(Date.now() + COUNT_MS).toISOString()));

export const formatVisits = {
  places: {
    campaigns: /^look-(slot|low|late|tip|nowhere|toast|full|acts)$/,
    before: IMPATIENT,
    body: SLOTS,
    async run(host) {
      await host.shown('.inline');
      await host.ours('explain', 'look-slot');
      await host.ours('show', 'look-full');
      await host.shown('dialog');
      host.click('dialog .close');
      await host.gone('dialog');
      // The page's own dialog goes first.
      const dialog = document.body.appendChild(document.createElement('dialog'));
      dialog.showModal();
      await host.ours('show', 'look-toast');
      dialog.close();
      const called = () => undefined;
      host.ours('on', 'called', called);
      await host.ours('show', 'look-acts');
      await host.shown('.banner');
      const [call, open] = host.found('.banner .buttons button');
      call?.click();
      await host.gone('.banner');
      await host.ours('show', 'look-acts');
      await host.shown('.banner');
      host.found('.banner .buttons button')[1]?.click();
      open?.remove();
      await host.shown('.toast');
      await host.gone('.toast');
      const late = document.body.appendChild(document.createElement('div'));
      late.dataset.kikubariSlot = 'late';
      await host.until(() => host.found('.inline').length > 1, 1200);
      document.querySelector('[data-kikubari-slot=here]').remove();
      history.pushState(null, '', '?route=4');
      await host.pause(100);
    },
  },
  tip: {
    campaigns: /^look-tip$/,
    async run(host) {
      const { style } = document.getElementById('button');
      await host.explained('look-tip');
      await host.ours('show', 'look-tip');
      await host.shown('.tooltip');
      window.scrollTo(0, 2000);
      await host.pause(50);
      window.scrollTo(0, 0);
      style.cssText = 'position: fixed; inset: 0; width: 100vw; height: 100vh';
      await host.pause(250);
      style.cssText = 'display: none';
      await host.until(() => host.found('.tooltip').length === 0, 1600);
    },
  },
  filled: {
    campaigns: /^look-filled$/,
    async run(host) {
      // Nobody leaves this page.
      window.addEventListener('click', (event) => event.preventDefault(), true);
      host.ours('identify', 'user-1', {
        ...{ name: 'Aki', age: 30.25, share: 0.5, plan: 'a b', wish: 'A bowl' },
        ...{ born: '1990-05-01', seen: '2026-05-01T10:00:00Z' },
      });
      await host.explained('look-filled');
      await host.ours('track', 'look', { value: 300 });
      await host.shown();
      host.click('.text a');
      await host.pause(100);
      host.click('a.product');
      await host.gone();
      document.documentElement.lang = 'ja';
      await host.ours('show', 'look-filled');
      await host.shown();
    },
  },
  clocks: {
    campaigns: /^look-(clock|gone)$/,
    change: soon,
    async run(host) {
      const over = async () => {
        host.pass(61_000);
        await host.pause(1100);
      };
      await host.explained('look-clock');
      await host.ours('show', 'look-gone');
      await host.shown();
      await over();
      await host.gone();
      await host.ours('show', 'look-clock');
      await host.shown();
      await over();
      await host.ours('show', 'look-gone');
    },
  },
  tongues: {
    campaigns: /^look-tongues$/,
    async run(host) {
      await host.explained('look-tongues');
      await host.ours('show', 'look-tongues');
      await host.shown('form');
      for (const tag of ['ar', 'de', 'es', 'fr', 'it', 'ko', 'pt', 'zh', 'zh-Hant', 'ja']) {
        document.documentElement.lang = tag;
        await host.until(() => host.found(`[lang="${tag}"] form`).length > 0, 300);
        for (const field of host.found('textarea')) {
          field.value = 'too long';
          host.fire(field, 'input');
        }
        host.found('form')[0]?.requestSubmit();
      }
    },
  },
};
