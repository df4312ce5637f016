/** `src/core` as JavaScript, file by file: what the bundles of SDK and collector carry, without their packing. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder, root } from '../../scripts/run.mjs';

export const coreFolder = join(cacheFolder, 'bench-rules');
const MODULES = ['rules', 'evaluate', 'fold', 'decide', 'checkpoint', 'kinds'];

export async function buildCore() {
  const { default: ts } = await import('typescript');
  rmSync(coreFolder, { recursive: true, force: true });
  mkdirSync(coreFolder, { recursive: true });
  writeFileSync(join(coreFolder, 'package.json'), '{"type":"module"}');
  const source = join(root, 'src/core');
  for (const file of readdirSync(source).filter((name) => name.endsWith('.ts'))) {
    const { outputText } = ts.transpileModule(readFileSync(join(source, file), 'utf8'), {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    });
    writeFileSync(join(coreFolder, file.replace(/\.ts$/, '.js')), outputText);
  }
  // One module that has all of it, for those who bundle.
  writeFileSync(
    join(coreFolder, 'all.js'),
    MODULES.map((name) => `export * from './${name}.js';\n`).join(''),
  );
}

/** What was built last. */
export const loadBuilt = () => import(pathToFileURL(join(coreFolder, 'all.js')).href);

export async function loadCore() {
  await buildCore();
  return loadBuilt();
}
