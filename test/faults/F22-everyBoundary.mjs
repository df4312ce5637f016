/** F22: each function of the SDK throws in turn, while the host goes about its own business and must not notice. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPlanted } from './harness/boundaries/build.mjs';
import { campaignFile } from './harness/boundaries/campaigns.mjs';
import { explore, openLanes } from './harness/boundaries/lanes.mjs';
import { serve } from './harness/boundaries/page.mjs';
import { scenarios } from './harness/boundaries/scenarios.mjs';
import { switchedOff } from './harness/boundaries/switchedOff.mjs';
import { isOutermost, isUnanswered, isUnreachable } from './harness/boundaries/unreachable.mjs';

/** Pages open at the same time, each a site of its own. */
const AT_ONCE = { quick: 4, full: 6 };
/** A quick run takes some kinds of visits, some of the points they come by, and switches off at some. */
const SAMPLE = { kinds: 8, points: 24, off: 2 };
/**
 * So many points of a quick run may not be passed when they are armed, and others are taken instead: each of its kinds of visits is made
 * once only, so what it came by may have been the machine's doing. One of 24 would be more than a full run may miss.
 */
const SPARE = 4;
/** What a visit comes by only if the machine is quick enough (a change of address before the page is left) may take some. */
const VISITS = 4;
/** Shares: of all points but the unreachable those a visit comes by, and of those the ones it comes by when they are armed. */
const SEEN = 0.97;
const REACHED = 0.97;

export const row = {
  id: 'F22',
  fault: 'every internal boundary throws',
  runs: { quick: 1, full: 1 },
  guardMs: 3_600_000,
  async run({ world, random, isQuick, problems, notes }) {
    const { files, points } = await buildPlanted();
    const offs = switchedOff(points);
    const browser = await world.openBrowser();
    await servePlanted(world, files, [...Object.values(scenarios), offs[0].armed]);
    const lanes = await openLanes(world, browser, isQuick ? AT_ONCE.quick : AT_ONCE.full);
    const kinds = isQuick ? take(random, Object.values(scenarios), SAMPLE.kinds) : Object.values(scenarios);
    const { normal, visitsTo } = await explore(lanes, kinds, isQuick ? 1 : 2, problems);
    const unseen = [...points].filter(([point, name]) => !visitsTo.has(point) && !isUnreachable(name));
    if (!isQuick) report(problems, notes, points, unseen);
    const left = [...visitsTo.keys()].filter((point) => !isOutermost(points.get(point)));
    const drawn = isQuick ? take(random, left, SAMPLE.points + SPARE) : left;
    const chosen = isQuick ? drawn.splice(0, SAMPLE.points) : drawn;
    const missed = [];
    const passBy = (some) =>
      lanes.each(some, async (lane, point) => {
        const isPassed = await armed(lane, { point, name: points.get(point) }, visitsTo, normal, problems);
        if (!isPassed) missed.push(`${point} (${points.get(point)})`);
      });
    await passBy(chosen);
    while (isQuick && chosen.length - missed.length < SAMPLE.points && drawn.length > 0) {
      const instead = drawn.splice(0, SAMPLE.points - (chosen.length - missed.length));
      chosen.push(...instead);
      await passBy(instead);
    }
    const reached = chosen.length - missed.length;
    notes.push(`${reached} of ${chosen.length} points passed, ${visitsTo.size} of ${points.size} seen`);
    const wanted = isQuick ? SAMPLE.points : REACHED * chosen.length;
    if (reached < wanted) problems.push(`not reached: ${missed.join(', ')}`);
    else if (missed.length > 0) notes.push(`not passed when armed: ${missed.join(', ')}`);
    const off = isQuick ? take(random, offs, SAMPLE.off) : offs;
    notes.push(`${chosen.filter((point) => isUnanswered(points.get(point))).length} leave a call unanswered`);
    notes.push(`switched off at ${await switchOff(lanes, off, problems)} of ${off.length}`);
    await world.retire(browser);
    return reached;
  },
};

/** The campaigns go to the collector, which checks them; kinds of visits that need another one get theirs from us. */
async function servePlanted({ collector, folder, proxy, site }, files, all) {
  const file = join(folder, 'campaigns.json');
  writeFileSync(file, JSON.stringify(campaignFile));
  await collector.stop();
  await collector.start({ args: ['--campaigns', file] });
  const program = await fetch(`${proxy.url()}/v1/program/faults`).then((response) => response.json());
  serve(site, { files, program, endpoint: proxy.url(), scenarios: all });
}

function take(random, all, count) {
  const left = [...all];
  return Array.from({ length: count }, () => left.splice(random.between(0, left.length - 1), 1)[0]);
}

function report(problems, notes, points, unseen) {
  const names = unseen.map(([point, name]) => `${point} (${name})`);
  if (unseen.length > (1 - SEEN) * points.size) problems.push(`never seen: ${names.join(', ')}`);
  else if (unseen.length > 0) notes.push(`never seen: ${names.join(', ')}`);
}

/** The point throws in a visit that comes by it, if need be in further ones; whether it did. */
async function armed(lane, { point, name }, visitsTo, normal, problems) {
  const kinds = visitsTo.get(point);
  for (let visit = 0; visit < VISITS; visit += 1) {
    const kind = kinds[visit % kinds.length];
    const one = await lane.visit(kind, point);
    const where = `point ${point} (${name}) in ${kind.name}`;
    if (one.errors.length > 0) problems.push(`${where}: host sees ${one.errors[0]}`);
    const result = isUnanswered(name) ? one.result.replace(/hangs: [^;]*(; )?/g, '') : one.result;
    if (result !== normal.get(kind)) problems.push(`${where}: host got ${result}`);
    if (one.isPassed) return true;
  }
  return false;
}

async function switchOff(lanes, offs, problems) {
  let count = 0;
  await lanes.each(offs, async (lane, { point, name, armed, unarmed }) => {
    // The same acts without a fault leave it on.
    const shown = { unarmed: await lane.visit(unarmed), armed: await lane.visit(armed, point) };
    const wrong = Object.entries(shown).flatMap(([which, { result, errors }]) => [
      ...errors.map((error) => `${which}: host sees ${error}`),
      ...(/\bbut: |hangs|rejected|thrown/.test(result) ? [`${which}: host got ${result}`] : []),
    ]);
    if (shown.unarmed.result !== shown.armed.result)
      wrong.push(`armed: host got ${shown.armed.result}, unarmed: ${shown.unarmed.result}`);
    if (wrong.length > 0) problems.push(`off at ${point} (${name}): ${wrong[0]}`);
    else count += 1;
  });
  return count;
}
