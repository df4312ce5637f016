/** Kinds of visits: what would have to be otherwise, the rarer gates, campaigns that were stopped. `run` happens in the page. */
const STOPS = [
  { by: 'goals', limit: 3 },
  { by: 'responses', limit: 9 },
  { by: 'harm', variant: 'a' },
];
/** Nobody sees these any more. */
const stopped = (program) => ({
  ...program,
  campaigns: program.campaigns.map((campaign, at) => ({
    ...campaign,
    stopped: { ...STOPS[at % STOPS.length], at: '2026-01-01T00:00:00Z' },
  })),
});
/** What nobody can measure yet. */
const odd = (program) => ({
  ...program,
  campaigns: program.campaigns.map((campaign) => ({
    ...campaign,
    values: { odd: { event: 'order', measure: 'mode' } },
  })),
});
/** Another version of the SDK has set the share of persons to nobody. */
const rolledBack = (program) => ({
  ...program,
  campaigns: program.campaigns.map((campaign) => ({ ...campaign, rollout: 0 })),
});

/** Asks of all of them why, one after the other. */
const asks = (...ids) => `async (host) => {
  await host.ours('identify', 'user-1', {
    ...{ version: '2.1.0-beta.11', build: '1.0.0-alpha.2', release: 'none', tags: ['tea', 'cup'], plan: 'free' },
    ...{ since: '2026-11-01', until: '2020-01-01T10:00:00', seen: 1, text0: 'x', text1: 'abx', text4: 'é' },
  });
  await host.ours('track', 'look', { value: 3 });
  await host.ours('track', 'order', { value: 1 });
  await host.explained('${ids[0]}');
  for (const id of ${JSON.stringify(ids)}) await host.ours('explain', id);
}`;

export const ruleVisits = {
  patterns: { campaigns: /^wish-(patterns|either)$/, run: asks('wish-patterns', 'wish-either') },
  wishes: {
    campaigns: /^wish-(versions|moments|lists|clocks|signals)$/,
    run: asks('wish-versions', 'wish-moments', 'wish-lists', 'wish-clocks', 'wish-signals'),
  },
  wishedEvents: {
    campaigns: /^wish-(publics|events|back|page|order)$/,
    run: asks('wish-publics', 'wish-events', 'wish-back', 'wish-page', 'wish-order'),
  },
  gates: {
    campaigns: /^(gate-|caps$)/,
    isLimited: true,
    async run(host) {
      await host.ours('track', 'look', { value: 3 });
      await host.explained('gate-open');
      await host.ours('show', 'gate-open');
      await host.shown();
      host.click('.close');
      await host.gone();
      await host.ours('track', 'step');
      for (const id of ['gate-open', 'gate-shut', 'gate-tag', 'caps']) await host.ours('explain', id);
    },
  },
  stopped: {
    campaigns: /^(banner|gate-open|facts)$/,
    change: stopped,
    async run(host) {
      await host.explained('banner');
      for (const id of ['banner', 'gate-open', 'facts']) await host.ours('explain', id);
      await host.ours('show', 'banner');
    },
  },
  rolledBack: {
    campaigns: /^(banner|gate-open)$/,
    change: rolledBack,
    async run(host) {
      await host.explained('banner');
      for (const id of ['banner', 'gate-open']) await host.ours('explain', id);
    },
  },
  oddValues: {
    campaigns: /^banner$/,
    change: odd,
    async run(host) {
      await host.shown();
      await host.ours('explain', 'banner');
    },
  },
};
