/** F22: each function of the SDK throws in turn, while the host goes about its own business and must not notice. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPlanted, plantedPage } from './harness/plantedBuild.mjs';
import { guarded } from './harness/waiting.mjs';

const SAMPLE = 24;
/** Pages open at the same time, each a site of its own. */
const AT_ONCE = 4;
const NONE = -1;
/** Calls of the page itself that pass through us: nothing of ours comes before what is guarded. */
const OUTERMOST = /^(commandFunction\.ts \(name, \.\.\.args\)|page\.ts function \(\.\.\.args\))/;
const CAMPAIGNS = fileURLToPath(new URL('harness/campaigns.json', import.meta.url));
/** Less than this of the points being reached would be no test of every boundary; a small sample may be unlucky. */
const REACHED = { quick: 0.25, full: 0.6 };

export const row = {
  id: 'F22',
  fault: 'every internal boundary throws',
  runs: { quick: 1, full: 1 },
  guardMs: 3_600_000,
  world: { start: { args: ['--campaigns', CAMPAIGNS] } },
  async run({ world, random, isQuick, problems, notes }) {
    const { folder, points } = await buildPlanted();
    serve(world.site, folder);
    const browser = await world.openBrowser();
    const left = [...points.keys()].filter((point) => !OUTERMOST.test(points[point]));
    const chosen = isQuick
      ? Array.from({ length: SAMPLE }, () => left.splice(random.between(0, left.length - 1), 1)[0])
      : left;
    const normal = await hostLives(world, browser, NONE);
    if (normal.errors.length > 0) problems.push(`without a fault: host sees ${normal.errors[0]}`);
    let reached = 0;
    const queue = [...chosen];
    const work = async () => {
      for (let point = queue.shift(); point !== undefined; point = queue.shift()) {
        const one = await hostLives(world, browser, point);
        if (one.passed > 0) reached += 1;
        const where = `point ${point} (${points[point]})`;
        if (one.errors.length > 0) problems.push(`${where}: host sees ${one.errors[0]}`);
        if (one.result !== normal.result) problems.push(`${where}: host got ${one.result}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    notes.push(`${reached} of ${chosen.length} points passed, ${points.length} in all`);
    if (reached < REACHED[isQuick ? 'quick' : 'full'] * chosen.length)
      problems.push(`only ${reached} of ${chosen.length} points reached`);
    await world.retire(browser);
    return reached;
  },
};

function serve(site, folder) {
  for (const name of readdirSync(folder))
    if (name.endsWith('.js')) site.addScript(`/planted/${name}`, readFileSync(join(folder, name), 'utf8'));
  site.addPage(
    '/planted.html',
    site.tag.replace('/sdk/', '/planted/') + '<form id="form"><button id="button">Buy</button></form>',
  );
  site.files.set('/host-data', (request, response) => response.end('data'));
}

/** One visit of a page whose script throws at `point`; what the host got, and what it saw of ours. */
async function hostLives({ site }, browser, point) {
  const page = await browser.open(site.url('/planted.html', `planted${point}`), { init: plantedPage(point) });
  const living = page.evaluate(live).catch((error) => `threw ${error.message.split('\n')[0]}`);
  const result = await guarded(living, `the host at point ${point}`, 30_000);
  const { passed, errors } = await page.evaluate(() => globalThis.planted);
  // Leaving is a boundary too: what throws there is heard by the browser, and read after the row.
  await page.goto(site.url('/blank.html', `planted${point}`));
  await page.close();
  const leaving = browser.problems.filter((problem) => problem.endsWith(`planted ${point}`));
  return { result: JSON.stringify(result), passed, errors: [...errors, ...leaving] };
}

/** What a host does: clicks, routes, submits, fetches, and calls us on the way. */
async function live() {
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
