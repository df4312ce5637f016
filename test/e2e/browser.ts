/** A visitor's browser: a profile on disk, because the default context keeps IndexedDB in memory. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright';
import { CHROMIUM_FLAGS } from '../../scripts/chromiumFlags.mjs';

/** For pages that come back as they were; a test that does not name it gets them loaded again. */
export const BACK_FORWARD_CACHE = '--enable-features=BackForwardCache';

export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** What the pages wrote to the console as errors, and uncaught exceptions. */
  problems: string[];
  close(): Promise<void>;
}

export async function openVisitor(
  options: BrowserContextOptions = {},
  args: string[] = [],
): Promise<Visitor> {
  const profile = await mkdtemp(join(tmpdir(), 'kikubari-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : {}),
    headless: true,
    args: [...CHROMIUM_FLAGS, ...args],
    // As visitors have it: Playwright turns it off.
    ...(args.includes(BACK_FORWARD_CACHE) && { ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    ...options,
  });
  const problems: string[] = [];
  const page = context.pages()[0] ?? (await context.newPage());
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  return {
    context,
    page,
    problems,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
