import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/run.mjs';
import { BANNED, bannedIn } from './bannedInBuild.js';

const FOLDER = join(root, 'dist/browser');
let files: { name: string; code: string }[];

beforeAll(() => {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.js'));
  files = names.map((name) => ({ name, code: readFileSync(join(FOLDER, name), 'utf8') }));
});

function syntaxErrors(code: string, sourceType: 'script' | 'module'): string[] {
  const messages = new Linter().verify(code, { languageOptions: { ecmaVersion: 2022, sourceType } });
  return messages.filter(({ fatal }) => fatal).map(({ message }) => message);
}

describe('the script-tag build', () => {
  it('is one classic script of ES2022, and its chunks are modules of ES2022', () => {
    expect(files.map(({ name }) => name)).toContain('kikubari.js');
    for (const { name, code } of files) {
      expect([name, ...syntaxErrors(code, name === 'kikubari.js' ? 'script' : 'module')]).toEqual([name]);
    }
  });

  it('would be caught if it were a module', () => {
    expect(syntaxErrors(`import './chunk.js';`, 'script')).not.toEqual([]);
  });

  it.each(Object.keys(BANNED))('never uses %s (S1)', (name) => {
    expect(files.length).toBeGreaterThan(1);
    const hits = files.flatMap((file) => bannedIn(file.code, name).map((hit) => `${file.name}: ${hit}`));
    expect(hits).toEqual([]);
  });

  it('keeps the licence notices of what it carries', () => {
    const noticeOf = (part: string) => {
      const { code = '' } = files.find(({ name }) => name.startsWith(part)) ?? {};
      return /\/\*!(.*?)\*\//.exec(code)?.[1];
    };
    expect(noticeOf('kikubari.js')).toContain('idb-keyval, Apache-2.0');
    expect(noticeOf('kikubari-device')).toContain('UAParser.js, MIT License');
    expect(noticeOf('kikubari-messages')).toBeUndefined();
  });
});

it.each([
  ['eval', `eval("1")`],
  ['new Function', `new Function("return 1")`],
  ['string timers', `setTimeout("go()",1)`],
  ['innerHTML', `e.innerHTML=x`],
  ['innerHTML', `e["innerHTML"]=x`],
  ['outerHTML', `e.outerHTML=x`],
  ['insertAdjacentHTML', `e.insertAdjacentHTML("beforeend",x)`],
  ['document.write', `document.write(x)`],
  ['style elements', `document.createElement("style")`],
  ['style attributes', `e.setAttribute("style",x)`],
])('the search for %s finds %s', (name, code) => {
  expect(bannedIn(code, name)).not.toEqual([]);
});
