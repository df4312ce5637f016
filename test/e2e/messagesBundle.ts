import { resolve } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { rollup } from 'rollup';

/** Bundles the chunks of the message room as the script tag fetches them: minified ES modules, by file name. */
export async function bundleMessages(): Promise<{ [file: string]: string }> {
  const root = resolve(import.meta.dirname, '../..');
  const bundle = await rollup({
    input: ['mount', 'survey'].map((entry) => resolve(root, `src/sdk/messages/${entry}.ts`)),
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
  const { output } = await bundle.generate({ format: 'es', chunkFileNames: '[name].js' });
  await bundle.close();
  return Object.fromEntries(output.flatMap((file) => ('code' in file ? [[file.fileName, file.code]] : [])));
}
