import { describe, expect, it } from 'vitest';
import { rulesBrokenBy } from './lintText.js';

describe('S1: no HTML and no code from strings', () => {
  it.each([
    ['no-eval', 'src/sdk/planted.ts', `eval('1');`],
    ['no-new-func', 'src/collector/planted.ts', `new Function('return 1');`],
    ['no-restricted-properties', 'src/sdk/planted.ts', `declare const e: Element; e.innerHTML = 'x';`],
    ['no-restricted-properties', 'src/console/planted.ts', `declare const e: Element; e.outerHTML = 'x';`],
    [
      'no-restricted-properties',
      'src/sdk/planted.ts',
      `declare const e: Element; e.insertAdjacentHTML('x', '');`,
    ],
    ['no-restricted-properties', 'src/sdk/planted.ts', `document.write('x');`],
    [
      'no-restricted-syntax',
      'src/console/planted.tsx',
      `export const x = <p dangerouslySetInnerHTML={{ __html: '' }} />;`,
    ],
    ['no-restricted-syntax', 'src/sdk/messages/planted.ts', `element('p', { style: 'color: red' });`],
    ['no-restricted-syntax', 'src/sdk/messages/planted.ts', `element('p', { onclick: 'x()' });`],
    ['no-restricted-syntax', 'src/sdk/messages/planted.ts', `element('style', {}, 'a');`],
    ['no-restricted-syntax', 'src/sdk/planted.ts', `document.createElement('script');`],
    ['no-restricted-syntax', 'src/sdk/planted.ts', `document.body.setAttribute('onclick', 'x');`],
    ['no-restricted-syntax', 'src/sdk/planted.ts', `const url = 'x'; void import(url);`],
  ])('%s in %s: %s', async (rule, file, code) => {
    expect(await rulesBrokenBy(file, code)).toContain(rule);
  });

  it('leaves class names, text and our own chunks alone', async () => {
    const code = `void import('./chunk.js'); element('p', { class: 'a', click: () => {} }, 'b');`;
    expect(await rulesBrokenBy('src/sdk/messages/planted.ts', code)).toEqual([]);
  });
});

describe('core is pure', () => {
  it.each([
    ['no-restricted-properties', `export const now = Date.now();`],
    ['no-restricted-properties', `export const chance = Math.random();`],
    ['no-restricted-syntax', `export const now = new Date();`],
    ['no-restricted-globals', `export const title = document.title;`],
    ['no-restricted-globals', `export const width = window.innerWidth;`],
    ['no-restricted-globals', `export const home = process.env;`],
  ])('%s: %s', async (rule, code) => {
    expect(await rulesBrokenBy('src/core/planted.ts', code)).toContain(rule);
  });

  it('may turn a time it was given into a date', async () => {
    const code = `export const day = (now: number) => new Date(now).getUTCDay();`;
    expect(await rulesBrokenBy('src/core/planted.ts', code)).toEqual([]);
  });
});

describe('the style of 5.4', () => {
  it.each([
    ['an enum', 'no-restricted-syntax', `export enum Kind { A }`],
    ['a namespace', 'no-restricted-syntax', `export namespace Kind { export const a = 1 }`],
    ['a default export', 'no-restricted-syntax', `const a = 1; export default a;`],
    ['a file of 301 lines', 'max-lines', 'export const a = [\n' + '1,\n'.repeat(299) + '];'],
    ['a function of 51 lines', 'max-lines-per-function', `export function f() {\n${'f();\n'.repeat(49)}}`],
  ])('refuses %s', async (_name, rule, code) => {
    expect(await rulesBrokenBy('src/core/planted.ts', code)).toContain(rule);
  });

  it('lets a dictionary be as long as its language', async () => {
    const code = 'export const ja = [\n' + '1,\n'.repeat(400) + '];';
    expect(await rulesBrokenBy('src/console/language/ja.ts', code)).toEqual([]);
  });
});

describe('S13: SQL is not built from values', () => {
  const rule = 'kikubari/bound-sql';
  it.each([
    'declare const v: string; export const sql = `select * from events where name = ${v}`;',
    `declare const v: string; export const sql = 'delete from events where name = ' + v;`,
    'declare const v: string; export const sql = `INSERT INTO events VALUES (${JSON.stringify(v)})`;',
    'declare const v: string; declare const db: { run(s: string): void }; db.run(`call ${v}`);',
    'declare const v: string; declare const db: { query(s: string): void }; db.query("call " + v);',
    'declare const v: string; declare const f: (n: string) => string; export const sql = `select ${f(v)} from events`;',
    'declare const v: string[]; export const sql = `select * from events where id in (${v.join(",")})`;',
  ])('refuses %s', async (code) => {
    expect(await rulesBrokenBy('src/collector/planted.ts', code)).toContain(rule);
  });

  it.each([
    `export const sql = 'select * from events where name = ?';`,
    'const COLUMNS = "a, b"; export const sql = `select ${COLUMNS} from events`;',
    'declare const whereSql: string; export const sql = `select * from events where ${whereSql}`;',
    'declare const identifier: (n: string) => string; export const sql = `select ${identifier("a")} from events`;',
    'declare const moment: (n: string) => string; export const sql = `select * from events where t > ${moment("from")}`;',
    'declare const v: string; export const message = `deleted the events of ${v}`;',
  ])('allows %s', async (code) => {
    expect(await rulesBrokenBy('src/collector/planted.ts', code)).not.toContain(rule);
  });
});
