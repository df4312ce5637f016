/** Kinds of visits: collectors that fail, and other tabs. `run` happens in the page. */
/** What takes ten seconds or more takes none. */
const IMPATIENT = `{ const { setTimeout } = globalThis;
  globalThis.setTimeout = (run, ms) => setTimeout(run, ms > 10_000 ? 100 : ms); }`;
/** A visitor of a site whose collector fails. */
async function tried(host) {
  await host.ours('track', 'purchase', { value: 1 });
  await host.ours('flush');
  host.ours('track', 'purchase', { value: 2 });
  host.fire(window, 'online');
  await host.ours('track', 'step');
  host.pass(60_000);
  host.fire(window, 'online');
  await host.ours('flush');
  host.see(true);
}
const failing = (answer, more) => ({ campaigns: /^banner$/, answer, run: tried, ...more });

export const collectorVisits = {
  unavailable: failing(() => ({ status: 503, headers: { 'retry-after': '1' }, body: 'no' })),
  refused: failing(() => ({
    status: 400,
    headers: { 'content-type': 'application/problem+json' },
    body: '{"by":"kikubari"}',
  })),
  portal: failing(() => ({ body: '<html>' })),
  unreachable: failing(() => ({ status: 0 }), { noProgram: 404 }),
  rejecting: failing(({ rows }) => ({ rejected: [{ id: rows[0].id, code: 'invalid' }] })),
  commanded: failing(({ rows }) => {
    const isFirst = rows.some(({ events }) => events.some(({ name }) => name === 'purchase'));
    return { program: 99, commands: isFirst ? [{ name: 'reset-identity' }] : [] };
  }),
  silent: failing(() => ({ isSilent: true }), { before: IMPATIENT }),
  twoTabs: {
    campaigns: /^(banner|survey)$/,
    async run(host) {
      await host.ours('track', 'step');
      const tab = await host.tab();
      host.ours('track', 'mine');
      tab.ours('track', 'theirs');
      tab.ours('identify', 'user-2');
      await tab.ours('track', 'purchase');
      host.ours('show', 'banner');
      tab.ours('show', 'banner');
      await host.pause(300);
      await host.ours('track', 'purchase');
      await host.ours('flush');
      await tab.ours('flush');
      tab.ours('reset');
      await host.pause(300);
      tab.end();
      await host.ours('track', 'last');
    },
  },
};
