import { readFileSync } from 'node:fs';

let version: string | undefined;

/** This package's version, from the package.json beside the source or above the built file. */
export function readVersion(): string {
  version ??= find() ?? '0.0.0';
  return version;
}

function find(): string | undefined {
  for (const path of ['./package.json', '../package.json']) {
    try {
      const manifest = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as {
        name: string;
        version: string;
      };
      if (manifest.name === 'kikubari-collector') return manifest.version;
    } catch {
      // Not there: the next place.
    }
  }
  return undefined;
}
