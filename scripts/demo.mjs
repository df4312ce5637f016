/** `npm run demo`: everything on one port, from a fresh clone. Plain Node until the dependencies are there. */
import { ensureDependencies, ensureNode } from './ensure.mjs';
import { runMain } from './run.mjs';

await runMain(async () => {
  ensureNode();
  // Only now: older Nodes cannot even load what follows.
  const { HELP, readOptions } = await import('./demo/options.mjs');
  const options = readOptions();
  if (!options) return void console.log(HELP);
  await ensureDependencies();
  await (await import('./build.mjs')).build();
  await (await import('./demo/start.mjs')).start(options);
});
