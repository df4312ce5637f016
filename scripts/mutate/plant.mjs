/** Vitest with one mutation in `src/core`, as the file is loaded: nothing on the disk changes, so an interrupted run leaves none behind. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { root } from '../run.mjs';
import { MUTATIONS, mutated } from './mutations.mjs';

const planted = MUTATIONS[Number(process.env.KIKUBARI_MUTATION)];

const plant = {
  name: 'plant-mutation',
  enforce: 'pre',
  transform: (code, id) =>
    planted && id === join(root, 'src/core', `${planted.file}.ts`) ? mutated(code, planted) : undefined,
};

export default defineConfig({
  root,
  plugins: [plant],
  test: {
    environment: 'node',
    include: ['test/unit/core/**/*.test.ts'],
    testTimeout: 300_000,
    setupFiles: [join(import.meta.dirname, 'sameSeed.mjs')],
  },
});
