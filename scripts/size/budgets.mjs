import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import filePlugin from '@size-limit/file';
import sizeLimit from 'size-limit';
import { matchFiles, withStaticImports } from './chunks.mjs';

/** Reads the budgets from the `size-limit` key of a package.json. */
export function readBudgets(base) {
  return JSON.parse(readFileSync(join(base, 'package.json'), 'utf8'))['size-limit'];
}

/**
 * Measures one budget: the brotli size in bytes of its files and of what they import statically. `except` names files that
 * are fetched for something else, so that a new chunk counts until somebody says otherwise; what a counted file imports
 * counts in any case, save what a page that comes to it has already (`beyond`). `accepted` is a debt on record (docs/adr/0004): over the budget, but no further than that. A path that matches no file is a failure, not a size of 0.
 */
export async function measure(base, { name, path, except = [], beyond = [], limit, accepted = limit }) {
  const limitBytes = bytesOf(limit);
  const acceptedBytes = bytesOf(accepted);
  const paths = [path].flat();
  const absent = paths.filter((pattern) => matchFiles(base, pattern).length === 0);
  if (absent.length > 0) return { name, limitBytes, absent, files: [], isWithin: false, isAccepted: false };
  const entries = paths.flatMap((pattern) => matchFiles(base, pattern));
  const passedOver = new Set(except.flatMap((pattern) => matchFiles(base, pattern)));
  const there = new Set(withStaticImports(beyond.flatMap((pattern) => matchFiles(base, pattern))));
  const files = withStaticImports(entries.filter((file) => !passedOver.has(file))).filter(
    (file) => !there.has(file),
  );
  const [{ size: sizeBytes }] = await sizeLimit([filePlugin], files);
  const names = files.map((file) => relative(base, file));
  return {
    name,
    limitBytes,
    sizeBytes,
    absent: [],
    files: names,
    isWithin: sizeBytes <= limitBytes,
    isAccepted: sizeBytes <= acceptedBytes,
  };
}

/** `8.0 kB` → 8000: decimal, as size-limit counts. */
export function bytesOf(limit) {
  const [, number, unit] = /^([\d.]+) (B|kB)$/.exec(limit) ?? [];
  if (!number) throw new Error(`A budget is written like "8 kB", not "${limit}".`);
  return Math.round(Number(number) * (unit === 'kB' ? 1000 : 1));
}

/** 7432 → `7.4 kB`. */
export function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
