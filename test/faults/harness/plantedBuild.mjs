/** A build of the SDK in which every function of src/sdk can be made to throw at its entry: `planted.armed` says which. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rollup } from 'rollup';
import { root } from '../../../scripts/run.mjs';

const FOLDER = join(root, 'node_modules/.cache/kikubari/faults/planted');
/** What the page gets before the script: which point throws, how often it was passed, and which points were seen at all. */
export const plantedPage = (armed) => `
  globalThis.planted = { armed: ${armed}, passed: 0, seen: {}, errors: [], at(point) {
    this.seen[point] = true;
    if (point !== this.armed) return;
    this.passed += 1;
    throw new Error('planted ' + point);
  } };
  addEventListener('error', ({ message }) => globalThis.planted.errors.push(message));
  addEventListener('unhandledrejection', ({ reason }) => globalThis.planted.errors.push(String(reason)));`;

/** Builds script and chunks as the project does, with the points planted; resolves the folder and the points' names. */
export async function buildPlanted() {
  const points = [];
  await buildWith(FOLDER, plantPoints(points));
  return { folder: FOLDER, points };
}

/** The same with one change to the code, for a sabotage: `change(code, id)` answers the changed code of a module or nothing. */
export const buildSpoiled = (change) => (spoiled ??= build(change));

/** One sabotage a process, whose rows share it. */
let spoiled;

async function build(change) {
  const folder = `${FOLDER}-spoiled-${process.pid}`;
  const transform = (code, id) => {
    const changed = change(code, id);
    return changed === undefined ? null : { code: changed, map: null };
  };
  await buildWith(folder, { name: 'spoil', transform });
  return folder;
}

async function buildWith(folder, plugin) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { default: builds } = await import(pathToFileURL(join(root, 'rollup.config.mjs')).href);
  const chunks = builds.find(({ input }) => input.engagement);
  const script = builds.find(({ input }) => input === 'src/sdk/scriptTag.ts');
  // The script's build writes the names of the chunks into it, so they come first.
  for (const build of [chunks, script]) {
    // Its warnings are the build's own, which has shown them already.
    const bundle = await rollup({
      ...build,
      onwarn: () => undefined,
      plugins: [...build.plugins.filter(({ name }) => name !== 'manifest'), plugin],
    });
    const place = build.output.dir ? { dir: folder } : { file: join(folder, 'kikubari.js') };
    await bundle.write({ ...build.output, dir: undefined, file: undefined, ...place });
    await bundle.close();
  }
}

/** Last of the plugins that transform: what it sees is JavaScript. */
function plantPoints(points) {
  return {
    name: 'plant-points',
    transform(code, id) {
      if (!id.includes('/src/sdk/')) return null;
      const entries = [];
      visit(this.parse(code), (node) => {
        if (isFunction(node)) entries.push(node);
      });
      return { code: planted(code, entries, id, points), map: null };
    },
  };
}

const isFunction = ({ type }) =>
  ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(type);

function visit(node, see) {
  if (typeof node?.type === 'string') see(node);
  for (const value of Object.values(node ?? {}))
    if (typeof value === 'object' && value !== null) visit(value, see);
}

/** Inserts from the end, so that the places before stay where they are. */
function planted(code, functions, id, points) {
  const insertions = functions.flatMap(({ body, start }) => {
    // The line of the compiled code says little, so the function's beginning goes with it.
    const beginning = code.slice(start, start + 60).split('\n')[0];
    const point = points.push(`${id.split('/src/sdk/')[1]} ${beginning}`) - 1;
    const call = `planted.at(${point})`;
    // A function that begins with `try` is the boundary itself: what it guards is what may throw.
    const [first] = body.type === 'BlockStatement' ? body.body : [];
    const at = (first?.type === 'TryStatement' ? first.block : body).start + 1;
    if (body.type === 'BlockStatement') return [{ at, text: `${call};` }];
    // Of two insertions at one place the outer function's must come out first.
    return [
      { at: body.start, text: `(${call}, `, order: start },
      { at: body.end, text: ')', order: start },
    ];
  });
  insertions.sort((a, b) => b.at - a.at);
  return insertions.reduce((text, { at, text: added }) => text.slice(0, at) + added + text.slice(at), code);
}
