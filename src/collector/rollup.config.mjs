import { nodeResolve } from '@rollup/plugin-node-resolve';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Removes types, file by file; `tsc -p src/collector` checks them. */
const removeTypes = {
  name: 'remove-types',
  transform(code, id) {
    if (!id.endsWith('.ts')) return null;
    const compilerOptions = { target: 'ES2022', module: 'ESNext', verbatimModuleSyntax: true };
    return { code: ts.transpileModule(code, { compilerOptions, fileName: id }).outputText, map: null };
  },
};

/** TypeScript's convention: an import of `./x.js` means `./x.ts`. */
const typescriptNames = {
  name: 'typescript-names',
  resolveId(source, importer) {
    return importer && source.startsWith('.')
      ? this.resolve(source.replace(/\.js$/, '.ts'), importer, { skipSelf: true })
      : null;
  },
};

/** Core is inlined; what package.json lists as dependencies stays outside. */
export default {
  input: { kikubari: here('main.ts'), server: here('server.ts'), storeThread: here('store/storeThread.ts') },
  output: {
    dir: here('dist'),
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'part-[hash].js',
  },
  external: (id) => /^(node:|@?[a-z])/.test(id) && !/^[A-Za-z]:/.test(id),
  plugins: [typescriptNames, nodeResolve({ extensions: ['.ts', '.js'] }), removeTypes],
};
