import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';
import { cacheFolder, root } from '../run.mjs';

/** Where the npm entry lands once it is bundled the way an application would do it. */
const folder = join(cacheFolder, 'size');

/** What an application takes of an entry: all of the SDK's, of the rules' what attribute conditions need. */
const TAKEN = {
  npmEntry: join(root, 'dist/index.js'),
  rulesEntry: join(folder, 'takenOfRules.js'),
};

/** Bundles what an application's `import` of our entries brings at once, dependencies included; what they import lazily stays apart. */
export async function bundleNpmEntries() {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    TAKEN.rulesEntry,
    `export { compileCondition } from ${JSON.stringify(join(root, 'dist/rules.js'))};\n`,
  );
  // One by one: an application that takes one of them has nothing to share.
  for (const [name, file] of Object.entries(TAKEN)) await bundle(name, file);
}

async function bundle(name, file) {
  const bundle = await rollup({
    input: { [name]: file },
    // An application has no entry of ours that only passes on what another file exports.
    preserveEntrySignatures: 'allow-extension',
    // Loaded lazily and never part of the entry; it is CommonJS, which would need another plugin.
    external: ['ua-parser-js'],
    plugins: [nodeResolve({ browser: true }), terser()],
    logLevel: 'silent',
  });
  await bundle.write({ dir: folder, format: 'es', chunkFileNames: 'npmChunk-[hash].js' });
  await bundle.close();
}
