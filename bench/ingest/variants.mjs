/** The collector as it is delivered, and with one part taken out, to see what that part costs. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';
import config from '../../src/collector/rollup.config.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
/** Below the collector's own node_modules, so that its packages are found from there. */
const OUTPUT = here('../../src/collector/node_modules/.cache/kikubari/bench');

/** Which module is replaced by which file of ours. */
const REPLACED = {
  whole: {},
  withoutJournal: { 'journal/journal.ts': here('withoutJournal.mjs') },
  withoutStore: { 'store/applier.ts': here('withoutStore.mjs') },
};

/** Builds all variants and what `inside.mjs` exports; resolves to the folder of each. */
export async function buildVariants() {
  rmSync(OUTPUT, { recursive: true, force: true });
  const folders = {};
  for (const [name, replaced] of Object.entries(REPLACED)) {
    const bundle = await rollup({
      ...config,
      input: { ...config.input, inside: here('inside.mjs') },
      plugins: [replace(replaced), config.plugins],
    });
    folders[name] = join(OUTPUT, name);
    await bundle.write({ ...config.output, dir: folders[name] });
    await bundle.close();
    if (!existsSync(join(folders[name], 'server.js'))) throw new Error(`no server in ${folders[name]}`);
  }
  return folders;
}

function replace(replaced) {
  return {
    name: 'replace',
    async resolveId(source, importer) {
      if (!importer || !source.startsWith('.')) return null;
      const found = await this.resolve(source, importer, { skipSelf: true });
      const own = Object.entries(replaced).find(([path]) => found?.id.endsWith(`src/collector/${path}`));
      // The replacement itself may use the original.
      return own && importer !== own[1] ? own[1] : found;
    },
  };
}
