/** Chromium with a profile on disk, because the default context keeps IndexedDB in memory. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { CHROMIUM_FLAGS } from '../../scripts/chromiumFlags.mjs';

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const newProfile = () => mkdtempSync(join(tmpdir(), 'kikubari-profile-'));
export const removeProfile = (profile) =>
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });

/** A browser of its own for one measurement; `run` gets its context. */
export async function withBrowser(run) {
  const profile = newProfile();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM,
    headless: true,
    args: CHROMIUM_FLAGS,
  });
  try {
    return await run(context);
  } finally {
    await context.close();
    removeProfile(profile);
  }
}

/** Browsers that were started to be killed, and end with us. */
const groups = new Set();
process.on('exit', () => groups.forEach(killGroup));

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** A browser that is a process group of its own, so that it can be killed as a whole. */
export async function startBrowser(profile) {
  const args = [
    ...CHROMIUM_FLAGS,
    '--headless=new',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
  ];
  const child = spawn(process.env.CHROMIUM, [...args, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  groups.add(child.pid);
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const address = await new Promise((resolve, reject) => {
    let output = '';
    child.stderr.on('data', (part) => {
      output += part;
      const [, found] = /DevTools listening on (ws:\S+)/.exec(output) ?? [];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error(`Chromium did not start: ${output.slice(-400)}`)));
  });
  const browser = await chromium.connectOverCDP(address);
  const end = async () => {
    await gone;
    groups.delete(child.pid);
    await browser.close();
  };
  return {
    context: browser.contexts()[0],
    async kill() {
      killGroup(child.pid);
      await end();
    },
    async close() {
      const session = await browser.newBrowserCDPSession();
      // It answers by going away.
      await session.send('Browser.close').catch(() => undefined);
      await end();
    },
  };
}
