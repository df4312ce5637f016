/** Builds SDK, JSON Schemas, console and collector, each only if its sources changed since its last build. `--force` builds all. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from './contentHash.mjs';
import { ensureDependencies, ensureNode } from './ensure.mjs';
import { cacheFolder, Failure, isMain, root, runMain, runPackage } from './run.mjs';

const ROLLUP = 'rollup/dist/bin/rollup';
const VITE = 'vite/bin/vite.js';
/** What the SDK's build tells `npm run size`. */
const ROOMS = 'node_modules/.cache/kikubari/rooms.json';
const SHARED_INPUTS = ['package.json', 'package-lock.json', 'tsconfig.json'];
/** The console shows the SDK's renderer through this one entry; until it exists the console needs no SDK source. */
const PREVIEW_INPUTS = existsSync(join(root, 'src/sdk/preview.ts')) ? ['src/sdk'] : [];

/**
 * What is built, in this order: `inputs` decide whether it must be, `outputs` must exist afterwards. `cleared` holds files whose names
 * change with their content: those of earlier builds would be packed with the new ones.
 */
const PARTS = [
  {
    name: 'sdk',
    inputs: [...SHARED_INPUTS, 'rollup.config.mjs', 'scripts/size', 'src/core', 'src/sdk'],
    outputs: ['dist/index.js', 'dist/index.cjs', 'dist/index.d.ts', 'dist/browser/kikubari.js', ROOMS],
    cleared: 'dist/chunks',
    command: [
      ROLLUP,
      '--config',
      'rollup.config.mjs',
      '--silent',
      '--plugin',
      './scripts/size/recordRooms.mjs',
    ],
  },
  {
    name: 'schema',
    inputs: [...SHARED_INPUTS, 'scripts/schema.rollup.mjs', 'src/collector/rollup.config.mjs', 'src/core'],
    outputs: ['dist/schema/campaigns.json', 'dist/schema/program.json'],
    cleared: 'dist/schema',
    command: [ROLLUP, '--config', 'scripts/schema.rollup.mjs', '--silent'],
  },
  {
    name: 'console',
    inputs: [...SHARED_INPUTS, 'src/core', 'src/console', 'src/collector/api.ts', ...PREVIEW_INPUTS],
    outputs: ['src/console/dist/index.html'],
    command: [VITE, 'build', 'src/console', '--logLevel', 'warn'],
  },
  {
    name: 'collector',
    inputs: [...SHARED_INPUTS, 'src/core', 'src/collector'],
    outputs: ['src/collector/dist/kikubari.js'],
    cleared: 'src/collector/dist',
    command: [ROLLUP, '--config', 'src/collector/rollup.config.mjs', '--silent'],
  },
];

/** What the collector's package carries besides its own code, so that one tarball is a whole installation. */
const CARRIED = [
  { from: 'src/console/dist', to: 'src/collector/dist/console' },
  { from: 'dist/browser', to: 'src/collector/dist/sdk' },
  { from: 'dist/schema', to: 'src/collector/dist/schema' },
  { from: 'LICENSE', to: 'src/collector/dist/LICENSE' },
];

/** Builds the SDK alone, if it is out of date: all that a measurement of it needs. */
export async function buildSdk({ force = false, log = console.log } = {}) {
  await buildPart(PARTS[0], force, log);
}

/** Builds every part that is out of date; throws a `Failure` if one cannot be built. `log` gets one line a part. */
export async function build({ force = false, log = console.log } = {}) {
  for (const part of PARTS) await buildPart(part, force, log);
  for (const { from, to } of CARRIED) carry(join(root, from), join(root, to));
}

async function buildPart({ name, inputs, outputs, cleared, command: [tool, ...args] }, force, log) {
  const stamp = join(cacheFolder, `${name}.hash`);
  const hash = contentHash(root, inputs);
  if (!force && missing(outputs).length === 0 && readStamp(stamp) === hash) {
    log(`build ${name}: up to date`);
    return;
  }
  rmSync(stamp, { force: true });
  if (cleared) rmSync(join(root, cleared), { recursive: true, force: true });
  const { code, output, seconds } = await runPackage(tool, args, {
    quiet: true,
    env: { NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  if (code !== 0) throw new Failure(`build ${name}: failed\n${output.trim()}`);
  const absent = missing(outputs);
  if (absent.length > 0)
    throw new Failure(`build ${name}: did not write ${absent.join(', ')}\n${output.trim()}`);
  if (output.trim()) log(output.trim());
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(stamp, hash);
  log(`build ${name}: ${seconds.toFixed(1)} s`);
}

/** Makes `to` a copy of `from`; leaves an equal copy alone, since a running collector may be serving it. */
function carry(from, to) {
  if (contentHash(from, ['.']) === contentHash(to, ['.'])) return;
  // A file of the build before must not stay beside the new ones: its name is content-hashed and nothing would replace it.
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}

function missing(outputs) {
  return outputs.filter((path) => !existsSync(join(root, path)));
}

function readStamp(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

if (isMain(import.meta.url)) {
  await runMain(async () => {
    ensureNode();
    await ensureDependencies();
    await build({ force: process.argv.includes('--force') });
  });
}
