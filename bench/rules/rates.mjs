/** Rules per second of processor time: ours and others', in turns, in Node and in Chromium, and what the first 1,000 cost. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { withBrowser } from '../log/browser.mjs';
import { watchMainThread } from '../log/mainThread.mjs';
import { format, median, progress, verdict } from '../log/numbers.mjs';
import { startPages } from '../log/pages.mjs';
import { createContest } from './contest.mjs';
import { coreFolder } from './core.mjs';

const OURS = 'kikubari';
const THEIRS = 'growthbook';
/** One turn of one engine takes about so long, ms of processor time. */
const TURN_MS = 100;
const COLD_RUNS = 9;

/** Rules per second of each engine, median of the rounds. `cpuMs()`: processor time so far. */
async function inTurns({ names, begin, ask, cpuMs, rounds }) {
  const timed = async (name, times) => {
    const before = await cpuMs();
    const asked = await ask(name, times);
    return { asked, ms: (await cpuMs()) - before };
  };
  const wrong = {};
  const times = {};
  for (const name of names) {
    wrong[name] = await begin(name);
    // So many passes that the compiler has done its work, then as many as fill a turn.
    await ask(name, 5);
    const { ms } = await timed(name, 20);
    times[name] = Math.max(2, Math.ceil((20 * TURN_MS) / ms));
    await ask(name, times[name]);
  }
  const rates = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of names) {
      const { asked, ms } = await timed(name, times[name]);
      rates[name].push((asked / ms) * 1000);
    }
  return { wrong, rates };
}

function report(where, { wrong, rates }) {
  for (const [name, all] of Object.entries(rates))
    progress(
      `${where}, ${name}: ${format(median(all))} rules per CPU second (${format(Math.min(...all))} to ${format(Math.max(...all))}), ${wrong[name]} wrong`,
    );
  verdict({
    what: `${where}: rules per CPU second`,
    ours: median(rates[OURS]),
    reference: median(rates[THEIRS]),
    against: THEIRS,
    unit: 'rules',
    leastRatio: 4,
  });
  const sum = Object.values(wrong).reduce((total, count) => total + count, 0);
  verdict({
    what: `${where}: answers of all engines that differ from the reference`,
    ours: sum,
    unit: 'of 1,000 each',
    most: 0,
  });
}

export async function measureInNode(core, rounds) {
  const contest = createContest(core);
  const cpuMs = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  report('Node', await inTurns({ ...contest, cpuMs, rounds }));
}

/** Processes that have seen nothing yet; ours and theirs in turns. */
export function measureCold() {
  const taken = { [OURS]: [], [THEIRS]: [] };
  for (let run = 0; run < COLD_RUNS; run++)
    for (const name of [OURS, THEIRS]) {
      const { stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'cold.mjs'), name], {
        encoding: 'utf8',
      });
      if (stderr) progress(stderr);
      taken[name].push(JSON.parse(stdout));
    }
  const of = (name, figure) => median(taken[name].map((one) => one[figure]));
  for (const name of [OURS, THEIRS])
    progress(
      `Node, cold, ${name}: ${format(of(name, 'cpuMs'))} ms of processor time, ${format(Math.min(...taken[name].map(({ wallMs }) => wallMs)))} ms by the clock at best`,
    );
  verdict({
    what: 'Node: 1,000 rules, cold, compiled and answered',
    ours: of(OURS, 'cpuMs'),
    reference: of(THEIRS, 'cpuMs'),
    against: THEIRS,
    unit: 'ms',
    most: 15,
  });
}

async function bundled() {
  const { outputFiles } = await build({
    stdin: {
      contents: `import * as core from ${JSON.stringify(join(coreFolder, 'all.js'))};
        import { createContest } from './contest.mjs';
        window.contest = createContest(core);`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

export async function measureInChromium(rounds) {
  const pages = await startPages();
  const content = await bundled();
  const open = async (context) => {
    const page = await context.newPage();
    await page.goto(pages.address());
    await page.addScriptTag({ content });
    return { page, thread: await watchMainThread(page) };
  };
  try {
    await withBrowser(async (context) => {
      const { page, thread } = await open(context);
      const call =
        (method) =>
        (...args) =>
          page.evaluate(([method, args]) => window.contest[method](...args), [method, args]);
      const names = await page.evaluate(() => window.contest.names);
      report(
        'Chromium',
        await inTurns({ names, begin: call('begin'), ask: call('ask'), cpuMs: thread.ms, rounds }),
      );
      await page.close();
      await measureColdPages(() => open(context));
    });
  } finally {
    pages.close();
  }
}

async function measureColdPages(open) {
  const taken = { [OURS]: [], [THEIRS]: [] };
  for (let run = 0; run < COLD_RUNS; run++)
    for (const name of [OURS, THEIRS]) {
      const { page, thread } = await open();
      const before = await thread.ms();
      await page.evaluate((name) => window.contest.beginCold(name), name);
      taken[name].push((await thread.ms()) - before);
      await page.close();
    }
  verdict({
    what: 'Chromium: 1,000 rules, cold, compiled and answered',
    ours: median(taken[OURS]),
    reference: median(taken[THEIRS]),
    against: THEIRS,
    unit: 'ms',
    most: 15,
  });
}
