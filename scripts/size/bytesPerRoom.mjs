import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { rollup } from 'rollup';
import { loadConfigFile } from 'rollup/loadConfigFile';
import { root } from '../run.mjs';

const BROWSER_FOLDER = join(root, 'dist', 'browser');
const ROOMS = [
  [/^src\/core\/(\w+)\//, (found) => `core/${found[1]}`],
  [/^src\/core\//, () => 'core'],
  [/^src\/sdk\/(\w+)\//, (found) => `sdk/${found[1]}`],
  [/^src\/sdk\//, () => 'sdk'],
  [/(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//, (found) => found[1]],
];

/** The room a module belongs to: a folder of ours, or a package. */
export function roomOf(moduleId) {
  // A NUL byte starts the names of modules that a bundler plugin makes.
  if (moduleId.startsWith('\0')) return 'bundler';
  const path = relative(root, moduleId).replaceAll('\\', '/');
  for (const [pattern, name] of ROOMS) {
    const found = pattern.exec(path);
    if (found) return name(found);
  }
  return 'other';
}

/**
 * Bytes per room for every browser chunk: source left after tree-shaking, and the share of the chunk's brotli bytes that
 * falls to the room by its share of that source. Bundles again without writing, since only the bundler knows.
 */
export async function bytesPerRoom() {
  const { options } = await loadConfigFile(join(root, 'rollup.config.mjs'), { silent: true });
  const rows = [];
  for (const config of options) {
    const outputs = config.output.filter(({ dir, file }) => isBrowserOutput(dir ?? file ?? ''));
    if (outputs.length === 0) continue;
    const bundle = await rollup({ ...config, logLevel: 'silent' });
    for (const output of outputs) rows.push(...(await bundle.generate(output)).output.flatMap(rowsOfChunk));
    await bundle.close();
  }
  return rows;
}

function isBrowserOutput(path) {
  return !relative(BROWSER_FOLDER, join(root, relative(root, path))).startsWith('..');
}

function rowsOfChunk(chunk) {
  if (chunk.type !== 'chunk') return [];
  const perRoom = new Map();
  for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
    perRoom.set(roomOf(id), (perRoom.get(roomOf(id)) ?? 0) + renderedLength);
  }
  const total = [...perRoom.values()].reduce((sum, length) => sum + length, 0);
  const brotliBytes = brotliCompressSync(readFileSync(join(BROWSER_FOLDER, chunk.fileName))).length;
  return [...perRoom]
    .filter(([, length]) => length > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([room, length]) => ({
      chunk: chunk.fileName,
      room,
      sourceBytes: length,
      brotliShareBytes: Math.round((brotliBytes * length) / total),
    }));
}
