/** A visitor's browser with a profile on disk (the default context keeps IndexedDB in memory), killed for real. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { CHROMIUM_FLAGS } from '../../../scripts/chromiumFlags.mjs';
import { killTree, rootProcess } from './processes.mjs';

const ARGS = [
  ...CHROMIUM_FLAGS,
  // Without it a new tab takes a process that was already there, and a row could not tell whose it is.
  '--disable-features=SpareRendererForSitePerProcess',
];

export function newProfile() {
  return mkdtempSync(join(tmpdir(), 'kikubari-faults-profile-'));
}

/** How each browser is opened. What drives the others is installed only when they are asked for. */
const OPEN = {
  chromium: openChromium,
  firefox: async (options) => (await import('../browsers/firefox.mjs')).openFirefox(options),
  webkit: async (options) => (await import('../browsers/webkit.mjs')).openWebKit(options),
};

/**
 * Opens `browser` on `profile`. `init` is a script that runs in every page before the page's own; `hear` gets what pages
 * tell the ledger. What it resolves is all that a row for several browsers may use; Chromium's gives `context` besides.
 */
export async function openBrowser({ browser = 'chromium', profile = newProfile(), ...options }) {
  const opened = await OPEN[browser]({ profile, ...options });
  return { ...opened, remove: () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }) };
}

async function openChromium({ profile, init, hear, options }) {
  const context = await chromium.launchPersistentContext(profile, {
    ...(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : {}),
    headless: true,
    args: ARGS,
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  const root = rootProcess(`--user-data-dir=${profile}`);
  const problems = [];
  const gone = new Promise((resolve) => context.once('close', resolve));
  await context.exposeBinding('ledger', (_source, message) => hear(message));
  if (init) await context.addInitScript(init);
  context.on('page', (page) => page.on('pageerror', (error) => problems.push(String(error))));
  for (const page of context.pages()) page.on('pageerror', (error) => problems.push(String(error)));

  return {
    context,
    profile,
    root,
    /** Uncaught errors and rejections of all pages. */
    problems,
    /** A new tab; `init` is a script that runs before the page's own. */
    async open(url, { init, referrer } = {}) {
      const page = await context.newPage();
      // Some rows keep a page waiting for half a minute.
      page.setDefaultNavigationTimeout(120_000);
      if (init) await page.addInitScript(init);
      await page.goto(url, { referer: referrer });
      return page;
    },
    /** Closes the tab as a visitor does; with `page.close()` it would be gone before its own handlers ran. */
    async closeTab(page) {
      const closed = page.waitForEvent('close');
      await page.close({ runBeforeUnload: true });
      await closed;
    },
    /** Deletes what the browser keeps of the origin, while it runs. */
    async wipe(url) {
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      const { origin } = new URL(url);
      await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
      await page.close();
    },
    async kill() {
      killTree(root);
      await gone;
    },
    close: () => context.close(),
  };
}

/** Deletes what a browser that is closed keeps of the origin: those that cannot do it while they run. */
export async function wipeClosed(browser, profile, url) {
  if (browser === 'firefox') return (await import('../browsers/firefox.mjs')).wipeFirefox(profile, url);
  return (await import('../browsers/webkit.mjs')).wipeWebKit(profile);
}

/** A Chromium that nobody drives: some things a browser does only then. The page must do everything by itself. */
export function openPlainBrowser(url, profile = newProfile()) {
  const args = [...ARGS, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, url];
  const child = spawn(process.env.CHROMIUM ?? 'chromium', args, { stdio: 'ignore' });
  const exited = once(child, 'exit');
  return {
    async end() {
      killTree(child.pid);
      await exited;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
