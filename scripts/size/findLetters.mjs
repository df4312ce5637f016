/**
 * Looks for letters that pack better than those in `localNames.mjs` and `shortNames.mjs`, by trying: `node scripts/size/findLetters.mjs
 * SECONDS`, after a build. Letters of local names, and of internal properties, may be exchanged for each other in all of the script; what
 * is found is written into the two lists, and only if it is smaller.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { parseAst } from 'rollup/parseAst';
import { root } from '../run.mjs';
import { LETTERS } from './localNames.mjs';
import { INTERNAL, shorten } from './shortNames.mjs';

const file = join(root, 'dist/browser/kikubari.js');
const text = readFileSync(file, 'utf8');

/** Where the script has names that may change: of local variables, and of internal properties. */
function placesOf(code) {
  const places = [];
  const internal = new Map(INTERNAL.map((name, index) => [shorten(name), index]));
  const property = (node) => {
    const index = internal.get(node.name);
    if (index !== undefined) places.push({ ...node, kind: 'property', index });
  };
  const visit = (node, parent, key) => {
    if (Array.isArray(node)) return node.forEach((child) => visit(child, parent, key));
    if (typeof node?.type !== 'string') return;
    if (node.type === 'Identifier') {
      const isKey =
        (key === 'property' && !parent.computed) ||
        (key === 'key' && !parent.computed && !parent.shorthand) ||
        key === 'label';
      if (isKey) property(node);
      else if ([...node.name].every((letter) => LETTERS.includes(letter)) && node.name.length < 3)
        places.push({ ...node, kind: 'local' });
      return;
    }
    // The value of a shorthand property is the key once more.
    for (const [name, child] of Object.entries(node))
      if (!(node.shorthand && name === 'key')) visit(child, node, name);
  };
  visit(parseAst(code), undefined, '');
  return places.sort((a, b) => a.start - b.start);
}

const places = placesOf(text);
const between = [];
let from = 0;
for (const { start, end } of places) {
  between.push(text.slice(from, start));
  from = end;
}
const rest = text.slice(from);

const shortened = INTERNAL.map(shorten);
const sizeOf = ({ letters, order }) => {
  const swapped = new Map([...LETTERS].map((letter, at) => [letter, letters[at]]));
  const names = places.map(({ kind, name, index }) =>
    kind === 'local' ? [...name].map((letter) => swapped.get(letter)).join('') : shortened[order[index]],
  );
  const code = between.map((part, at) => part + names[at]).join('') + rest;
  return brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
};

const seconds = Number(process.argv[2] ?? 60);
const until = Date.now() + seconds * 1000;
let state = { letters: [...LETTERS], order: INTERNAL.map((_, index) => index) };
let size = sizeOf(state);
if (size !== brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length)
  throw new Error('The names were not put back as they were.');
let best = { state, size };
const begun = size;
const swap = (list) => {
  const changed = [...list];
  const [one, other] = [0, 0].map(() => Math.floor(Math.random() * list.length));
  [changed[one], changed[other]] = [changed[other], changed[one]];
  return changed;
};
/** Exported names have their own letters, and marked ones their mark: those only change with their like. */
const isLike = (order) =>
  order.every(
    (to, at) =>
      shortened[to].length === shortened[at].length &&
      (shortened[to][0] === '$') === (shortened[at][0] === '$'),
  );
while (Date.now() < until) {
  const warmth = Math.max(0.05, ((until - Date.now()) / (seconds * 1000)) * 2);
  const next =
    Math.random() < 0.5 ? { ...state, letters: swap(state.letters) } : { ...state, order: swap(state.order) };
  if (!isLike(next.order)) continue;
  const nextSize = sizeOf(next);
  if (nextSize > size && Math.random() > Math.exp((size - nextSize) / warmth)) continue;
  [state, size] = [next, nextSize];
  if (size < best.size) best = { state, size };
}
console.log(`${begun} bytes, ${best.size} with other letters`);
if (best.size < begun) {
  const order = INTERNAL.map(() => '');
  best.state.order.forEach((to, index) => (order[to] = INTERNAL[index]));
  const rewrite = (name, before, after) => {
    const path = join(import.meta.dirname, name);
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(before, () => after),
    );
  };
  rewrite('localNames.mjs', `'${LETTERS}'`, `'${best.state.letters.join('')}'`);
  rewrite('shortNames.mjs', `'${INTERNAL.join(' ')}'`, `'${order.join(' ')}'`);
}
