/** Import walls (ARCHITECTURE.md) as `no-restricted-imports` patterns, one list a room. */

const away = (regex, message) => ({ regex, message });

/** A bare name or a scheme: npm packages, `node:`, data URLs. */
const PACKAGES = '^[^./]';
const NODE = '^node:';
const room = (name) => `/${name}(/|$)`;
const notTest = away('(^|/)test/', 'Nothing in src imports a test.');

const core = [
  away(PACKAGES, 'Core imports nothing outside core: no npm, no node:.'),
  away('^(\\.\\./)+(sdk|collector|console)(/|$)', 'Core imports nothing outside core.'),
  notTest,
];

/** The SDK outside its message and device chunks. */
const sdk = [
  away(
    '^(?!idb-keyval$)[^./]',
    'The SDK has one dependency here: idb-keyval. ua-parser-js lives in device.ts.',
  ),
  away(room('(collector|console)'), 'The SDK imports core only.'),
  away('core/(validate|statistics)(/|\\.js$)', 'validate/ and statistics/ are too heavy for the page.'),
  notTest,
];

const sdkMessages = [
  away(PACKAGES, 'The message chunk has no dependency: element.ts is its renderer.'),
  ...sdk.slice(1),
];

const sdkDevice = [
  away('^(?!ua-parser-js$)[^./]', 'device.ts has one dependency: ua-parser-js.'),
  ...sdk.slice(1),
];

/** A static import of messages would put them into every page view. */
const messagesOnlyDynamically = {
  regex: '/messages/(?!contract\\.js$)',
  message: 'Messages are loaded by import() only.',
  allowTypeImports: true,
};

const collector = [
  away('^(\\.\\./)+(sdk|console)(/|$)', 'The collector imports core, its dependencies and node: only.'),
  away(
    '^(preact|react|react-dom|idb-keyval|ua-parser-js|@mantine)(/|$)',
    'That dependency belongs to another room.',
  ),
  notTest,
];

const consoleRoom = [
  away(NODE, 'The console runs in a browser.'),
  away('^(\\.\\./)+sdk/(?!preview\\.js$)', 'Of the SDK the console sees preview.js only.'),
  away('^(\\.\\./)+collector/(?!api\\.js$)', 'Of the collector the console sees the types of api.js only.'),
  { regex: '^(\\.\\./)+collector/api\\.js$', message: 'Types only: `import type`.', allowTypeImports: true },
  notTest,
];

export const WALLS = {
  core,
  sdk: [...sdk, messagesOnlyDynamically],
  sdkMessages,
  sdkDevice,
  collector,
  console: consoleRoom,
};
