import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from '../../scripts/run.mjs';

export interface Packed {
  /** Path of the tarball. */
  tarball: string;
  /** Paths inside the package. */
  files: string[];
}

/** A fresh folder of the system's temporary ones, and how to remove it. */
export function temporaryFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'kikubari-package-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

async function npm(args: string[], cwd: string, loglevel = 'error'): Promise<string> {
  const { code, output } = await run('npm', [...args, `--loglevel=${loglevel}`], { cwd, quiet: true });
  if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

/** Packs the package in `source` (relative to the project) as it would be published. */
export async function pack(source: string, destination: string): Promise<Packed> {
  const args = [
    'pack',
    '--json',
    '--ignore-scripts',
    '--workspaces=false',
    '--pack-destination',
    destination,
  ];
  const output = await npm(args, join(root, source));
  // npm 11 gives a list; a later one gives an object with the package's name as its key.
  const parsed = JSON.parse(output.slice(output.search(/[[{]\s/)));
  const [{ filename, files }] = Object.values(parsed) as [{ filename: string; files: { path: string }[] }];
  return { tarball: join(destination, filename), files: files.map(({ path }) => path) };
}

/** Installs a tarball into an otherwise empty package, as somebody who found it would; resolves to what npm warned of. */
export async function installInto(folder: string, tarball: string): Promise<string> {
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "version": "1.0.0", "private": true }');
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', tarball];
  return npm(args, folder, 'warn');
}

/** Names of all packages below node_modules, scoped ones as `@scope/name`. */
export function installedPackages(folder: string): string[] {
  const modules = join(folder, 'node_modules');
  const names = readdirSync(modules).filter((name) => !name.startsWith('.'));
  return names
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(modules, name)).map((x) => `${name}/${x}`) : [name],
    )
    .sort();
}
