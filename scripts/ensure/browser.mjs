import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure, run } from '../run.mjs';
import { hasApt, installWithApt } from './apt.mjs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const START_TIMEOUT_MS = 60_000;
const DOWNLOAD_TIMEOUT_MS = 600_000;
/** Without these a Japanese page shows boxes, and its screenshots say nothing. */
const DEBIAN_PACKAGES = ['chromium', 'fonts-noto-cjk'];

/**
 * Path of a Chromium that starts: `CHROMIUM`, one the system has, Playwright's own, Playwright's download, then apt-get
 * when we are root. Throws a `Failure` that says what to install when none of these gives one.
 */
export async function ensureBrowser() {
  const fromEnvironment = process.env.CHROMIUM;
  if (fromEnvironment) {
    if (await starts(fromEnvironment)) return fromEnvironment;
    throw new Failure(`CHROMIUM names ${fromEnvironment}, which does not start: correct it or unset it.`);
  }
  return (
    (await firstThatStarts(systemPlaces())) ??
    (await firstThatStarts(await playwrightPlaces())) ??
    (await downloadWithPlaywright()) ??
    (await installChromium()) ??
    giveUp()
  );
}

function systemPlaces() {
  const { platform, env } = process;
  if (platform === 'darwin') {
    const names = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
    return names.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (platform === 'win32') {
    const bases = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
    const tails = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return bases.flatMap((base) => tails.map((tail) => join(base, tail)));
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
}

async function playwrightPlaces() {
  const { chromium } = await import('playwright').catch(() => ({ chromium: undefined }));
  return chromium ? [chromium.executablePath()] : [];
}

async function firstThatStarts(paths) {
  for (const path of paths) if (existsSync(path) && (await starts(path))) return path;
  return undefined;
}

/** Asks for the version: a placeholder that only points to another package manager, or missing libraries, fail here. */
async function starts(path) {
  // On Windows the question would open a window instead of answering.
  if (process.platform === 'win32') return existsSync(path);
  const { code } = await run(path, ['--version'], { quiet: true, timeoutMs: START_TIMEOUT_MS });
  return code === 0;
}

async function downloadWithPlaywright() {
  console.log('No Chromium found; asking Playwright for one …');
  const env = { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' };
  const options = { env, quiet: true, timeoutMs: DOWNLOAD_TIMEOUT_MS };
  await run('npx', ['--no-install', 'playwright', 'install', 'chromium'], options);
  return firstThatStarts(await playwrightPlaces());
}

async function installChromium() {
  if (!(await hasApt())) return undefined;
  console.log(`Playwright could not; installing ${DEBIAN_PACKAGES.join(' and ')} with apt-get …`);
  await installWithApt(DEBIAN_PACKAGES);
  return firstThatStarts(systemPlaces());
}

function giveUp() {
  throw new Failure(
    'The browser tests need a Chromium and none was found: install Chromium or Google Chrome, or set CHROMIUM to its path, and try again.',
  );
}
