/** Kinds of visits: messages in use. `run` happens in the page. */
const LANGUAGE = (language) => `document.documentElement.lang = '${language}';`;

export const messageVisits = {
  modal: {
    campaigns: /^look-modal$/,
    async run(host) {
      await host.explained('look-modal');
      await host.ours('show', 'look-modal');
      await host.shown();
      host.click('.coupon button, #nothing');
      const [button] = host.found('.buttons button');
      button?.click();
      host.found('.buttons button')[1]?.click();
      await host.until(() => host.found('a').length > 0);
      host.found('a')[0]?.click();
      await host.gone();
      await host.ours('show', 'look-modal');
      await host.shown();
      const [dialog] = host.found('dialog');
      if (dialog) host.fire(dialog, 'cancel');
      await host.gone();
      await host.ours('show', 'look-modal');
      await host.shown();
      host.found('dialog')[0]?.close();
      await host.gone();
      host.ours('show', 'look-modal');
      await host.shown();
      host.found('dialog')[0]?.click();
    },
  },
  slide: {
    campaigns: /^(look-slide|banner)$/,
    before: LANGUAGE('ja'),
    async run(host) {
      await host.shown();
      // The page takes it out, again and again.
      for (let time = 0; time < 5; time += 1) {
        for (const one of document.querySelectorAll('[data-kikubari]')) one.remove();
        await host.pause(20);
      }
      await host.gone();
      document.getElementById('button').focus();
      await host.ours('show', 'look-slide');
      await host.shown();
      const [close] = host.found('.close');
      close?.focus();
      host.found('.buttons button')[1]?.click();
      await host.pause(250);
      const [surface] = host.found('.surface');
      if (surface) host.fire(surface, 'keydown', { key: 'Escape' }, 'KeyboardEvent');
      await host.gone();
    },
  },
};
