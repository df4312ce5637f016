/** F22: each function of the SDK throws in turn, while the host goes about its own business and must not notice. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { live } from './harness/hostLife.mjs';
import { buildPlanted, plantedPage } from './harness/plantedBuild.mjs';
import { guarded } from './harness/waiting.mjs';

const SAMPLE = 24;
/** Pages open at the same time, each a site of its own. */
const AT_ONCE = 4;
const NONE = -1;
/** Calls of the page itself that pass through us: nothing of ours comes before what is guarded. */
const OUTERMOST = /^(commandFunction\.ts \(name, \.\.\.args\)|page\.ts function \(\.\.\.args\))/;
const CAMPAIGNS = fileURLToPath(new URL('harness/campaigns.json', import.meta.url));
/** Visits without a fault, which find what a visit comes by; the rest belongs to faults that other rows are about. */
const EXPLORED = 3;
/** Shares: of all points those a visit comes by, and of those the ones it comes by when they are armed, give or take the timing. */
const SEEN = 0.6;
const REACHED = 0.85;

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
    const { normal, seen } = await explore(world, browser);
    if (normal.errors.length > 0) problems.push(`without a fault: host sees ${normal.errors[0]}`);
    const left = [...points.keys()].filter((point) => seen.has(point) && !OUTERMOST.test(points[point]));
    if (left.length < SEEN * points.length)
      problems.push(`only ${left.length} of ${points.length} points seen`);
    const chosen = isQuick
      ? Array.from({ length: SAMPLE }, () => left.splice(random.between(0, left.length - 1), 1)[0])
      : left;
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
    notes.push(`${reached} of ${chosen.length} points passed, ${seen.size} of ${points.length} seen`);
    if (reached < REACHED * chosen.length)
      problems.push(`only ${reached} of ${chosen.length} points reached`);
    await world.retire(browser);
    return reached;
  },
};

/** Visits in which nothing throws: what the host gets then, and the points they come by. */
async function explore(world, browser) {
  const seen = new Set();
  let normal;
  for (let visit = 0; visit < EXPLORED; visit += 1) {
    normal = await hostLives(world, browser, NONE - visit);
    for (const point of normal.seen) seen.add(point);
  }
  return { normal, seen };
}

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
  const { passed, seen, errors } = await page.evaluate(() => globalThis.planted);
  // Leaving is a boundary too: what throws there is heard by the browser, and read after the row.
  await page.goto(site.url('/blank.html', `planted${point}`));
  await page.close();
  const leaving = browser.problems.filter((problem) => problem.endsWith(`planted ${point}`));
  return {
    result: JSON.stringify(result),
    passed,
    seen: Object.keys(seen).map(Number),
    errors: [...errors, ...leaving],
  };
}
