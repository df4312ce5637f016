/**
 * `npm run faults`: the fault matrix, every row in a real browser against the built collector, one line a row.
 * `--quick` fewer runs of the same rows; `--only F01,F05` some rows; `--seed N` repeats a run; `--million` the million
 * events of F05 and C01 together; `--sabotage lose|double` proves that rows can fail.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { ensureBrowser, ensureDependencies, ensureNode } from './ensure.mjs';
import { Failure, isMain, root, runMain } from './run.mjs';

const FOLDER = join(root, 'test/faults');

function readOptions(args) {
  const options = {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string' },
    million: { type: 'boolean', default: false },
    sabotage: { type: 'string' },
  };
  try {
    const { values } = parseArgs({ args, options });
    const only = values.only.flatMap((names) => names.split(','));
    // A fresh seed each time finds more; it is printed, so that what it found can be repeated.
    const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
    return { ...values, only, seed };
  } catch (error) {
    throw new Failure(error.message);
  }
}

/** The rows' modules, in the order of the matrix. */
async function loadRows({ only, million }) {
  const files = readdirSync(FOLDER)
    .filter((name) => /^[FC]\d\d\w*-.*\.mjs$/.test(name))
    .sort((a, b) => (a[0] === b[0] ? a.localeCompare(b) : a[0] === 'F' ? -1 : 1));
  const modules = await Promise.all(files.map((name) => import(pathToFileURL(join(FOLDER, name)).href)));
  const rows = modules.map(({ row }) => row);
  const unknown = only.filter((id) => !rows.some((row) => row.id === id));
  if (unknown.length > 0)
    throw new Failure(`--only takes ${rows.map(({ id }) => id).join(', ')}, not ${unknown.join(', ')}.`);
  if (only.length > 0) return rows.filter(({ id }) => only.includes(id));
  return rows.filter(({ isMillion }) => million || !isMillion);
}

async function main() {
  ensureNode();
  const options = readOptions(process.argv.slice(2));
  await ensureDependencies();
  process.env.CHROMIUM = await ensureBrowser();
  await build();
  // Only now: these need what has just been installed.
  const { runRow } = await import('../test/faults/harness/runRow.mjs');
  const { tableHead, tableLine } = await import('../test/faults/harness/table.mjs');
  console.log(`seed ${options.seed}${options.quick ? ', quick' : ''}\n${tableHead()}`);
  let failed = 0;
  const rows = await loadRows(options);
  for (const row of rows) {
    const result = await runRow(row, {
      seed: options.seed,
      isQuick: options.quick,
      sabotage: options.sabotage,
    });
    console.log(tableLine(result));
    if (result.problems.length > 0) failed += 1;
  }
  console.log(`faults: ${rows.length - failed} passed, ${failed} failed`);
  return failed === 0 && rows.length > 0 ? 0 : 1;
}

if (isMain(import.meta.url)) await runMain(main);
