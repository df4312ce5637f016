import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, run, runPackage } from '../../scripts/run.mjs';
import { installedPackages, installInto, pack, temporaryFolder, type Packed } from './packing.js';

/** What the design names; a name more or less here is a change of the public API. */
const NAMES = [
  'init',
  'track',
  'page',
  'identify',
  'set',
  'reset',
  'consent',
  'on',
  'off',
  'flush',
  'show',
  'explain',
];

const { folder, remove } = temporaryFolder();
let packed: Packed;

beforeAll(async () => {
  packed = await pack('.', folder);
  await installInto(folder, packed.tarball);
});

afterAll(remove);

async function node(args: string[]): Promise<string> {
  const { code, output } = await run(process.execPath, args, { cwd: folder, quiet: true });
  expect(output + (code === 0 ? '' : `\nexit code ${code}`)).not.toMatch(/exit code/);
  return output;
}

describe('the tarball of the SDK', () => {
  it('holds dist, README, LICENSE and package.json, and nothing else', () => {
    const others = packed.files.filter((path) => !path.startsWith('dist/'));
    expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
    expect(packed.files).toContain('dist/index.js');
    expect(packed.files).toContain('dist/browser/kikubari.js');
    expect(packed.files).toEqual(
      expect.arrayContaining(['dist/schema/campaigns.json', 'dist/schema/program.json']),
    );
  });

  it('brings idb-keyval and ua-parser-js into an empty folder, and no other package', () => {
    expect(installedPackages(folder)).toEqual(['idb-keyval', 'kikubari', 'ua-parser-js']);
  });

  it('takes the ua-parser-js with the free licence', () => {
    const manifest = JSON.parse(readFileSync(join(folder, 'node_modules/ua-parser-js/package.json'), 'utf8'));
    expect(manifest.version).toMatch(/^1\./);
    expect(manifest.license).toBe('MIT');
  });

  it('knows nothing of the collector', () => {
    const code = packed.files.filter((path) => /\.(c?js|d\.c?ts|map)$/.test(path));
    const telling = code.filter((path) =>
      readFileSync(join(folder, 'node_modules/kikubari', path), 'utf8').includes('src/collector'),
    );
    expect(telling).toEqual([]);
  });
});

describe('the installed SDK', () => {
  it('is imported as an ES module, also where there is no page', async () => {
    writeFileSync(
      join(folder, 'use.mjs'),
      `import * as k from 'kikubari'; console.log(Object.keys(k).join());`,
    );
    expect((await node(['use.mjs'])).trim().split(',')).toEqual(expect.arrayContaining(NAMES));
  });

  it('is required as CommonJS', async () => {
    writeFileSync(join(folder, 'use.cjs'), `console.log(Object.keys(require('kikubari')).join());`);
    expect((await node(['use.cjs'])).trim().split(',')).toEqual(expect.arrayContaining(NAMES));
  });

  it('judges conditions where there is no page, both ways', async () => {
    const ask = `console.log(r.compileCondition({ attribute: 'plan', is: { in: ['pro'] } })({ attributes: { plan: 'pro' } }))`;
    writeFileSync(join(folder, 'rules.mjs'), `import * as r from 'kikubari/rules'; ${ask};`);
    writeFileSync(join(folder, 'rules.cjs'), `const r = require('kikubari/rules'); ${ask};`);
    for (const file of ['rules.mjs', 'rules.cjs']) expect(await node([file])).toBe('true\n');
  });

  it('has a preview that can be imported where there is no page, both ways', async () => {
    const ask = `console.log(typeof p.preview, Object.keys(p.themes).join())`;
    writeFileSync(join(folder, 'preview.mjs'), `import * as p from 'kikubari/preview'; ${ask};`);
    writeFileSync(join(folder, 'preview.cjs'), `const p = require('kikubari/preview'); ${ask};`);
    for (const file of ['preview.mjs', 'preview.cjs'])
      expect(await node([file])).toBe('function ink,matcha,sakura,indigo,kinari,kaki\n');
  });

  it.each([
    ['esnext', 'bundler', 'consumer.ts'],
    ['nodenext', 'nodenext', 'consumer.mts'],
    ['nodenext', 'nodenext', 'consumer.cts'],
  ])(
    'compiles into a program with module %s, resolution %s (%s), library checks on',
    async (module, resolution, file) => {
      writeFileSync(
        join(folder, file),
        [
          `import { ${NAMES.join(', ')} } from 'kikubari';`,
          `export const all = [${NAMES.join(', ')}];`,
          `export const receipt: Promise<{ durable: boolean }> = track('add_to_cart', { value: 1200 });`,
          `import { compileCondition } from 'kikubari/rules';`,
          `export const isPro: boolean = compileCondition({ attribute: 'plan', is: { eq: 'pro' } })({});`,
          `import { preview } from 'kikubari/preview';`,
          `export const shown = preview({ content: { format: 'toast', cards: [] }, theme: { preset: 'kinari' } });`,
          `// @ts-expect-error a name is needed`,
          `void track();`,
        ].join('\n'),
      );
      const options = [
        '--noEmit',
        '--strict',
        '--skipLibCheck',
        'false',
        '--target',
        'es2022',
        '--lib',
        'es2022,dom',
      ];
      const args = [...options, '--module', module, '--moduleResolution', resolution, file];
      const { code, output } = await runPackage('typescript/bin/tsc', args, { cwd: folder, quiet: true });
      expect(output).toBe('');
      expect(code).toBe(0);
    },
  );

  it('has a manifest publint finds no fault with', async () => {
    const { messages } = await publint({ pkgDir: join(folder, 'node_modules/kikubari'), strict: true });
    expect(messages).toEqual([]);
  });

  it('has types that are right in every way of resolving them (attw)', async () => {
    const attw = '@arethetypeswrong/cli/dist/index.js';
    const args = [packed.tarball, '--format', 'ascii', '--no-color', '--no-emoji'];
    const { code, output } = await runPackage(attw, args, { cwd: folder, quiet: true });
    expect(output).toContain('No problems found');
    expect(code).toBe(0);
  });

  it.each([
    ['index', './public-api.d.ts'],
    ['rules', './public-rules.d.ts'],
    ['preview', './public-preview.d.ts'],
  ])('shows the public API that was reviewed: %s', async (entry, reviewed) => {
    // After a wanted change: npm test -- --only package -u, and read the difference.
    const types = readFileSync(join(root, `dist/${entry}.d.ts`), 'utf8');
    await expect(types).toMatchFileSnapshot(reviewed);
  });
});
