/** Kinds of visits: pauses, rage, forms left alone, to and fro, and triggers that wait for each other. `run` happens in the page. */
/** Dismisses what has come meanwhile. */
const dismissed = async (host) => {
  host.click('.close');
  await host.gone();
};
const dismissing = (run) =>
  `async (host) => { const dismissed = ${dismissed}; await (${run})(host, dismissed); }`;

export const liveVisits = {
  live: {
    campaigns: /^live-/,
    run: dismissing(async (host, dismissed) => {
      const field = document.getElementById('field');
      const use = (one) => host.fire(one, 'input', { composed: true });
      await host.ours('track', 'step');
      await host.explained('live-idle');
      await host.pause(200);
      host.fire(window, 'keydown');
      use(field);
      await host.pause(1100);
      await host.ours('explain', 'live-form');
      await dismissed(host);
      for (let click = 0; click < 3; click += 1)
        host.fire(document.body, 'click', { clientX: 9, clientY: 9 }, 'MouseEvent');
      await host.pause(50);
      await dismissed(host);
      // A form of its own within an element of the page.
      const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
      root.innerHTML = '<form><input></form>';
      use(root.querySelector('input'));
      await host.pause(1100);
      host.fire(root.querySelector('form'), 'submit');
      for (const id of ['live-idle', 'live-rage', 'live-form', 'live-back']) await host.ours('explain', id);
      await dismissed(host);
      use(field);
      host.see(true);
      host.see(false);
      host.fire(window, 'pagehide', { persisted: true }, 'PageTransitionEvent');
      host.fire(window, 'pageshow', { persisted: true }, 'PageTransitionEvent');
      for (const route of ['a', 'b', 'a']) {
        history.pushState(null, '', `?route=${route}`);
        await host.pause(60);
      }
      await host.ours('explain', 'live-back');
      use(field);
      await host.ours('consent', { measure: false, personalise: false, survey: false, identify: false });
    }),
  },
  combined: {
    campaigns: /^(both|returned|after|later|much-later)$/,
    run: dismissing(async (host, dismissed) => {
      await host.ours('track', 'step');
      await host.explained('both');
      for (const id of ['both', 'later']) await host.ours('explain', id);
      window.scrollTo(0, 1000);
      await host.ours('track', 'look');
      await host.ours('explain', 'later');
      await host.pause(1200);
      await dismissed(host);
      for (const route of ['a', 'b', 'a']) {
        history.pushState(null, '', `?route=${route}`);
        await host.pause(60);
      }
      await dismissed(host);
      await host.ours('track', 'order', { value: 3 });
      for (const id of ['both', 'returned', 'after', 'later', 'much-later']) await host.ours('explain', id);
      await host.ours('consent', { measure: false, personalise: false, survey: false, identify: false });
    }),
  },
};
