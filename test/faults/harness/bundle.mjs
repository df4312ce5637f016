/** Script and chunks as the project builds them, but with changes to their code. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rollup } from 'rollup';
import { root } from '../../../scripts/run.mjs';

/** Builds into `folder`, which is emptied first; `change` makes of the build's plugins those that are used. */
export async function bundleInto(folder, change) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { default: builds } = await import(pathToFileURL(join(root, 'rollup.config.mjs')).href);
  const chunks = builds.find(({ input }) => input.engagement);
  const script = builds.find(({ input }) => input === 'src/sdk/scriptTag.ts');
  // The script's build writes the names of the chunks into it, so they come first.
  for (const build of [chunks, script]) {
    // Its warnings are the build's own, which has shown them already.
    const bundle = await rollup({ ...build, onwarn: () => undefined, plugins: change(build.plugins) });
    const place = build.output.dir ? { dir: folder } : { file: join(folder, 'kikubari.js') };
    await bundle.write({ ...build.output, dir: undefined, file: undefined, ...place });
    await bundle.close();
  }
}

/** One sabotage a process, whose rows share it. */
let spoiled;

/** A build with one change to the code, for a sabotage: `change(code, id)` answers the changed code of a module or nothing. */
export const buildSpoiled = (change) => (spoiled ??= spoil(change));

async function spoil(change) {
  const folder = join(root, `node_modules/.cache/kikubari/faults/spoiled-${process.pid}`);
  const plugin = {
    name: 'spoil',
    transform(code, id) {
      const changed = change(code, id);
      return changed === undefined ? null : { code: changed, map: null };
    },
  };
  await bundleInto(folder, (plugins) => [...plugins.filter(({ name }) => name !== 'manifest'), plugin]);
  return folder;
}
