import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import nodeResolve from '@rollup/plugin-node-resolve';
import replace from '@rollup/plugin-replace';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { dts } from 'rollup-plugin-dts';
import { localNames } from './scripts/size/localNames.mjs';
import { shortNames } from './scripts/size/shortNames.mjs';

const { version, dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const external = Object.keys(dependencies);
const BROWSER = 'dist/browser';

/** The deciding chunk of the script-tag build; it fetches messages, survey, explanations and device facts as it needs them. */
const ENGAGEMENT = { engagement: 'src/sdk/engagement.ts' };

/** Names of chunks as a reader of the network panel knows them. */
const PUBLIC_NAMES = {
  mount: 'messages',
  survey: 'survey',
  modal: 'modal',
  tab: 'tab',
  coupon: 'coupon',
  countdown: 'countdown',
  product: 'product',
  tooltip: 'tooltip',
  personalise: 'personalise',
  moreWords: 'words',
  watch: 'watch',
  explainCampaign: 'explain',
  device: 'device',
  memoryStore: 'memory',
  shareVisitor: 'cookie',
  retention: 'prune',
  longPast: 'past',
  seldom: 'seldom',
  personal: 'personal',
  liveSignals: 'live',
};

/** MIT and Apache ask for their notice in every copy that carries the code. */
const NOTICES = {
  'ua-parser-js': 'UAParser.js, MIT License, Copyright (c) 2012-2024 Faisal Salman',
  'idb-keyval': 'idb-keyval, Apache-2.0',
};

function banner({ modules }) {
  const paths = Object.keys(modules ?? {});
  const used = Object.keys(NOTICES).filter((name) =>
    paths.some((path) => path.includes(`/node_modules/${name}/`)),
  );
  return used.length ? `/*! ${used.map((name) => NOTICES[name]).join('; ')} */` : '';
}

/** ua-parser-js 1.x is one CommonJS file; giving it `module` is all it needs, and it never reaches `window` then. */
const wrapParser = {
  name: 'wrap-ua-parser',
  transform: (code, id) =>
    id.endsWith('/ua-parser.js')
      ? {
          code: `let module = { exports: {} }, exports = module.exports;\n${code}\nexport const UAParser = module.exports;`,
          map: null,
        }
      : null,
};

/** We always name the store, so the code for idb-keyval's default one need not be carried along. */
const withoutDefaultStore = {
  name: 'without-default-store',
  transform: (code, id) =>
    id.includes('/idb-keyval/') ? { code: code.replaceAll(' = defaultGetStore()', ''), map: null } : null,
};

/** Stylesheets are written a rule a line; the page has no use for the line ends. */
const cssOnOneLine = {
  name: 'css-on-one-line',
  transform: (code, id) =>
    /tyles\.ts$/.test(id)
      ? { code: code.replace(/`[^`]*`/g, (css) => css.replaceAll('\n', '')), map: null }
      : null,
};

const compile = () => [
  wrapParser,
  withoutDefaultStore,
  cssOnOneLine,
  typescript({ tsconfig: 'src/sdk/tsconfig.json', noEmit: false, noEmitOnError: false }),
  nodeResolve({ browser: true }),
];
const minify = (options = {}) =>
  terser({
    ecma: 2020,
    compress: { passes: 3, pure_getters: true, unsafe_arrows: true, ...options.compress },
    format: { comments: /^!/ },
    mangle: options.mangle ?? true,
    module: options.module ?? true,
  });
/** `let` is two letters shorter and means the same to code that is never edited again. */
const letForConst = {
  name: 'let-for-const',
  renderChunk: (code) => ({ code: code.replace(/\bconst(?=[ {[])/g, 'let'), map: null }),
};
/**
 * Chromium compiles a file that begins with this in the background as it arrives, not function by function on the page's main
 * thread: a quarter less work there (explicit compile hints). To others it is a comment. Only for what every page runs.
 */
const eager = {
  name: 'eager',
  renderChunk: (code, { isEntry }) =>
    isEntry ? { code: `//# allFunctionsCalledOnLoad\n${code}`, map: null } : null,
};
const define = (values) =>
  replace({ preventAssignment: true, values: { __VERSION__: JSON.stringify(version), ...values } });

/** File names of the chunks, known once they are written; the script is built after them. */
const written = { entry: '', files: [] };
const remember = {
  name: 'remember-chunks',
  writeBundle(_, bundle) {
    written.entry = Object.values(bundle).find(({ isEntry }) => isEntry).fileName;
    written.files = Object.keys(bundle);
  },
};

/** Writes the chunk's name into the script, whose own name stays the same for ever. */
const nameChunk = {
  name: 'name-chunk',
  transform: (code, id) =>
    id.endsWith('scriptTag.ts') ? code.replace('__ENGAGEMENT__', JSON.stringify(written.entry)) : null,
};

/**
 * `manifest.json` lists what the collector may serve: file, size and integrity. Files of earlier builds go last, so that a
 * server that reads the folder meanwhile finds a whole set.
 */
const manifest = {
  name: 'manifest',
  writeBundle() {
    const files = ['kikubari.js', 'stub.js', ...written.files].map((file) => {
      const content = readFileSync(`${BROWSER}/${file}`);
      const integrity = `sha384-${createHash('sha384').update(content).digest('base64')}`;
      return { file, bytes: content.length, integrity };
    });
    const known = ['manifest.json', ...files.map(({ file }) => file)];
    for (const file of readdirSync(BROWSER)) if (!known.includes(file)) rmSync(`${BROWSER}/${file}`);
    writeFileSync(`${BROWSER}/manifest.json`, JSON.stringify({ version, files }, null, 2) + '\n');
  },
};

/** Globals as they are when the script loads; a page that replaces them later cannot break us (see src/sdk/pristine.ts). */
const PRISTINE = `const { ${['Promise', 'TextEncoder', 'Response', 'URL', 'AbortController', 'IDBKeyRange', 'Uint8Array', 'Object', 'Array', 'CompressionStream'].join()} } = globalThis;`;

const script = (input, file, { intro, plugins = [] } = {}) => ({
  input,
  // Nothing here behaves otherwise without the directive.
  output: { file: `${BROWSER}/${file}`, format: 'iife', strict: false, banner, intro },
  // Twice: the second time shortens what the first one left in one place.
  plugins: [
    ...compile(),
    nameChunk,
    define(),
    minify({ module: false }),
    letForConst,
    minify({ module: false, mangle: localNames }),
    shortNames,
    ...plugins,
  ],
});

/** Entries of the npm package. */
const NPM = { index: 'src/sdk/index.ts', rules: 'src/sdk/rules.ts', preview: 'src/sdk/preview.ts' };

// Rollup builds these in order; the script needs the names of its chunks.
export default [
  {
    input: ENGAGEMENT,
    // Its own file, not an empty one that points at it.
    preserveEntrySignatures: 'allow-extension',
    output: {
      dir: BROWSER,
      format: 'es',
      entryFileNames: 'kikubari-[name]-[hash:6].js',
      chunkFileNames: ({ name }) => `kikubari-${PUBLIC_NAMES[name] ?? 'shared'}-[hash:6].js`,
      minifyInternalExports: true,
      // Of few letters, that of the deciding chunk stands in the script.
      hashCharacters: 'base36',
      banner,
    },
    plugins: [...compile(), define(), minify(), letForConst, shortNames, eager, remember],
  },
  script('src/sdk/stub.ts', 'stub.js'),
  script('src/sdk/scriptTag.ts', 'kikubari.js', { intro: PRISTINE, plugins: [eager, manifest] }),
  {
    input: NPM,
    external,
    output: [
      {
        dir: 'dist',
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        banner,
      },
      {
        dir: 'dist',
        format: 'cjs',
        entryFileNames: '[name].cjs',
        chunkFileNames: 'chunks/[name]-[hash].cjs',
        banner,
      },
    ],
    plugins: [...compile(), define()],
  },
  // One by one, so that each says all that it has.
  ...Object.entries(NPM).map(([name, file]) => ({
    input: { [name]: file },
    external,
    output: [
      { dir: 'dist', format: 'es', entryFileNames: '[name].d.ts' },
      { dir: 'dist', format: 'es', entryFileNames: '[name].d.cts' },
    ],
    plugins: [dts({ tsconfig: 'src/sdk/tsconfig.json' })],
  })),
];
