/** Kinds of visits: how the page and the script come and go. `run` happens in the page. */
/** An old library has put this on every list and object. */
const TO_JSON = 'Array.prototype.toJSON = Object.prototype.toJSON = function () { return this; };';
const PRERENDERED = "Object.defineProperty(document, 'prerendering', { value: true, configurable: true });";

export const pageVisits = {
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
      host.fire(window, 'pagehide', { persisted: true }, 'PageTransitionEvent');
      host.ours('track', 'gone');
      host.see(true);
      host.see(false);
      host.fire(window, 'pageshow', { persisted: true }, 'PageTransitionEvent');
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
    campaigns: /^(banner|sequences|facts|wait-exit|wait-visible)$/,
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
