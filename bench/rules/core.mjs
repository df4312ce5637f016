/** `src/core` as JavaScript, file by file: what the bundles of SDK and collector carry, without their packing. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { cacheFolder, root } from '../../scripts/run.mjs';

const target = join(cacheFolder, 'bench-rules');

/** Imports modules of core by name. */
export async function loadCore() {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'package.json'), '{"type":"module"}');
  const source = join(root, 'src/core');
  for (const file of readdirSync(source).filter((name) => name.endsWith('.ts'))) {
    const { outputText } = ts.transpileModule(readFileSync(join(source, file), 'utf8'), {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    });
    writeFileSync(join(target, file.replace(/\.ts$/, '.js')), outputText);
  }
  const load = (name) => import(pathToFileURL(join(target, `${name}.js`)).href);
  return {
    ...(await load('rules')),
    ...(await load('fold')),
    ...(await load('decide')),
    ...(await load('checkpoint')),
    ...(await load('kinds')),
  };
}
