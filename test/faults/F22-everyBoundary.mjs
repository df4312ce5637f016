/** F22: each function of the SDK throws in turn, while the host goes about its own business and must not notice. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPlanted, plantedPage } from './harness/plantedBuild.mjs';
import { guarded } from './harness/waiting.mjs';

const SAMPLE = 12;
const NONE = -1;

export const row = {
  id: 'F22',
  fault: 'every internal boundary throws',
  runs: { quick: 1, full: 1 },
  guardMs: 3_600_000,
  async run({ world, random, isQuick, problems, notes }) {
    const { folder, points } = await buildPlanted();
    serve(world.site, folder);
    const browser = await world.openBrowser();
    const all = points.map((_, point) => point);
    const chosen = isQuick
      ? Array.from({ length: SAMPLE }, () => all.splice(random.between(0, all.length - 1), 1)[0])
      : all;
    const normal = await hostLives(world, browser, NONE);
    let reached = 0;
    for (const point of chosen) {
      const one = await hostLives(world, browser, point);
      if (one.passed > 0) reached += 1;
      const where = `point ${point} (${points[point]})`;
      if (one.errors.length > 0) problems.push(`${where}: host sees ${one.errors[0]}`);
      if (one.result !== normal.result) problems.push(`${where}: host got ${one.result}`);
    }
    notes.push(`${reached} of ${chosen.length} points passed, ${points.length} in all`);
    await world.retire(browser);
    return reached;
  },
};

function serve(site, folder) {
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  site.addScript('/planted/kikubari.js', read('kikubari.js'));
  const chunk = /kikubari-engagement-[\w-]+\.js/.exec(read('kikubari.js'))[0];
  site.addScript(`/planted/${chunk}`, read(chunk));
  site.addPage(
    '/planted.html',
    site.tag.replace('/sdk/', '/planted/') + '<form id="form"><button id="button">Buy</button></form>',
  );
  site.files.set('/host-data', (request, response) => response.end('data'));
}

/** One visit of a page whose script throws at `point`; what the host got, and what it saw of ours. */
async function hostLives({ site }, browser, point) {
  browser.problems.length = 0;
  const page = await browser.open(site.url('/planted.html', 'planted'), { init: plantedPage(point) });
  const living = page.evaluate(live).catch((error) => `threw ${error.message.split('\n')[0]}`);
  const result = await guarded(living, `the host at point ${point}`, 30_000);
  const passed = await page.evaluate(() => globalThis.planted.passed);
  await page.goto(site.url('/blank.html', 'planted'));
  await page.close();
  return { result: JSON.stringify(result), passed, errors: [...browser.problems] };
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
  ours('explain', 'none');
  await new Promise((resolve) => setTimeout(resolve, 120));
  ours('reset');
  ours('consent', { measure: false });
  await new Promise((resolve) => setTimeout(resolve, 30));
  return results.sort();
}
