/** Kinds of visits: what conditions ask, and what waits for what a visitor does. `run` happens in the page. */
/** A phone, which is held in a hand. */
const HELD = `{ const { matchMedia } = globalThis;
  globalThis.matchMedia = (query) => /hover|coarse/.test(query) ? { matches: true } : matchMedia(query);
  Object.defineProperty(Navigator.prototype, 'maxTouchPoints', { value: 5 }); }`;
/** What nobody has taught this version yet. */
const newer = (program) => ({
  ...program,
  campaigns: program.campaigns.map((campaign, at) => ({
    ...campaign,
    audience: {
      all: [
        { page: 'url', is: { exists: true } },
        [
          { all: [{ attribute: 'plan', is: { resembles: 'free' } }] },
          { page: 'colour', is: { eq: 'red' } },
          { event: 'order', within: 'soon' },
          { not: { segment: 'missing' } },
          { sequence: [{ event: 'order', count: 0 }] },
          { attribute: '__proto__.plan', is: { exists: false } },
        ][at % 6],
      ],
    },
    caps: at % 2 ? [{ count: 1, per: 'ever', of: 'sighs' }] : [],
    triggers: [...campaign.triggers, { on: 'sigh' }],
  })),
});

export const conditionVisits = {
  conditions: {
    campaigns: /^(facts|behaviours|sequences|caps|capped|over|asleep|elsewhere)$/,
    async run(host) {
      host.ours('identify', 'user-1', {
        ...{ plan: 'free', age: 30, tags: ['tea', 'cup'] },
        ...{ address: { city: 'Kyoto' }, cups: [{ size: 3 }] },
      });
      for (const value of [0.1, 0.2, 1e16, 1, -1e16, 7]) {
        host.ours('track', 'look', { value });
        host.ours('track', 'order', { value, currency: 'JPY', items: [{ price: 300 }, { price: 1 }] });
      }
      await host.ours('track', 'order', { value: 9 });
      await host.shown();
      const ids = [
        'facts',
        'behaviours',
        'sequences',
        'caps',
        'capped',
        'over',
        'asleep',
        'elsewhere',
        'unheard-of',
      ];
      for (const id of ids) host.ours('explain', id);
      for (const id of ['asleep', 'over']) host.ours('show', id);
      for (const id of ['caps', 'capped']) await host.ours('explain', id);
    },
  },
  newer: {
    campaigns: /^(facts|behaviours|sequences|caps|capped|banner)$/,
    change: newer,
    async run(host) {
      await host.ours('track', 'order', { value: 9 });
      await host.explained('facts');
      for (const id of ['facts', 'behaviours', 'sequences', 'caps', 'capped']) host.ours('explain', id);
      await host.ours('show', 'caps');
    },
  },
  waits: {
    campaigns: /^wait-/,
    async run(host) {
      const dismiss = async () => {
        await host.shown();
        host.click('.close');
        await host.gone();
      };
      await dismiss();
      host.pass(4000);
      const { documentElement } = document;
      window.scrollTo(0, documentElement.scrollHeight);
      await dismiss();
      const late = document.createElement('p');
      late.id = 'late';
      late.textContent = 'Late';
      document.body.append(late);
      window.scrollTo(0, documentElement.scrollHeight);
      await dismiss();
      // Sooner it is no exit.
      await host.until(() => performance.now() > 3800, 3800);
      for (const clientY of [300, 200, 100]) {
        host.fire(document, 'mousemove', { clientY }, 'MouseEvent');
        host.pass(60);
      }
      host.fire(document, 'mouseout', { clientY: 0 }, 'MouseEvent');
      await dismiss();
      for (let click = 0; click < 3; click += 1)
        host.fire(document.body, 'click', { clientX: 9, clientY: 9 }, 'MouseEvent');
      host.pass(6000);
      host.fire(window, 'keydown');
      for (const id of ['wait-dwell', 'wait-scroll', 'wait-visible', 'wait-exit']) host.ours('explain', id);
      history.pushState(null, '', '?route=3');
      await host.pause(50);
      await host.ours('consent', { measure: false, personalise: false, survey: false, identify: false });
    },
  },
  held: {
    campaigns: /^wait-(exit|visible)$/,
    before: HELD,
    async run(host) {
      await host.ours('track', 'step');
      await host.until(() => performance.now() > 3800, 3800);
      for (const top of [3000, 3000, 0]) {
        window.scrollTo(0, top);
        host.fire(window, 'scroll');
        await host.pause(80);
        host.pass(100);
      }
      host.see(true);
      host.see(false);
      await host.shown();
    },
  },
};
