/** Kinds of visits: surveys answered, refused, gone back in. `run` happens in the page. */

/** Answers what is on the card and sends it, with a look back. */
async function answered(host) {
  const send = () => host.found('form')[0]?.requestSubmit();
  const on = async (test) => {
    await host.until(() => host.found(test).length > 0, 400);
  };
  await host.shown('form');
  send();
  host.click('input[aria-label^="3"], input[aria-label*="3"]');
  send();
  await on('.csat');
  host.click('.csat input[aria-label^="4"], .csat input');
  host.click('.steps .quiet');
  await on('.nps');
  host.found('.nps input').at(-1)?.click();
  send();
  await on('textarea');
  send();
  for (const text of ['far too long for what is asked', 'tea']) {
    for (const field of host.found('textarea')) {
      field.value = text;
      host.fire(field, 'input');
    }
    send();
  }
  await on('.choices');
  host.click('.choices input');
  send();
  await host.pause(20);
  host.click('.steps .quiet');
}

const inUse = (show) => `async (host) => { const answered = ${answered}; await (${show})(host, answered); }`;

export const surveyVisits = {
  questions: {
    campaigns: /^look-questions$/,
    run: inUse(async (host, answered) => {
      await host.explained('look-questions');
      host.ours('show', 'look-questions');
      await answered(host);
      await host.gone();
    }),
  },
  slip: {
    campaigns: /^look-slip$/,
    before: "document.documentElement.lang = 'ja';",
    run: inUse(async (host, answered) => {
      await host.explained('look-slip');
      host.ours('show', 'look-slip');
      await answered(host);
      await host.gone();
    }),
  },
  tabs: {
    campaigns: /^(look-tab|survey)$/,
    run: inUse(async (host, answered) => {
      await host.shown('.launcher');
      host.found('.launcher button')[0]?.click();
      await host.shown('form');
      host.found('.surface input')[0]?.focus();
      host.click('.surface .close');
      await host.gone('.surface');
      history.pushState(null, '', '?route=3');
      host.found('.launcher button')[0]?.click();
      await answered(host);
    }),
  },
  kinds: {
    campaigns: /^look-kinds$/,
    isLimited: true,
    async run(host) {
      const send = () => host.found('form')[0]?.requestSubmit();
      const write = (text) => {
        for (const field of host.found('form .line')) {
          field.value = field.type === 'date' ? text.date : text.line;
          host.fire(field, 'input');
        }
      };
      const choose = () => {
        for (const group of host.found('fieldset'))
          [...group.querySelectorAll('input[name]')].at(-1)?.click();
        for (const menu of host.found('select')) {
          for (const value of ['', 'other']) {
            menu.value = value;
            host.fire(menu, 'input');
          }
        }
      };
      await host.explained('look-kinds');
      host.ours('show', 'look-kinds');
      for (const card of ['.csat', '.stars', '.pictures', '[type=date]']) {
        await host.until(() => host.found(card).length > 0);
        send();
        choose();
        send();
        write({ date: '2020-01-01', line: 'nobody' });
        send();
        write({ date: '2026-05-01', line: 'a@b.example' });
        host.found('input')[0]?.focus();
        // The survey goes on where the page becomes another one.
        history.pushState(null, '', `?card=${card.length}`);
        send();
      }
      await host.gone('.survey .line');
    },
  },
};
