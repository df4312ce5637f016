/**
 * `npm run faults`: the whole fault matrix, every row in a real browser against the built collector, one line a row: all in
 * Chromium, those that run in Firefox and WebKitGTK there too, and the million events of F05 and C01 together last.
 * Narrower: `--only F01,F05` some rows; `--browser chromium` (or `firefox`, `webkit`) some browsers; `--no-million`; `--quick` fewer
 * runs of the same rows, and of itself in Chromium without the million (`--browser all` and `--million` add them). `--seed N`
 * repeats a run. `--sabotage lose`, or another of `harness/sabotages.mjs`, proves that rows can fail: then one that stays green has
 * failed. Without `--only` it runs the rows that must notice it, in Chromium.
 */
import { readdirSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { ensureBrowser, ensureDependencies, ensureNode, ensureOtherBrowser } from './ensure.mjs';
import { Failure, isMain, root, runMain } from './run.mjs';

/** Most of a short row is waiting for time-outs of the product, so two of them share the processors well. */
const QUICK_AT_ONCE = 2;
/** What the short runs may take on a machine that does nothing else. */
const QUICK_SECONDS = 240;
const FOLDER = join(root, 'test/faults');
const BROWSERS = ['chromium', 'firefox', 'webkit'];

function readOptions(args) {
  const options = {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    browser: { type: 'string', multiple: true },
    seed: { type: 'string' },
    million: { type: 'boolean' },
    sabotage: { type: 'string' },
  };
  try {
    const { values } = parseArgs({ args, options, allowNegative: true });
    const only = values.only.flatMap((names) => names.split(','));
    const isAll = !values.quick && values.sabotage === undefined;
    const asked = values.browser ?? (isAll ? ['all'] : ['chromium']);
    const browsers = readBrowsers(asked.flatMap((names) => names.split(',')));
    const million = values.million ?? isAll;
    // A fresh seed each time finds more; it is printed, so that what it found can be repeated.
    const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
    return { ...values, only, browsers, million, seed };
  } catch (error) {
    throw new Failure(error.message);
  }
}

function readBrowsers(names) {
  if (names.includes('all')) return BROWSERS;
  const unknown = names.filter((name) => !BROWSERS.includes(name));
  if (unknown.length > 0)
    throw new Failure(`--browser takes ${BROWSERS.join(', ')} or all, not ${unknown.join(', ')}.`);
  return BROWSERS.filter((name) => names.includes(name));
}

/** The rows' modules, in the order of the matrix; the million, which takes longest, is last. */
async function loadRows({ only, million }) {
  const files = readdirSync(FOLDER)
    .filter((name) => /^[FC]\d\d\w*-.*\.mjs$/.test(name))
    .sort((a, b) => (a[0] === b[0] ? a.localeCompare(b) : a[0] === 'F' ? -1 : 1));
  const modules = await Promise.all(files.map((name) => import(pathToFileURL(join(FOLDER, name)).href)));
  const rows = modules
    .map(({ row }) => row)
    .sort((a, b) => Number(a.isMillion ?? 0) - Number(b.isMillion ?? 0));
  const unknown = only.filter((id) => !rows.some((row) => row.id === id));
  if (unknown.length > 0)
    throw new Failure(`--only takes ${rows.map(({ id }) => id).join(', ')}, not ${unknown.join(', ')}.`);
  if (only.length > 0) return rows.filter(({ id }) => only.includes(id));
  return rows.filter(({ isMillion }) => million || !isMillion);
}

/** Each row in each browser that it runs in; without Chromium only the rows that run elsewhere are left. */
function pairUp(rows, { browsers, only }) {
  const pairs = rows.flatMap((row) => {
    const own = browsers.filter((browser) => browser === 'chromium' || row.others);
    return own.map((browser) => ({ row, browser }));
  });
  const left = only.filter((id) => !pairs.some(({ row }) => row.id === id));
  if (left.length > 0)
    throw new Failure(`${left.join(', ')}: in Chromium only, not in ${browsers.join(', ')}.`);
  return pairs;
}

async function ensureBrowsers(browsers) {
  for (const browser of browsers) {
    if (browser === 'chromium') process.env.CHROMIUM = await ensureBrowser();
    else Object.assign(process.env, await ensureOtherBrowser(browser));
  }
}

/** Runs `atOnce` pairs at a time; the promises come in their order. */
function runAll(pairs, runOne, atOnce) {
  const waiting = pairs.map((pair) => {
    const one = { pair };
    one.result = new Promise((resolve) => (one.resolve = resolve));
    return one;
  });
  const queue = [...waiting];
  const work = async () => {
    for (let one = queue.shift(); one; one = queue.shift()) one.resolve(await runOne(one.pair));
  };
  for (let lane = 0; lane < atOnce; lane += 1) void work();
  return waiting.map(({ result }) => result);
}

/** A sabotage names the rows that must notice it; where it names none, all must. */
function withRows(options, sabotages) {
  const { sabotage, only } = options;
  if (sabotage === undefined) return options;
  if (!Object.hasOwn(sabotages, sabotage))
    throw new Failure(`--sabotage takes ${Object.keys(sabotages).join(', ')}, not ${sabotage}.`);
  return { ...options, only: only.length > 0 ? only : (sabotages[sabotage].noticedBy ?? []) };
}

/** What these options ask for: each row with its browser. */
async function planFaults(options) {
  // Only now: it needs what has just been installed.
  const { sabotages } = await import('../test/faults/harness/sabotages.mjs');
  return pairUp(await loadRows(withRows(options, sabotages)), options);
}

/** Runs the rows on what is built, a line for each in each browser; how many passed and failed. */
export async function runFaults(args) {
  const options = readOptions(args);
  return runPlan(await planFaults(options), options);
}

async function runPlan(pairs, { seed, quick, sabotage }) {
  const startedAt = Date.now();
  const { runRow } = await import('../test/faults/harness/runRow.mjs');
  const { tableHead, tableLine } = await import('../test/faults/harness/table.mjs');
  console.log(`seed ${seed}${quick ? ', quick' : ''}\n${tableHead()}`);
  const runPair = ({ row, browser }) => runRow(row, { seed, isQuick: quick, sabotage, browser });
  let failed = 0;
  for (const result of runAll(pairs, runPair, quick ? QUICK_AT_ONCE : 1)) {
    const done = await result;
    console.log(tableLine(done));
    if (done.problems.length > 0 === (sabotage === undefined)) failed += 1;
  }
  const passed = pairs.length - failed;
  const what = sabotage ? `sabotage ${sabotage}: noticed by ${passed} rows, not by ${failed}` : undefined;
  const seconds = (Date.now() - startedAt) / 1000;
  console.log(`${what ?? `faults: ${passed} passed, ${failed} failed`} in ${seconds.toFixed(0)} s`);
  if (quick && seconds > QUICK_SECONDS) console.log(slowness(seconds));
  return { passed, failed, skipped: 0 };
}

/** Said, not judged: what else the machine does is not the rows' fault. */
function slowness(seconds) {
  const load = `load average ${loadavg()[1].toFixed(1)} on ${availableParallelism()} processors`;
  return `slower than the ${QUICK_SECONDS} s allowed on a machine that does nothing else: ${seconds.toFixed(0)} s, ${load}`;
}

async function main() {
  // An orderly end, so that browsers end as well.
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => process.exit(1));
  ensureNode();
  const options = readOptions(process.argv.slice(2));
  await ensureDependencies();
  await build();
  const pairs = await planFaults(options);
  // Only those that some row needs: others may have to be installed first.
  await ensureBrowsers(BROWSERS.filter((name) => pairs.some(({ browser }) => browser === name)));
  const { passed, failed } = await runPlan(pairs, options);
  return failed === 0 && passed > 0 ? 0 : 1;
}

if (isMain(import.meta.url)) await runMain(main);
