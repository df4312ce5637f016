import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root, runPackage } from '../../../scripts/run.mjs';

const CRUISER = 'dependency-cruiser/bin/dependency-cruise.mjs';

interface Violation {
  from: string;
  rule: { name: string };
}

/** Each file breaks the one rule named; `target` files below are what they reach for. */
const PLANTED: [rule: string, file: string, code: string][] = [
  [
    'no-cycle',
    'src/core/cycle.ts',
    `import { back } from './cycleBack.js';\nexport const cycle = () => back;`,
  ],
  ['core-is-alone', 'src/core/npm.ts', `import { get } from 'idb-keyval';\nexport const a = get;`],
  ['core-is-alone', 'src/core/node.ts', `import { join } from 'node:path';\nexport const a = join;`],
  ['core-is-alone', 'src/core/up.ts', `export { target } from '../sdk/target.js';`],
  ['sdk-wall', 'src/sdk/collector.ts', `export { target } from '../collector/target.js';`],
  [
    'sdk-wall',
    'src/sdk/console.ts',
    `import type { target } from '../console/target.js';\nexport type A = target;`,
  ],
  ['sdk-stays-light', 'src/sdk/heavy.ts', `export { target } from '../core/validate/target.js';`],
  ['sdk-packages', 'src/sdk/npm.ts', `import fastify from 'fastify';\nexport const a = fastify;`],
  ['sdk-packages', 'src/sdk/node.ts', `import { join } from 'node:path';\nexport const a = join;`],
  [
    'messages-without-packages',
    'src/sdk/messages/framework.ts',
    `import { createElement } from 'react';\nexport const a = createElement;`,
  ],
  [
    'messages-without-packages',
    'src/sdk/messages/storage.ts',
    `import { get } from 'idb-keyval';\nexport const a = get;`,
  ],
  [
    'ua-parser-in-device-only',
    'src/sdk/agent.ts',
    `import { UAParser } from 'ua-parser-js';\nexport const a = UAParser;`,
  ],
  ['messages-only-dynamically', 'src/sdk/eager.ts', `export { target } from './messages/target.js';`],
  ['collector-wall', 'src/collector/sdk.ts', `export { target } from '../sdk/target.js';`],
  ['console-wall', 'src/console/sdk.ts', `export { target } from '../sdk/target.js';`],
  [
    'console-takes-types-of-the-collector',
    'src/console/api.ts',
    `export { target } from '../collector/api.js';`,
  ],
  ['src-without-tests', 'src/collector/test.ts', `export { target } from '../../test/target.js';`],
  ['nothing-unresolved', 'src/sdk/missing.ts', `export { a } from './nowhere.js';`],
];

const ALLOWED: Record<string, string> = {
  'src/core/cycleBack.ts': `import { cycle } from './cycle.js';\nexport const back = () => cycle;`,
  'src/core/validate/good.ts': `export { target } from './target.js';`,
  'src/sdk/good.ts': [
    `import { get } from 'idb-keyval';`,
    `import type { Mount } from './messages/contract.js';`,
    `export const load = (): [unknown, Mount, unknown] => [get, 1, import('./messages/target.js')];`,
  ].join('\n'),
  'src/sdk/messages/contract.ts': `export type Mount = number;`,
  'src/sdk/messages/good.ts': `export { target } from './target.js';`,
  'src/sdk/device.ts': `import { UAParser } from 'ua-parser-js';\nexport const a = UAParser;`,
  'src/collector/good.ts': `import { join } from 'node:path';\nexport { target } from '../core/validate/target.js';\nexport const a = join;`,
  'src/console/good.ts': `import type { target } from '../collector/api.js';\nexport type A = target;`,
  ...Object.fromEntries(
    ['core/validate', 'sdk', 'sdk/messages', 'collector', 'console', '../test'].map((room) => [
      `src/${room}/target.ts`,
      'export const target = 1;',
    ]),
  ),
  'src/collector/api.ts': 'export const target = 1;',
};

let folder: string;
let violations: Violation[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kikubari-walls-'));
  for (const name of ['.dependency-cruiser.cjs', 'package.json'])
    cpSync(join(root, name), join(folder, name));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [path, code] of [
    ...Object.entries(ALLOWED),
    ...PLANTED.map(([, file, code]) => [file, code] as const),
  ]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), code);
  }
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src'];
  const { output } = await runPackage(CRUISER, args, { cwd: folder, quiet: true });
  violations = JSON.parse(output.slice(output.indexOf('{'))).summary.violations;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(PLANTED)('%s is broken by %s', (rule, file) => {
  expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toContain(
    rule,
  );
});

it('finds nothing in what the walls allow', () => {
  const inCycle = ['src/core/cycleBack.ts'];
  const innocent = Object.keys(ALLOWED).filter((file) => !inCycle.includes(file));
  expect(violations.filter(({ from }) => innocent.includes(from))).toEqual([]);
});
