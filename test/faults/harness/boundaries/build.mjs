/** A build of the SDK in which every function of src/sdk and src/core can be made to throw at its entry. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from '../../../../scripts/contentHash.mjs';
import { root } from '../../../../scripts/run.mjs';
import { bundleInto } from '../bundle.mjs';
import { withPoints } from './plant.mjs';

const FOLDER = join(root, 'node_modules/.cache/kikubari/faults/planted');
const INPUTS = [
  'src/sdk',
  'src/core',
  'rollup.config.mjs',
  'package-lock.json',
  'test/faults/harness/bundle.mjs',
  'test/faults/harness/boundaries/build.mjs',
  'test/faults/harness/boundaries/plant.mjs',
];

/** Script and chunks as the project builds them, by file, and the names of the points in them, by number. */
export async function buildPlanted() {
  const hash = contentHash(root, INPUTS);
  const list = join(FOLDER, 'points.json');
  const built = read(list);
  if (built?.hash === hash) return { files: filesOf(FOLDER), points: new Map(built.points) };
  const names = [];
  await bundleInto(FOLDER, (plugins) => withPoints(plugins, names));
  const files = filesOf(FOLDER);
  // What the build leaves out as nobody calls it is in no page.
  const left = new Set(
    [...files.values()]
      .flatMap((code) => [...code.matchAll(/planted\.at\(([\de]+)\)/g)])
      .map(([, point]) => Number(point)),
  );
  const points = names.map((name, point) => [point, name]).filter(([point]) => left.has(point));
  writeFileSync(list, JSON.stringify({ hash, points }));
  return { files, points: new Map(points) };
}

const filesOf = (folder) =>
  new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.js'))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
