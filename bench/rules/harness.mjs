/**
 * Holds `npm run bench:rules` to a harness of others: a copy of it, git-ignored, gets our engine beside its own.
 *   node bench/rules/harness.mjs --harness DIR
 *   --runs N       rounds of the harness, default 5
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBrowser } from '../../scripts/ensure.mjs';
import { runMain } from '../../scripts/run.mjs';
import { COPY, copyHarness, runInCopy } from '../harnessCopy.mjs';
import { allGood, format, printTable, progress, verdict } from '../log/numbers.mjs';
import { buildCore, coreFolder } from './core.mjs';

const RESULTS = join(COPY, '.work/kikubariRules.json');
const MARK = '// kikubari';
const ENGINE = `${MARK}
import { engineFor } from './kikubariRules.mjs';
engines.kikubari = engineFor(ctx);
`;

const { values } = parseArgs({
  options: { harness: { type: 'string', default: '' }, runs: { type: 'string', default: '5' } },
});

function addEngine() {
  const engine = readFileSync(new URL('harnessEngine.mjs', import.meta.url), 'utf8');
  writeFileSync(
    join(COPY, 'lib/kikubariRules.mjs'),
    engine.replace("'CORE'", JSON.stringify(join(coreFolder, 'all.js'))),
  );
  const path = join(COPY, 'lib/rules.mjs');
  const rules = readFileSync(path, 'utf8');
  if (!rules.includes(MARK)) writeFileSync(path, rules + ENGINE);
}

async function main() {
  process.env.CHROMIUM = await ensureBrowser();
  await buildCore();
  copyHarness(values.harness, addEngine);
  const args = ['--only', 'rules', '--peers', 'empty', '--runs', values.runs, '--out', RESULTS, '--quiet'];
  runInCopy(process.execPath, ['run.mjs', ...args]);
  const { rules } = JSON.parse(readFileSync(RESULTS, 'utf8'));
  const of = (name) => rules.find((row) => row.name === name);
  const [ours, theirs] = [of('kikubari'), of('growthbook')];
  for (const { name, node, web } of rules)
    progress(
      `${name}: ${format(node.rps)} in Node, ${format(web.rps)} in Chromium, ${node.wrong + web.wrong} wrong`,
    );
  for (const [where, side] of [
    ['Node', 'node'],
    ['Chromium', 'web'],
  ]) {
    verdict({
      what: `${where}, harness: rules per CPU second`,
      ours: ours[side].rps,
      reference: theirs[side].rps,
      against: 'growthbook',
      unit: 'rules',
      leastRatio: 4,
    });
    verdict({
      what: `${where}, harness: disagreements with its reference`,
      ours: ours[side].wrong,
      unit: 'of 1,000',
      most: 0,
    });
    const firstMs = ({ prepareMs, firstMs }) => prepareMs + firstMs;
    verdict({
      what: `${where}, harness: 1,000 rules, cold, by the clock`,
      ours: firstMs(ours[side]),
      reference: firstMs(theirs[side]),
      against: 'growthbook',
      unit: 'ms',
      most: 15,
    });
  }
  printTable();
  return allGood() ? 0 : 1;
}

await runMain(main);
