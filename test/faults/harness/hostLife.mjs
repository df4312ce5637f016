/** What a host does: clicks, routes, submits, fetches, and calls us on the way. */
export async function live() {
  const results = [];
  const note = (name, value) => results.push([name, value]);
  const button = document.getElementById('button');
  const form = document.getElementById('form');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    note('submit', event.isTrusted);
  });
  button.addEventListener('click', () => note('click', 1));
  const ours = (...args) => {
    try {
      const answer = globalThis.kikubari?.(...args);
      answer?.catch?.((error) => note('rejected', String(error)));
    } catch (error) {
      note('thrown', String(error));
    }
  };
  ours('track', 'step', { value: 1 });
  ours('identify', 'user-1', { plan: 'free' });
  button.click();
  note('pushState', history.pushState({ step: 1 }, '', '/planted.html?route=1'));
  note('state', history.state);
  note('fetch', await fetch('/host-data').then((response) => response.text()));
  ours('set', { plan: 'paid' });
  ours('flush');
  ours('explain', 'banner');
  await new Promise((resolve) => setTimeout(resolve, 700));
  // The visitor uses what came up: opens the tab, answers, goes on, closes.
  for (let round = 0; round < 3; round += 1) {
    for (const { shadowRoot } of document.querySelectorAll('[data-kikubari]'))
      for (const control of shadowRoot.querySelectorAll('input, button')) control.click();
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  dispatchEvent(new Event('scroll'));
  ours('show', 'banner');
  ours('reset');
  ours('consent', { measure: false });
  await new Promise((resolve) => setTimeout(resolve, 30));
  return results.sort();
}
