import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const PASSED_OVER = new Set(['node_modules', 'dist', '.DS_Store']);

/** Every file below the paths (files or folders, relative to `base`), sorted; built and installed files are passed over. */
export function listFiles(base, paths) {
  return paths.flatMap((path) => walk(base, join(base, path))).sort();
}

function walk(base, path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return [];
  if (found.isFile()) return [relative(base, path)];
  return readdirSync(path)
    .filter((name) => !PASSED_OVER.has(name))
    .flatMap((name) => walk(base, join(path, name)));
}

/** SHA-256 over the names and contents of the files below the paths: the same sources give the same hash anywhere. */
export function contentHash(base, paths) {
  const hash = createHash('sha256');
  for (const file of listFiles(base, paths)) {
    const content = readFileSync(join(base, file));
    hash.update(`${file.replaceAll('\\', '/')}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
