/** Plants a point at the entry of every function of ours: `planted.at(point)` throws there when that point is armed. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import ts from 'typescript';

const OURS = /\/src\/((?:sdk|core)\/.+)$/;

/** Types are checked and code is shortened where the build is; neither changes what a function does. */
const NOT_NEEDED = ['typescript', 'terser', 'manifest'];

/** The build's own plugins, and points. */
export function withPoints(plugins, points) {
  return [stripTypes, ...plugins.filter(({ name }) => !NOT_NEEDED.includes(name)), plantPoints(points)];
}

const stripTypes = {
  name: 'strip-types',
  resolveId(source, importer) {
    if (!source.startsWith('.') || !importer) return null;
    const path = resolve(dirname(importer), source.replace(/\.js$/, '.ts'));
    return existsSync(path) ? path : null;
  },
  transform(code, id) {
    if (!id.endsWith('.ts')) return null;
    const compilerOptions = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    };
    return { code: ts.transpileModule(code, { compilerOptions, fileName: id }).outputText, map: null };
  },
};

/** Last of the plugins that transform: what it sees is JavaScript. */
function plantPoints(points) {
  return {
    name: 'plant-points',
    transform(code, id) {
      const file = OURS.exec(id)?.[1];
      if (!file) return null;
      const entries = [];
      visit(this.parse(code), (node) => {
        if (isFunction(node)) entries.push(node);
      });
      return { code: planted(code, entries, file, points), map: null };
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
function planted(code, functions, file, points) {
  const insertions = functions.flatMap(({ body, start }) => {
    const name = nameOf(code, start, file) + placeOf(code, start, functions);
    const call = `planted.at(${points.push(name) - 1})`;
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

/** File and beginning: the line of the compiled code would say little. */
function nameOf(code, start, file) {
  const line = code.slice(code.lastIndexOf('\n', start) + 1).split('\n')[0];
  return `${file} ${line.trim().slice(0, 70)}`;
}

/** Which one it is, of several that begin on one line: nothing of the first, ` (2)` of the next. */
function placeOf(code, start, functions) {
  const line = code.lastIndexOf('\n', start);
  const before = functions.filter((other) => other.start > line && other.start < start).length;
  return before > 0 ? ` (${before + 1})` : '';
}
