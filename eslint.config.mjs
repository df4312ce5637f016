import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import * as bans from './scripts/lint/bans.mjs';
import { boundSql } from './scripts/lint/boundSql.mjs';
import { WALLS } from './scripts/lint/walls.mjs';

const TYPESCRIPT = ['src/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'];

/** Tables, dictionaries and fixtures may be as long as what they list. */
const LISTS = [
  '**/fixtures/**',
  '**/*.fixture.ts',
  '**/{i18n,locales,wordings,dictionaries}/**',
  '**/{ja,en}.ts',
];

/** A later block replaces a rule's options, so every room names its whole lists. */
function room(files, { wall, syntax = [], properties = [], globals = [] }) {
  return {
    files,
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: wall }],
      'no-restricted-syntax': ['error', ...bans.SYNTAX_EVERYWHERE, ...bans.SYNTAX_SAFE, ...syntax],
      'no-restricted-properties': ['error', ...bans.PROPERTIES_SAFE, ...properties],
      ...(globals.length > 0 ? { 'no-restricted-globals': ['error', ...globals] } : {}),
    },
  };
}

const inPage = { syntax: bans.SYNTAX_IN_PAGE };

export default defineConfig(
  globalIgnores([
    '**/dist/',
    '**/node_modules/',
    '**/*.d.ts',
    '.kikubari/',
    '.work/',
    'bench/.peers/',
    'test/package/public-{api,rules,preview}.d.ts',
  ]),
  js.configs.recommended,
  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // An async function without await is how a synchronous part keeps an asynchronous interface.
      '@typescript-eslint/require-await': 'off',
      // What factories return are closures: they have no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      // `'session' | 'ever' | Duration` tells the reader more than `string`.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-script-url': 'error',
      'no-restricted-syntax': ['error', ...bans.SYNTAX_EVERYWHERE],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // A component's JSX is long where it says little.
    files: ['src/**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }] },
  },
  {
    // A factory holds a part's closures, and closures instead of classes are what keeps the page's bytes few. To be brought
    // down with the budgets of docs/adr/0004.
    files: ['src/sdk/*.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 200, skipBlankLines: true, skipComments: true }] },
  },
  {
    // Tests read JSON that came over HTTP or out of a page; they assert on it instead of typing it.
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      'max-lines': ['error', { max: 500 }],
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: LISTS, rules: { 'max-lines': 'off' } },
  room(['src/core/**/*.ts'], {
    wall: WALLS.core,
    syntax: bans.SYNTAX_PURE,
    properties: bans.PROPERTIES_PURE,
    globals: bans.GLOBALS_OUTSIDE_CORE,
  }),
  room(['src/sdk/**/*.{ts,tsx}'], { wall: WALLS.sdk, ...inPage }),
  room(['src/sdk/messages/**/*.{ts,tsx}'], { wall: WALLS.sdkMessages, ...inPage }),
  room(['src/sdk/device.ts'], { wall: WALLS.sdkDevice, ...inPage }),
  room(['src/collector/**/*.ts'], { wall: WALLS.collector }),
  room(['src/console/**/*.{ts,tsx}'], { wall: WALLS.console }),
  {
    files: ['src/collector/**/*.ts'],
    plugins: { kikubari: { rules: { 'bound-sql': boundSql } } },
    rules: { 'kikubari/bound-sql': 'error' },
  },
  {
    // Tools that ask for a default export.
    files: ['**/*.config.ts'],
    rules: { 'no-restricted-syntax': 'off', '@typescript-eslint/no-restricted-imports': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: Object.fromEntries(globalNames().map((name) => [name, 'readonly'])) },
    rules: { 'max-lines': ['error', { max: 300 }] },
  },
  {
    // A row is read beside its line of the matrix, so it stays on one screen or two; part of it runs in the page.
    files: ['test/faults/**/*.{js,mjs}'],
    languageOptions: { globals: Object.fromEntries(faultNames().map((name) => [name, 'readonly'])) },
    rules: {
      'max-lines': ['error', { max: 130 }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs', globals: { module: 'writable' } } },
);

/** Plain JavaScript has no compiler to know these: the scripts run in Node, the examples in a page. */
function globalNames() {
  const both = [
    'console',
    'fetch',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'URL',
    'performance',
  ];
  const node = ['process', 'Buffer', 'require'];
  const page = [
    'window',
    'document',
    'location',
    'history',
    'navigator',
    'localStorage',
    'sessionStorage',
    'kikubari',
  ];
  const constructors = [
    'URLSearchParams',
    'Event',
    'CustomEvent',
    'Intl',
    'FormData',
    'AbortController',
    'AbortSignal',
  ];
  return [
    ...both,
    ...node,
    ...page,
    ...constructors,
    'requestAnimationFrame',
    'queueMicrotask',
    'structuredClone',
  ];
}

/** What the rows of the fault matrix use in the page beyond that. */
function faultNames() {
  const storage = ['indexedDB', 'IDBKeyRange', 'IDBDatabase', 'IDBFactory', 'DOMException'];
  return [...storage, 'globalThis', 'addEventListener', 'dispatchEvent'];
}
