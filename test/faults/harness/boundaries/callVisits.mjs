/** Kinds of visits: what a host may call, consent, and how a page comes and goes. `run` happens in the page. */

/** Calls the stub kept before the script came: more than we replay, one of them unknown. */
const STUB = `globalThis.kikubari = Object.assign(() => undefined, { q: Array.from({ length: 103 }, (_, at) =>
  [Date.now(), location.href, 'before', '', [at ? (at > 1 ? 'track' : 'nonsense') : 'page', 'step', { at }]]) });`;
/** An old library has put this on every list and object. */
const TO_JSON = 'Array.prototype.toJSON = Object.prototype.toJSON = function () { return this; };';
const PRERENDERED = "Object.defineProperty(document, 'prerendering', { value: true, configurable: true });";

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
  comesAndGoes: {
    campaigns: /^(banner|survey|look-tab)$/,
    async run(host) {
      await host.ours('track', 'step');
      host.ours('track', 'under way');
      await host.shown('.launcher');
      host.see(true);
      host.see(false);
      history.back();
      await host.until(() => !/replaceState/.test(location.search));
      await host.ours('track', 'here');
      host.fire(window, 'pagehide', { persisted: true }, PageTransitionEvent);
      host.ours('track', 'gone');
      host.see(true);
      host.see(false);
      host.fire(window, 'pageshow', { persisted: true }, PageTransitionEvent);
      host.fire(window, 'online');
      await host.ours('track', 'back');
      await host.ours('flush');
      host.ours('track', 'last');
      history.pushState(null, '', '/%E8%8C%B6/%FF?utm_source=mail');
    },
  },
  oldLibrary: {
    campaigns: /^banner$/,
    before: TO_JSON,
    async run(host) {
      await host.ours('track', 'step', { value: [1, 2] });
      await host.ours('flush');
      await host.ours('explain', 'banner');
      delete Array.prototype.toJSON;
      delete Object.prototype.toJSON;
    },
  },
  someFiles: {
    files: 'some',
    campaigns: /^(banner|sequences|facts|wait-exit)$/,
    attributes: 'data-cookie-domain="localhost"',
    async run(host) {
      await host.ours('track', 'step');
      await host.explained('sequences');
      await host.ours('show', 'banner');
    },
  },
  fewFiles: {
    files: 'few',
    async run(host) {
      await host.ours('track', 'step');
      host.fire(window, 'scroll');
      await host.ours('explain', 'banner');
      await host.ours('show', 'banner');
    },
  },
  slowPage: {
    campaigns: /^banner$/,
    after: '<script defer src="/slow.js"></script>',
    run: (host) => host.shown(),
  },
  twice: {
    isLater: true,
    campaigns: /^banner$/,
    async run(host) {
      await host.load((tag) => tag.removeAttribute('data-site'));
      globalThis.kikubari = undefined;
      await host.load();
      await host.load();
      await host.ours('track', 'step');
    },
  },
  prerendered: {
    before: PRERENDERED,
    campaigns: /^banner$/,
    async run(host) {
      host.ours('track', 'early');
      await host.pause(50);
      Object.defineProperty(document, 'prerendering', { value: false });
      host.fire(document, 'prerenderingchange');
      await host.shown();
    },
  },
};
