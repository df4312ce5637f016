import { resolve } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { rollup } from 'rollup';

/** Bundles one chunk of the message room as the script tag fetches it: a standalone, minified ES module. */
export async function bundleChunk(entry: 'mount' | 'survey'): Promise<string> {
  const root = resolve(import.meta.dirname, '../..');
  const bundle = await rollup({
    input: resolve(root, `src/sdk/messages/${entry}.ts`),
    plugins: [
      nodeResolve({ browser: true }),
      typescript({
        tsconfig: resolve(root, 'src/sdk/tsconfig.json'),
        noEmitOnError: false,
        compilerOptions: { noEmit: false, outDir: undefined, declaration: false },
        include: [resolve(root, 'src/sdk/messages/**'), resolve(root, 'src/core/**')],
      }),
      terser({ module: true, ecma: 2020, compress: { passes: 2 } }),
    ],
  });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return output[0].code;
}
