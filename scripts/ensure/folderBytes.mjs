import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Sum of the sizes of all files below a folder, in bytes; 0 if it does not exist. Files that vanish meanwhile count 0. */
export async function folderBytes(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return folderBytes(path);
      return (await stat(path).catch(() => ({ size: 0 }))).size;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
