/** Kinds of visits: what a host may call, and consent. `run` happens in the page. */
/** Calls the stub kept before the script came: more than we replay, one of them unknown. */
const STUB = `globalThis.kikubari = Object.assign(() => undefined, { q: Array.from({ length: 103 }, (_, at) =>
  [Date.now(), location.href, 'before', '', [at ? (at > 1 ? 'track' : 'nonsense') : 'page', 'step', { at }]]) });`;

export const callVisits = {
  plain: {
    isReal: true,
    async run(host) {
      host.ours('track', 'step', { value: 1 });
      host.ours('identify', 'user-1', { plan: 'free' });
      host.ours('set', { plan: 'paid' });
      await host.shown();
      await host.ours('explain', 'banner');
      host.fire(window, 'scroll');
      host.click('button');
      await host.ours('flush');
      await host.ours('reset');
      host.see(true);
      host.see(false);
    },
  },
  calls: {
    campaigns: /^banner$/,
    before: STUB,
    async run(host) {
      const circle = { list: [1, 'two', 3n, null, NaN, new Date(), { deep: true }], none: undefined, window };
      circle.circle = circle;
      const notice = () => undefined;
      host.ours('on', 'shown', notice);
      host.ours('on', 'suppressed', () => {
        throw new Error('of the host, in a listener');
      });
      host.ours('track', 'step', circle);
      host.ours('track', '$mine');
      host.ours('track', 'purchase', { value: 3 });
      host.ours('page', { section: 'tea' });
      host.ours('identify', 'user-1', { age: 30 });
      host.ours('identify', 'user-2');
      host.ours('identify', {});
      host.ours('set', { plan: 'paid' });
      await host.shown();
      host.ours('show', 'banner');
      host.ours('show', 'nothing');
      host.ours('explain', 'nothing');
      host.ours('off', 'shown', notice);
      await host.ours('flush');
      host.ours('reset');
      host.ours('track', 'large', { text: Array.from({ length: 30 }, () => '茶'.repeat(1500)) });
      for (let at = 0; at < 30; at += 1) host.ours('track', 'many', { text: '茶'.repeat(1000) });
      await host.ours('track', 'last');
    },
  },
  consent: {
    // Where the grant comes to nothing calls wait for one, as they should.
    mayWait: true,
    campaigns: /^(banner|survey)$/,
    attributes: 'data-consent="required"',
    async run(host) {
      host.ours('track', 'early');
      await host.ours('consent', { measure: true });
      host.ours('identify', 'user-1');
      host.ours('set', { plan: 'free' });
      await host.ours('consent', { personalise: true, survey: true, identify: true });
      await host.shown();
      await host.ours('consent', { measure: false });
      await host.ours('track', 'refused');
      const tab = await host.tab();
      await host.ours('consent', { measure: false, personalise: false, survey: false, identify: false });
      await host.ours('track', 'off');
      await host.ours('consent', { measure: true });
      await host.ours('track', 'again');
      tab.end();
    },
  },
  withdrawn: {
    campaigns: /^banner$/,
    attributes: 'data-cookie-domain="localhost"',
    async run(host) {
      const all = { measure: false, personalise: false, survey: false, identify: false };
      host.ours('track', 'early');
      await host.shown();
      const tab = await host.tab();
      await host.pause(200);
      await tab.ours('consent', all);
      await host.ours('track', 'refused');
      tab.end();
      await host.ours('consent', all);
    },
  },
};
