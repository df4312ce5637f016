/**
 * `npm run lint`: every static check, one after the other, each with its verdict and time. All run even if one fails.
 * `--only NAME` (repeatable) runs some of them.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies, ensureNode } from './ensure.mjs';
import { cacheFolder, Failure, isMain, root, runMain, runPackage } from './run.mjs';

/** One tsconfig a part, because each part may know other names: core has no DOM, the SDK no Node. */
const TYPED = ['src/core', 'src/sdk', 'src/collector', 'src/console', 'test', 'test/unit/console'];

const CHECKS = [
  ...TYPED.filter((part) => existsSync(join(root, part, 'tsconfig.json'))).map((part) => ({
    name: `tsc ${part}`,
    command: ['typescript/bin/tsc', '--project', part, '--incremental', '--tsBuildInfoFile', buildInfo(part)],
  })),
  { name: 'eslint', command: ['eslint/bin/eslint.js', '--max-warnings', '0', '.'] },
  {
    name: 'dependency-cruiser',
    command: ['dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', 'src'],
  },
  { name: 'knip', command: ['knip/bin/knip.js', '--no-progress', '--no-config-hints'] },
  { name: 'prettier', command: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'] },
];

function buildInfo(part) {
  return join(cacheFolder, `${part.replaceAll('/', '-')}.tsbuildinfo`);
}

async function check({ name, command: [tool, ...args] }) {
  const { code, output, seconds } = await runPackage(tool, args, {
    quiet: true,
    env: { NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  if (code !== 0) console.log(output.trim());
  console.log(`${name}: ${code === 0 ? 'ok' : 'FAILED'} in ${seconds.toFixed(1)} s`);
  return code === 0;
}

function chosenChecks(args) {
  const only = args.filter((_, i) => args[i - 1] === '--only');
  const chosen =
    only.length > 0 ? CHECKS.filter(({ name }) => only.some((part) => name.startsWith(part))) : CHECKS;
  if (chosen.length === 0)
    throw new Failure(`--only takes one of ${CHECKS.map(({ name }) => name).join(', ')}.`);
  return chosen;
}

async function main() {
  ensureNode();
  await ensureDependencies();
  mkdirSync(cacheFolder, { recursive: true });
  const failed = [];
  for (const one of chosenChecks(process.argv.slice(2))) if (!(await check(one))) failed.push(one.name);
  console.log(failed.length === 0 ? 'lint: all checks passed' : `lint: failed: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
}

if (isMain(import.meta.url)) await runMain(main);
