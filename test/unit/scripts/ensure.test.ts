import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ensureBrowser, ensureNode } from '../../../scripts/ensure.mjs';
import { ensureDependencies, isInstalled } from '../../../scripts/ensure/dependencies.mjs';
import { ensureFirefox, ensureWebKit } from '../../../scripts/ensure/otherBrowsers.mjs';
import { root } from '../../../scripts/run.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kikubari-ensure-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('the Node it runs on', () => {
  it.each(['18.20.4', '20.18.9', '16.0.0'])(
    'refuses %s in one sentence that names what is needed',
    (version) => {
      expect(() => ensureNode(version)).toThrow(
        new RegExp(`^Kikubari needs Node 20\\.19 or newer.*${version}.*\\.$`),
      );
    },
  );

  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('accepts %s', (version) => {
    expect(() => ensureNode(version)).not.toThrow();
  });

  it('says the same as engines in package.json', () => {
    const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(engines.node).toBe('>=20.19');
  });
});

describe('what is installed', () => {
  const lock = (packages: object) => JSON.stringify({ lockfileVersion: 3, packages });
  const write = (wanted: object, present?: object) => {
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package-lock.json'), lock(wanted));
    if (present) writeFileSync(join(folder, 'node_modules', '.package-lock.json'), lock(present));
  };
  const a = { version: '1.0.0', integrity: 'sha512-a' };

  it('is up to date when node_modules holds what the lockfile names', () => {
    write({ '': {}, 'node_modules/a': a }, { 'node_modules/a': a });
    expect(isInstalled(folder)).toBe(true);
  });

  it('is out of date after the lockfile changed, or when an install was cut short', () => {
    write({ 'node_modules/a': { version: '2.0.0', integrity: 'sha512-b' } }, { 'node_modules/a': a });
    expect(isInstalled(folder)).toBe(false);
    rmSync(join(folder, 'node_modules', '.package-lock.json'));
    expect(isInstalled(folder)).toBe(false);
  });

  it('does not miss the binaries of other platforms', () => {
    const other = { version: '1.0.0', integrity: 'sha512-c', optional: true, os: ['aix'] };
    write({ 'node_modules/a': a, 'node_modules/a-aix': other }, { 'node_modules/a': a });
    expect(isInstalled(folder)).toBe(true);
  });

  it('says what to do about a damaged lockfile', async () => {
    writeFileSync(join(folder, 'package-lock.json'), '{');
    await expect(ensureDependencies(folder)).rejects.toThrow(/package-lock\.json is missing or damaged/);
  });

  it('installs with npm ci when something is missing, and then has nothing to do', async () => {
    const manifest = { name: 'empty', version: '1.0.0', dependencies: { local: 'file:./local' } };
    mkdirSync(join(folder, 'local'));
    writeFileSync(join(folder, 'local', 'package.json'), '{ "name": "local", "version": "1.0.0" }');
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    const link = { resolved: 'local', link: true };
    writeFileSync(
      join(folder, 'package-lock.json'),
      lock({ '': manifest, local: { version: '1.0.0' }, 'node_modules/local': link }),
    );
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await ensureDependencies(folder);
    expect(log.mock.calls.flat().join('\n')).toMatch(
      /Installed in \d+ s; downloaded [\d.]+ MB \(budget 400 MB\)/,
    );
    expect(isInstalled(folder)).toBe(true);
  });
});

describe('the browser', () => {
  it('is the one CHROMIUM names, if that starts', async () => {
    const path = join(folder, 'chromium');
    writeFileSync(path, '#!/bin/sh\necho Chromium 1\n');
    chmodSync(path, 0o755);
    vi.stubEnv('CHROMIUM', path);
    expect(await ensureBrowser()).toBe(path);
  });

  it('is not one that does not start: the sentence names it', async () => {
    const path = join(folder, 'chromium');
    writeFileSync(path, '#!/bin/sh\nexit 1\n');
    chmodSync(path, 0o755);
    vi.stubEnv('CHROMIUM', path);
    await expect(ensureBrowser()).rejects.toThrow(`CHROMIUM names ${path}, which does not start`);
  });

  it('passes over a placeholder on the PATH that does not start', async () => {
    const first = join(folder, 'first');
    const second = join(folder, 'second');
    [first, second].forEach((path) => mkdirSync(path));
    writeFileSync(join(first, 'chromium'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    writeFileSync(join(second, 'chromium'), '#!/bin/sh\necho Chromium 1\n', { mode: 0o755 });
    vi.stubEnv('CHROMIUM', '');
    vi.stubEnv('PATH', `${first}:${second}`);
    expect(await ensureBrowser()).toBe(join(second, 'chromium'));
  });
});

describe('a browser beside Chromium', () => {
  const program = (name: string, script: string) => {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return path;
  };

  beforeEach(() => {
    ['FIREFOX', 'MINIBROWSER', 'XVFB'].forEach((name) => vi.stubEnv(name, ''));
    vi.stubEnv('PATH', folder);
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
  });

  it('is found on the PATH if it starts', async () => {
    program('firefox-esr', 'exit 1');
    const path = program('firefox', 'exit 0');
    expect(await ensureFirefox()).toEqual({ FIREFOX: path });
  });

  it('is the one its variable names: WebKitGTK has two, its own and an X server', async () => {
    const found = { MINIBROWSER: program('mini', ''), XVFB: program('x', '') };
    Object.entries(found).forEach(([name, path]) => vi.stubEnv(name, path));
    expect(await ensureWebKit()).toEqual(found);
    vi.stubEnv('XVFB', join(folder, 'nothing'));
    await expect(ensureWebKit()).rejects.toThrow(/XVFB names .*nothing, which does not start/);
  });

  it('is named with its package where there is no apt-get', async () => {
    await expect(ensureFirefox()).rejects.toThrow(
      /need what Debian calls firefox-esr: install it, or set FIREFOX/,
    );
  });

  const asRoot = it.skipIf(process.getuid?.() !== 0);

  asRoot('is installed with apt-get', async () => {
    const path = join(folder, 'firefox-esr');
    program('apt-get', `[ "$1" != install ] || { echo '#!/bin/sh' > ${path}; /bin/chmod +x ${path}; }`);
    expect(await ensureFirefox()).toEqual({ FIREFOX: path });
  });

  asRoot('says what apt-get said when it could not', async () => {
    program('apt-get', 'case "$1" in install) echo "E: Unable to locate package"; exit 100;; esac');
    await expect(ensureFirefox()).rejects.toThrow(/could not install it:\nE: Unable to locate package/);
  });

  asRoot('is not taken for installed because apt-get says so', async () => {
    program('apt-get', 'exit 0');
    await expect(ensureFirefox()).rejects.toThrow('still no Firefox is found that starts');
  });
});
