import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { cacheFolder, root } from '../run.mjs';

const FILE = join(cacheFolder, 'rooms.json');
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

/** The builds of one run come one after the other; what they say is kept together. */
const chunks = {};

/** Rollup plugin: writes down how many bytes of source each room has in each browser file after tree-shaking. */
export default function recordRooms() {
  return {
    name: 'record-rooms',
    writeBundle({ dir, file }, bundle) {
      if (!isBrowserFolder(dir ?? dirname(file))) return;
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk') chunks[chunk.fileName] = bytesByRoom(chunk);
      mkdirSync(cacheFolder, { recursive: true });
      writeFileSync(FILE, JSON.stringify(chunks, null, 1));
    },
  };
}

function isBrowserFolder(path) {
  return relative(root, path).replaceAll('\\', '/') === 'dist/browser';
}

function bytesByRoom(chunk) {
  const rooms = {};
  for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
    if (renderedLength > 0) rooms[roomOf(id)] = (rooms[roomOf(id)] ?? 0) + renderedLength;
  }
  return rooms;
}
