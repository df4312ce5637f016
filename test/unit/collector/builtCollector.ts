/** The collector as it is delivered: built once per state of the sources, because its store thread runs JavaScript only. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rollup, type OutputOptions, type RollupOptions } from 'rollup';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Folder that holds kikubari.js, server.js and storeThread.js of the sources as they are now. */
export async function builtCollector(): Promise<string> {
  // Below the collector's node_modules, so that its dependencies are found from there.
  const folder = join(ROOT, 'src/collector/node_modules/.cache/kikubari', fingerprint());
  if (existsSync(folder)) return folder;
  const config = (await import(pathToFileURL(join(ROOT, 'src/collector/rollup.config.mjs')).href)) as {
    default: RollupOptions & { output: OutputOptions };
  };
  const bundle = await rollup(config.default);
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  await bundle.write({ ...config.default.output, dir: fresh });
  await bundle.close();
  try {
    renameSync(fresh, folder);
  } catch {
    // Another test file was faster.
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const part of ['src/core', 'src/collector']) {
    for (const file of sourcesIn(join(ROOT, part))) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist')
    .flatMap((entry) =>
      entry.isDirectory() ? sourcesIn(join(folder, entry.name)) : [join(folder, entry.name)],
    )
    .filter((file) => /\.(ts|mjs)$/.test(file))
    .sort();
}
