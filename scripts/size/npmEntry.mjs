import { join } from 'node:path';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';
import { cacheFolder, root } from '../run.mjs';

/** Where the npm entry lands once it is bundled the way an application would do it. */
const folder = join(cacheFolder, 'size');

/** Bundles all that `import … from 'kikubari'` brings at once, dependencies included; what it imports lazily stays apart. */
export async function bundleNpmEntry() {
  const bundle = await rollup({
    input: { npmEntry: join(root, 'dist/index.js') },
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
