/**
 * What ESLint cannot see: cycles, what an import resolves to, and whether it is static. No `tsConfig` option: there are
 * no path aliases, and it would insist on one tsconfig for all parts.
 */
const rooms = (...names) => `^src/(${names.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'A cycle makes the order of loading matter. Types may refer to each other.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'core-is-alone',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { pathNot: '^src/core/' },
    },
    {
      name: 'sdk-wall',
      severity: 'error',
      from: { path: '^src/sdk/' },
      to: { path: rooms('collector', 'console') },
    },
    {
      name: 'sdk-stays-light',
      severity: 'error',
      comment: 'validate/ and statistics/ are for the collector and the console.',
      from: { path: '^src/sdk/' },
      to: { path: '^src/core/(validate|statistics)(/|\\.ts$)' },
    },
    {
      name: 'sdk-packages',
      severity: 'error',
      comment: 'The published package depends on idb-keyval and ua-parser-js.',
      from: { path: '^src/sdk/' },
      to: {
        dependencyTypes: npmTypes(),
        pathNot: '(^|/)(idb-keyval|ua-parser-js|@types/ua-parser-js)(/|$)',
      },
    },
    {
      name: 'messages-without-packages',
      severity: 'error',
      comment:
        'What renders a message is our own (element.ts): a framework costs more than all we use of it.',
      from: { path: '^src/sdk/messages/' },
      to: { dependencyTypes: npmTypes() },
    },
    {
      name: 'ua-parser-in-device-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/sdk/device\\.ts$' },
      to: { path: '(^|/)(@types/)?ua-parser-js(/|$)' },
    },
    {
      name: 'messages-only-dynamically',
      severity: 'error',
      comment: 'A static import would load the messages with every page view.',
      from: { path: '^src/sdk/', pathNot: '^src/sdk/(messages/|preview\\.tsx?$)' },
      to: { path: '^src/sdk/messages/', dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'collector-wall',
      severity: 'error',
      from: { path: '^src/collector/' },
      to: { path: rooms('sdk', 'console') },
    },
    {
      name: 'console-wall',
      severity: 'error',
      from: { path: '^src/console/' },
      to: { path: rooms('sdk', 'collector'), pathNot: '^src/(sdk/preview\\.tsx?|collector/api\\.ts)$' },
    },
    {
      name: 'console-takes-types-of-the-collector',
      severity: 'error',
      from: { path: '^src/console/' },
      to: { path: '^src/collector/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'src-without-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|examples)/' },
    },
    { name: 'nothing-unresolved', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Ours only: packages live in folders named dist too, and a wall must see them.
    exclude: { path: '^(src/(collector|console)/)?dist/' },
    // Type imports count too: a wall is about knowledge, not only about code that is loaded.
    tsPreCompilationDeps: 'specify',
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css', '.svg', '.sql'],
    },
  },
};

function npmTypes() {
  return ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown', 'core'];
}
