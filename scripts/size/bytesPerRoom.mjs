import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { cacheFolder, root } from '../run.mjs';

/**
 * Bytes per room for every browser file: source left after tree-shaking, as the last build wrote it down, and the part of
 * the file's brotli bytes that falls to the room by its share of that source.
 */
export function bytesPerRoom() {
  const chunks = JSON.parse(readFileSync(join(cacheFolder, 'rooms.json'), 'utf8'));
  return Object.entries(chunks).flatMap(([file, rooms]) => rowsOf(file, rooms));
}

function rowsOf(file, rooms) {
  const brotliBytes = brotliCompressSync(readFileSync(join(root, 'dist/browser', file))).length;
  const total = Object.values(rooms).reduce((sum, bytes) => sum + bytes, 0);
  return Object.entries(rooms)
    .sort(([, a], [, b]) => b - a)
    .map(([room, sourceBytes]) => ({
      file,
      room,
      sourceBytes,
      brotliShareBytes: Math.round((brotliBytes * sourceBytes) / total),
    }));
}
