import { ESLint } from 'eslint';
import { root } from '../../../scripts/run.mjs';

/** The rules of `recommendedTypeChecked` that cannot run without types. */
const TYPED_RULES = [
  ...['await-thenable', 'no-array-delete', 'no-base-to-string', 'no-duplicate-type-constituents'],
  ...['no-floating-promises', 'no-for-in-array', 'no-implied-eval', 'no-misused-promises'],
  ...['no-unnecessary-type-assertion', 'no-unsafe-argument', 'no-unsafe-assignment', 'no-unsafe-call'],
  ...['no-unsafe-enum-comparison', 'no-unsafe-member-access', 'no-unsafe-return', 'no-unsafe-unary-minus'],
  ...['only-throw-error', 'prefer-promise-reject-errors', 'restrict-plus-operands'],
  ...['restrict-template-expressions', 'switch-exhaustiveness-check', 'unbound-method'],
].map((name) => `@typescript-eslint/${name}`);

const eslint = new ESLint({
  cwd: root,
  // The text is linted under the name of a file that does not exist, which no tsconfig lists: no types.
  overrideConfig: {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: false } },
    rules: Object.fromEntries(TYPED_RULES.map((name) => [name, 'off' as const])),
  },
});

/** The project's own ESLint rules that `code` would break as the file `filePath`. */
export async function rulesBrokenBy(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: `${root}/${filePath}` });
  const fatal = result?.messages.find((message) => message.fatal);
  if (fatal) throw new Error(`${filePath} does not parse: ${fatal.message}`);
  return (result?.messages ?? []).map((message) => message.ruleId ?? '');
}
