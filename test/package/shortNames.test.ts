import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { root } from '../../scripts/run.mjs';
import { INTERNAL, shortNames } from '../../scripts/size/shortNames.mjs';

/** What a page may load; validation is the collector's and the console's. */
const sources = ['src/core', 'src/sdk'].flatMap((folder) =>
  (readdirSync(join(root, folder), { recursive: true }) as string[])
    .filter((file) => file.endsWith('.ts') && !file.startsWith('validate'))
    .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(join(root, folder, file), 'utf8') })),
);
const named = (text: string) =>
  INTERNAL.filter((name: string) => new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(text));

it('are shortened to letters of their own, and only as whole words', () => {
  const { code } = shortNames.renderChunk(`${INTERNAL.join('.')}.recorded.$record`);
  const letters = code.split('.').slice(0, INTERNAL.length);
  expect(new Set(letters).size).toBe(INTERNAL.length);
  expect(letters.every((letter: string) => /^[$_]?[a-zA-Z]$/.test(letter) && letter !== 'q')).toBe(true);
  expect(code.endsWith('.recorded.$record')).toBe(true);
});

it('are none of the wire, of what a site gives or calls, or of a stored document', () => {
  const wire = sources.filter(({ file }) =>
    /core\/(events|program|content|question|conditions)\.ts$|sdk\/types\.ts$/.test(file),
  );
  expect(wire).toHaveLength(6);
  // Comments may use any word.
  for (const { file, text } of wire)
    expect(named(text.replace(/\/\*\*?[^]*?\*\/|\/\/.*/g, '')), file).toEqual([]);
});

it('are none of what a message listens for', () => {
  for (const { file, text } of sources.filter((source) => source.file.includes('/messages/')))
    for (const name of INTERNAL)
      expect(text, file).not.toMatch(
        new RegExp(`^ +${name}(?:: |\\()(?:\\(?\\{? ?)(?:event|key|target)\\b`, 'm'),
      );
});

/** What lies in a visitor's browser, and in which file it is described; interfaces within interfaces count with them. */
const STORED: { [file: string]: string[] } = {
  'core/checkpoint.ts': ['Checkpoint'],
  'core/combination.ts': ['Progress', 'State'],
  'core/fold.ts': ['Base'],
  'core/logSignals.ts': ['Cart', 'Trail'],
  'core/retention.ts': ['Snapshot'],
  'core/steps.ts': ['Progress'],
  'sdk/begunSurvey.ts': ['Begun'],
  'sdk/pastLog.ts': ['StoredFold', 'Weight'],
  'sdk/personal.ts': ['Stored'],
  'sdk/retention.ts': ['StoredSnapshot'],
  'sdk/session.ts': ['Session'],
  'sdk/store.ts': ['Books', 'Lease', 'StoredRow'],
  'sdk/visitor.ts': ['Who'],
};

it('are none of what is stored, which another build of this script reads', () => {
  for (const [file, wanted] of Object.entries(STORED)) {
    const text = readFileSync(join(root, 'src', file), 'utf8');
    const found = ts
      .createSourceFile(file, text, ts.ScriptTarget.Latest, true)
      .statements.filter((node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
      .filter(({ name }) => wanted.includes(name.text));
    expect(found.map(({ name }) => name.text).sort(), file).toEqual([...wanted].sort());
    for (const node of found) {
      const names: string[] = [];
      const visit = (inner: ts.Node) => {
        if (ts.isPropertySignature(inner)) names.push(inner.name.getText());
        ts.forEachChild(inner, visit);
      };
      visit(node);
      expect(
        names.filter((name) => INTERNAL.includes(name)),
        `${file} ${node.name.text}`,
      ).toEqual([]);
    }
  }
});

/** Texts and patterns of a file; types and the names of modules are none. */
function textsOf(file: string, text: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return;
    const isText =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    const isModule = ts.isCallExpression(node.parent ?? node) && node.parent.getText().startsWith('import(');
    if ((isText && !isModule) || ts.isRegularExpressionLiteral(node)) texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return texts;
}

it('stand in no text, which would be shortened with them', () => {
  expect(textsOf('a.ts', "const a = 'claim'; const b = `x${a} guard`; type C = D['claim'];")).toEqual([
    'claim',
    'x',
    ' guard',
  ]);
  for (const { file, text } of sources) expect(textsOf(file, text).flatMap(named), file).toEqual([]);
});
