/**
 * `npm run simulate`: random programs and logs, as many as are asked for, in each of which the evaluator must say what brute force over
 * the whole log says. What `npm test` runs a slice of.
 *   --cases N   default 100,000, shared out among the properties
 *   --seed N    repeats a run
 *   --fuzz      (`npm run fuzz`) damaged programs, files, values and checkpoints instead: none of them may make anything throw or hang
 */
import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies, ensureNode } from './ensure.mjs';
import { Failure, isMain, runMain, runPackage } from './run.mjs';

const PROPERTIES = ['fold', 'combination', 'recall', 'conditions'].map(
  (name) => `test/unit/core/${name}.property.test.ts`,
);
const FUZZ = ['test/unit/core/fuzz.test.ts'];

function readOptions(args) {
  const options = {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string' },
    fuzz: { type: 'boolean', default: false },
  };
  let values;
  try {
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    throw new Failure(error.message);
  }
  // A fresh seed each time finds more; it is printed, so that what it found can be repeated.
  const { cases, seed = String(Math.floor(Math.random() * 2 ** 31)) } = values;
  for (const [name, text] of Object.entries({ cases, seed }))
    if (!/^[1-9]\d{0,9}$/.test(text))
      throw new Failure(`--${name} takes a whole number such as 100000, not ${text}.`);
  return { cases, seed, files: values.fuzz ? FUZZ : PROPERTIES };
}

const format = (value) => Math.round(value).toLocaleString('en');

function report({ part, cases, seconds, counts }) {
  console.log(`\n${part}: ${format(cases)} cases in ${format(seconds)} s`);
  for (const what of Object.keys(counts).sort()) console.log(`  ${what}: ${format(counts[what])}`);
}

async function main() {
  ensureNode();
  const { cases, seed, files } = readOptions(process.argv.slice(2));
  await ensureDependencies();
  const folder = mkdtempSync(join(tmpdir(), 'kikubari-simulate-'));
  const tally = join(folder, 'tally.jsonl');
  console.log(`${format(Number(cases))} cases, seed ${seed}`);
  const args = ['run', ...files, '--project', 'core', '--maxWorkers=1', '--disable-console-intercept'];
  const env = { KIKUBARI_CASES: cases, KIKUBARI_SEED: seed, KIKUBARI_TALLY: tally };
  const { code, seconds } = await runPackage('vitest/vitest.mjs', args, { env });
  const lines = existsSync(tally) ? readFileSync(tally, 'utf8').trim().split('\n') : [];
  rmSync(folder, { recursive: true, force: true });
  const parts = lines.map((line) => JSON.parse(line));
  parts.forEach(report);
  const total = parts.reduce((sum, part) => sum + part.cases, 0);
  const isWhole = code === 0 && total >= Number(cases);
  console.log(
    `\nsimulate: ${format(total)} cases, seed ${seed}, ${format(seconds)} s: ${isWhole ? 'no failure' : 'FAILED, see above'}`,
  );
  return isWhole ? 0 : 1;
}

if (isMain(import.meta.url)) await runMain(main);
