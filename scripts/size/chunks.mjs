import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseAst } from 'rollup/parseAst';

/** Files that match a path whose last part may hold `*`. */
export function matchFiles(base, pattern) {
  const folder = join(base, dirname(pattern));
  if (!existsSync(folder)) return [];
  const parts = basename(pattern).split('*').map(escapeRegExp);
  const expression = new RegExp(`^${parts.join('.*')}$`);
  return readdirSync(folder)
    .filter((name) => expression.test(name))
    .map((name) => join(folder, name));
}

/** The files and everything they import statically from beside them: what a browser must fetch to run them. */
export function withStaticImports(files) {
  const seen = new Set();
  const visit = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const specifier of staticImports(readFileSync(file, 'utf8'))) {
      if (specifier.startsWith('.')) visit(join(dirname(file), specifier));
    }
  };
  files.forEach(visit);
  return [...seen];
}

function staticImports(code) {
  const declarations = parseAst(code).body.filter(({ source }) => source != null);
  return declarations.map(({ source }) => source.value);
}

function escapeRegExp(text) {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
