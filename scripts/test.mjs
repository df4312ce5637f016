/**
 * `npm test`: makes a fresh clone ready, builds, runs the tests and ends with one line `N passed, N failed`.
 * `--whole` also runs the long files it leaves to `.ci/run` (test/tiers.mjs). `--only NAME` (repeatable) runs all of some projects; other
 * arguments go to vitest.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { ensureBrowser, ensureDependencies, ensureNode } from './ensure.mjs';
import { runFaults } from './faults.mjs';
import { Failure, isMain, runMain, runPackage } from './run.mjs';
import { countResults, sumCounts, summaryLine } from './test/counts.mjs';
import { LEFT_TO_CI } from './test/tiers.mjs';

/** Cheapest first. One process each: a browser next to other tests would starve on two cores. */
const PROJECTS = ['core', 'sdk', 'collector', 'console', 'package', 'e2e', 'faults'];

/** `--only NAME` or `--only=NAME` picks projects, all if none is named; the rest is vitest's. Only a plain `npm test` is not whole. */
export function readArguments(args) {
  const only = [];
  const rest = [];
  let isAsked = false;
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === '--whole') isAsked = true;
    else if (args[i] === '--only') only.push(args[(i += 1)]);
    else if (args[i].startsWith('--only=')) only.push(args[i].slice('--only='.length));
    else rest.push(args[i]);
  }
  const unknown = only.filter((name) => !PROJECTS.includes(name));
  if (unknown.length > 0) {
    throw new Failure(`--only takes one of ${PROJECTS.join(', ')}, not ${unknown.map(String).join(', ')}.`);
  }
  const projects = only.length > 0 ? PROJECTS.filter((name) => only.includes(name)) : PROJECTS;
  return { projects, rest, isWhole: isAsked || only.length > 0 || rest.length > 0 };
}

async function runProject(project, { rest, isWhole }, env) {
  // No project of vitest's: the fault matrix, its short runs. What is meant for vitest says nothing about it.
  if (project === 'faults')
    return rest.length > 0 ? { passed: 0, failed: 0, skipped: 0 } : runFaults(['--quick']);
  const folder = mkdtempSync(join(tmpdir(), 'kikubari-test-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    // Mostly waiting for disks and timers, so two files at a time share two processors well; projects that must not say so themselves.
    const left = (!isWhole && LEFT_TO_CI[project]) || [];
    const excluded = left.map((file) => `--exclude=${file}`);
    const args = ['run', '--project', project, '--maxWorkers=2', ...reporters, ...excluded, ...rest];
    const { code, seconds } = await runPackage('vitest/vitest.mjs', args, { env });
    // With a file filter a project may rightly have nothing to run.
    const counts = countResults(readReport(report), code, { mayBeEmpty: rest.length > 0 });
    const others = left.length > 0 ? `, ${left.length} long files left to .ci/run` : '';
    console.log(`${project}: ${summaryLine(counts)} in ${seconds.toFixed(0)} s${others}\n`);
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

async function main() {
  ensureNode();
  const options = readArguments(process.argv.slice(2));
  await ensureDependencies();
  const env = { CHROMIUM: await ensureBrowser() };
  Object.assign(process.env, env);
  await build();
  const counts = [];
  for (const project of options.projects) counts.push(await runProject(project, options, env));
  const total = sumCounts(counts);
  console.log(summaryLine(total));
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

if (isMain(import.meta.url)) await runMain(main);
