/**
 * `npm run mutate`: mistakes planted in `src/core` one at a time (`mutate/mutations.json`), each of which the core tests must notice.
 * First all of them with no mistake in it: they must pass.
 *   --only NAME   mutations of one file; may be repeated
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies, ensureNode } from './ensure.mjs';
import { MUTATIONS, mutated } from './mutate/mutations.mjs';
import { Failure, isMain, root, runMain, runPackage } from './run.mjs';

/** The quickest first: most mistakes end there. */
const ROUNDS = [
  ['cases', 'reading', 'checkpoint', 'decide', 'assign', 'fold', 'zonedTime', 'moreMeasures'],
  [
    'combination.property',
    'fold.property',
    'signals.property',
    'recall.property',
    'retention',
    'pattern',
    'evaluate.property',
  ],
];
const TIMEOUT_MS = 300_000;

/** The name of the first test that fails, if one does. A run that does not end has noticed something as well. */
async function failingTest(index, files) {
  const folder = mkdtempSync(join(tmpdir(), 'kikubari-mutate-'));
  const report = join(folder, 'report.json');
  const paths = files.map((name) => `test/unit/core/${name}.test.ts`);
  const args = ['run', ...paths, '--config', 'scripts/mutate/plant.mjs', '--bail=1', '--maxWorkers=2'];
  const options = { quiet: true, timeoutMs: TIMEOUT_MS, env: { KIKUBARI_MUTATION: String(index) } };
  try {
    const { code, output } = await runPackage(
      'vitest/vitest.mjs',
      [...args, '--reporter=json', `--outputFile=${report}`],
      options,
    );
    if (code === 0) return undefined;
    if (code === 124) return 'does not end';
    return firstFailure(report) ?? new Failure(`The tests did not run: ${output.slice(-2000)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function firstFailure(report) {
  let files;
  try {
    files = JSON.parse(readFileSync(report, 'utf8')).testResults;
  } catch {
    return undefined;
  }
  for (const { name, assertionResults } of files)
    for (const { status, fullName } of assertionResults)
      if (status === 'failed') return `${relative(join(root, 'test/unit/core'), name)}: ${fullName.trim()}`;
  return undefined;
}

async function noticedBy(index) {
  for (const files of ROUNDS) {
    const failing = await failingTest(index, files);
    if (failing instanceof Failure) throw failing;
    if (failing) return failing;
  }
  return undefined;
}

function checkTexts(chosen) {
  for (const mutation of chosen)
    mutated(readFileSync(join(root, 'src/core', `${mutation.file}.ts`), 'utf8'), mutation);
}

async function main() {
  ensureNode();
  const { only } = parseArgs({ options: { only: { type: 'string', multiple: true, default: [] } } }).values;
  const chosen = MUTATIONS.filter(({ file }) => only.length === 0 || only.includes(file));
  if (chosen.length === 0)
    throw new Failure(`--only takes one of ${[...new Set(MUTATIONS.map(({ file }) => file))].join(', ')}.`);
  await ensureDependencies();
  checkTexts(chosen);
  const broken = await noticedBy(-1);
  if (broken) throw new Failure(`Without any mutation the tests fail: ${broken}`);
  const survived = [];
  console.log('| file | mistake | noticed by |\n| --- | --- | --- |');
  for (const mutation of chosen) {
    const test = await noticedBy(MUTATIONS.indexOf(mutation));
    console.log(`| ${mutation.file} | ${mutation.breaks} | ${test ?? '**nobody**'} |`);
    if (!test) survived.push(mutation);
  }
  console.log(`\nmutate: ${chosen.length - survived.length} of ${chosen.length} noticed`);
  for (const { file, text, replacement } of survived)
    console.log(`survived in ${file}: ${text} -> ${replacement}`);
  return survived.length === 0 ? 0 : 1;
}

if (isMain(import.meta.url)) await runMain(main);
