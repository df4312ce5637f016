/** Kinds of visits: what only the collector knows of a user, and codes of its pools. `run` happens in the page. */
/** Tokens as the site's server would sign them; whether they are genuine only a collector can tell. */
const TOKENS = `globalThis.tokenOf = (user) => 'e30.' + btoa(JSON.stringify({ sub: user, exp: 4e9 })) + '.signed';`;
/** What takes half a second or more takes next to none. */
const HASTY = `{ const { setTimeout } = globalThis;
  globalThis.setTimeout = (run, ms) => setTimeout(run, ms >= 400 ? 60 : ms); }`;
const KNOWN = { facts: { spent: 60_000, tags: ['tea'] }, lists: ['vip'] };
const PROBLEM = { by: 'kikubari' };

/** Somebody who logs in. */
const identified = (user, token, more) => ({
  campaigns: /^(members|staff|own)$/,
  before: TOKENS + HASTY,
  run: `async (host) => {
    await host.explained('members');
    await host.ours('identify', '${user}', { plan: 'free' }, ${token});
    await host.pause(300);
    await host.ours('explain', 'members');
    await host.ours('flush');
  }`,
  ...more,
});
/** Somebody who is given a code. */
const given = (coupon, more) => ({
  campaigns: /^look-(code|omit)$/,
  coupon,
  async run(host) {
    await host.explained('look-code');
    await host.ours('show', 'look-code');
    await host.shown();
    host.click('.ticket button');
    host.click('.close');
    await host.gone();
    await host.ours('show', 'look-omit');
    await host.shown();
  },
  ...more,
});

export const personalVisits = {
  member: {
    campaigns: /^(members|staff|own)$/,
    before: TOKENS,
    personal: () => ({ body: KNOWN }),
    async run(host) {
      const { tokenOf } = globalThis;
      await host.explained('members');
      await host.ours('explain', 'staff');
      for (const route of ['a', 'b']) {
        history.pushState(null, '', `?route=${route}`);
        await host.pause(60);
        await host.ours('track', 'step');
      }
      await host.ours('identify', 'member', { plan: 'free' }, tokenOf('member'));
      await host.shown();
      for (const id of ['members', 'staff', 'own']) await host.ours('explain', id);
      host.click('.close');
      await host.gone();
      await host.ours('show', 'own');
      await host.shown();
      host.click('.close');
      const tab = await host.tab();
      await host.pause(300);
      await tab.ours('explain', 'members');
      tab.end();
      // What was known is out of date.
      host.pass(11 * 60_000);
      await host.ours('track', 'step');
      await host.ours('reset');
      await host.ours('explain', 'members');
    },
  },
  forged: identified('member', "tokenOf('member')", { personal: () => ({ status: 403, body: PROBLEM }) }),
  factsLate: identified('member', "tokenOf('member')", {
    personal: (times) => (times > 2 ? { body: KNOWN } : { status: 503, body: PROBLEM }),
  }),
  factsNever: identified('member', "tokenOf('member')", { personal: () => undefined }),
  factsOdd: identified('member', "tokenOf('member')", {
    personal: () => ({ body: { facts: [], lists: 3 } }),
  }),
  ofAnother: identified('member', "tokenOf('other')"),
  malformed: identified('member', "'none'"),
  code: given(() => ({ body: { code: 'TEA-1' } })),
  codeLate: given((times) => (times > 1 ? { body: { code: 'TEA-1' } } : { status: 503, body: {} })),
  codeGone: given(() => ({ body: { code: null } })),
  codeNever: given(() => undefined, { before: HASTY }),
};
