/** Writes the JSON Schemas into `dist/schema`: they are built as code, run, and only what they say is kept. */
import collector from '../src/collector/rollup.config.mjs';

const writeJson = {
  name: 'write-json',
  async generateBundle(_, bundle) {
    const [chunk] = Object.values(bundle);
    const { SCHEMAS } = await import(`data:text/javascript,${encodeURIComponent(chunk.code)}`);
    delete bundle[chunk.fileName];
    for (const [fileName, schema] of Object.entries(SCHEMAS))
      this.emitFile({ type: 'asset', fileName, source: `${JSON.stringify(schema, null, 2)}\n` });
  },
};

export default {
  input: 'src/core/validate/schema/schemas.ts',
  output: { dir: 'dist/schema', format: 'es' },
  plugins: [...collector.plugins, writeJson],
};
