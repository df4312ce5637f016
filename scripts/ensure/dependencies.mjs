import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Failure, root, run } from '../run.mjs';
import { folderBytes } from './folderBytes.mjs';

/** What a first start may download in all. */
const DOWNLOAD_BUDGET_MB = 400;
const PROGRESS_EVERY_MS = 3000;
/** No install script of any package runs; what we use ships its binaries inside its packages. */
const INSTALL = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** Installs what the lockfile names if node_modules does not hold it yet; otherwise returns at once. */
export async function ensureDependencies(folder = root) {
  if (isInstalled(folder)) return;
  const cache = await cacheContentFolder();
  const before = await folderBytes(cache);
  const startedAt = Date.now();
  console.log('Installing dependencies (only the first time, and after package-lock.json changed) …');
  const downloadedMb = async () => Math.max(0, (await folderBytes(cache)) - before) / 1e6;
  const progress = setInterval(() => {
    void downloadedMb().then((mb) =>
      console.log(`  … ${secondsSince(startedAt)} s, ${mb.toFixed(0)} MB downloaded`),
    );
  }, PROGRESS_EVERY_MS);
  const { code, output } = await npm(INSTALL, folder);
  clearInterval(progress);
  if (code !== 0) {
    throw new Failure(
      `Installing the dependencies failed (npm ${INSTALL.join(' ')} ended with ${code}):\n${output}`,
    );
  }
  reportDownload(await downloadedMb(), secondsSince(startedAt));
}

/**
 * True if node_modules holds what package-lock.json names. npm keeps a lockfile of its own inside node_modules and
 * writes it last, so it is the stamp: an interrupted install has none, and an `npm install` by hand counts too.
 */
export function isInstalled(folder = root) {
  const wanted = readLock(join(folder, 'package-lock.json'));
  const present = readLock(join(folder, 'node_modules', '.package-lock.json'));
  if (!wanted)
    throw new Failure('package-lock.json is missing or damaged: restore it with git and try again.');
  if (!present) return false;
  return Object.entries(wanted).every(([path, { version, link, optional, devOptional, integrity }]) => {
    if (path === '' || !path.includes('node_modules/')) return true;
    const found = present[path];
    // Binaries for other platforms are optional and never installed.
    if (!found) return optional === true || devOptional === true;
    return link === true || (found.version === version && found.integrity === integrity);
  });
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

async function cacheContentFolder() {
  const { output } = await npm(['config', 'get', 'cache', '--loglevel=silent'], root);
  return join(output.trim().split('\n').pop() ?? '', '_cacache', 'content-v2');
}

/** Prefers the npm that started us: it is the one that wrote the lockfile's format, and needs no PATH. */
function npm(args, cwd) {
  const started = process.env.npm_execpath ?? '';
  return basename(started) === 'npm-cli.js'
    ? run(process.execPath, [started, ...args], { cwd, quiet: true })
    : run('npm', args, { cwd, quiet: true });
}

function reportDownload(mb, seconds) {
  const text = `Installed in ${seconds} s; downloaded ${mb.toFixed(1)} MB (budget ${DOWNLOAD_BUDGET_MB} MB).`;
  if (mb > DOWNLOAD_BUDGET_MB && process.env.CI) throw new Failure(`${text} That is over the budget.`);
  console.log(text);
}

function secondsSince(startedAt) {
  return Math.round((Date.now() - startedAt) / 1000);
}
