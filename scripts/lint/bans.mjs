/** What the project never writes, as ESLint options; each room's list is put together in eslint.config.mjs. */

/** Style 5.4, everywhere in src and test. */
export const SYNTAX_EVERYWHERE = [
  { selector: 'TSEnumDeclaration', message: 'No enum: a union of strings says the same and leaves no code.' },
  { selector: 'TSModuleDeclaration[kind="namespace"]', message: 'No namespace: a file is one.' },
  {
    selector: 'ExportDefaultDeclaration',
    message: 'No default export: a name is found by searching for it.',
  },
];

/** S1 in all of src: nothing makes HTML or code from strings. */
export const SYNTAX_SAFE = [
  {
    selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
    message: 'No HTML from strings (S1): render elements.',
  },
  {
    selector:
      'CallExpression[callee.property.name="setAttribute"][arguments.0.value=/^(style|srcdoc|on.*)$/i]',
    message: 'No style or handler attributes (S1): use a class, or addEventListener.',
  },
];

/** S1 where a strict CSP of the host page rules: the SDK. */
export const SYNTAX_IN_PAGE = [
  {
    selector: 'CallExpression[callee.name="element"] Property[key.name=/^(style|srcdoc|on.*)$/]',
    message:
      'No style or handler attribute (S1): it breaks under a strict CSP. Use the adopted stylesheet, name the event.',
  },
  {
    selector:
      'CallExpression:matches([callee.property.name="createElement"], [callee.name="element"])[arguments.0.value=/^(style|script)$/i]',
    message: 'No <style> or <script> element (S1, D7): adopt a stylesheet, import() a chunk.',
  },
  {
    selector: 'ImportExpression[source.type!="Literal"]',
    message:
      'No import() of a computed address (S1), save for our own chunks: say why in the disabling comment.',
  },
];

/** Core takes time and randomness as arguments. */
export const SYNTAX_PURE = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'Core has no clock: take `now` as an argument.',
  },
];

const HTML_WRITERS = [
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'setHTMLUnsafe',
  'createContextualFragment',
];

/** S1: members that turn strings into elements. */
export const PROPERTIES_SAFE = [
  ...HTML_WRITERS.map((property) => ({ property, message: 'No HTML from strings (S1): make elements.' })),
  ...['write', 'writeln'].map((property) => ({
    object: 'document',
    property,
    message: 'No document.write (S1).',
  })),
];

/** Core: no clock, no randomness. */
export const PROPERTIES_PURE = [
  { object: 'Date', property: 'now', message: 'Core has no clock: take `now` as an argument.' },
  {
    object: 'Math',
    property: 'random',
    message: 'Core has no randomness: take a number or a hash as an argument.',
  },
];

/** Core: names of the page and of Node. */
export const GLOBALS_OUTSIDE_CORE = [
  ...[
    'window',
    'document',
    'navigator',
    'location',
    'history',
    'self',
    'localStorage',
    'sessionStorage',
    'indexedDB',
  ],
  ...['fetch', 'crypto', 'performance', 'process', 'Buffer', 'require', 'console'],
  ...['setTimeout', 'setInterval', 'queueMicrotask', 'requestAnimationFrame'],
].map((name) => ({ name, message: 'Core is pure: no page, no Node, no clock.' }));
