/** Makes a fresh clone ready: the right Node, the dependencies of the lockfile, a Chromium. Needs nothing installed. */
import { ensureBrowser } from './ensure/browser.mjs';
import { ensureDependencies } from './ensure/dependencies.mjs';
import { ensureNode } from './ensure/node.mjs';
import { ensureOtherBrowser } from './ensure/otherBrowsers.mjs';
import { isMain, runMain } from './run.mjs';

export { ensureBrowser, ensureDependencies, ensureNode, ensureOtherBrowser };

if (isMain(import.meta.url)) {
  await runMain(async () => {
    ensureNode();
    await ensureDependencies();
    console.log(`Chromium: ${await ensureBrowser()}`);
  });
}
