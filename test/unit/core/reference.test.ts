import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validateCondition } from '../../../src/core/validate/campaignFile.js';
import { FACT_NAMES, KIND_KEYS, MEASURES, TRIGGER_KEYS } from '../../../src/core/validate/vocabulary.js';

const page = readFileSync(new URL('../../../docs/language.md', import.meta.url), 'utf8');

/** Everything of the page that is JSON: blocks, and what stands between backticks in a line. */
const examples = [...page.matchAll(/```json\n([^]*?)```/g), ...page.matchAll(/`(\{[^`\n]*\})`/g)].flatMap(
  ([, text]): object[] => {
    try {
      return [JSON.parse(text!) as object];
    } catch {
      // With an ellipsis in it.
      return [];
    }
  },
);

const kinds = Object.keys(KIND_KEYS);
const conditions = examples.filter((example) => kinds.some((kind) => Object.hasOwn(example, kind)));
const said = conditions.map((condition) => JSON.stringify(condition)).join('\n');
const all = examples.map((example) => JSON.stringify(example)).join('\n');

const words: [what: string, has: string][] = [
  ...kinds
    .filter((kind) => !['all', 'any', 'not'].includes(kind))
    .map((kind): [string, string] => [kind, `"${kind}":`]),
  ...Object.entries(FACT_NAMES).flatMap(([kind, names]) =>
    names.map((name): [string, string] => [`${kind} ${name}`, `"${kind}":"${name}"`]),
  ),
  ...MEASURES.filter((name) => name !== 'count').map((name): [string, string] => [
    `measure ${name}`,
    `"measure":"${name}"`,
  ]),
];
const OPERATORS = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'nin', 'contains', 'startsWith'];
const MORE = ['endsWith', 'exists', 'matches', 'semver', 'before', 'after', 'every'];

describe('the reference of the language', () => {
  it('has many examples, all of which are valid', () => {
    expect(conditions.length).toBeGreaterThan(50);
    for (const condition of conditions) {
      const { problems } = validateCondition(condition, { segments: ['regulars'], mayHaveMoreFacts: true });
      expect([condition, problems.filter(({ severity }) => severity === 'error')]).toEqual([condition, []]);
    }
  });

  it.each(words)('has an example of %s', (_, has) => expect(said).toContain(has));

  it.each(Object.keys(TRIGGER_KEYS))('has an example of the trigger %s', (on) =>
    expect(page).toContain(`"on": "${on}"`),
  );

  it.each([...OPERATORS, ...MORE])('has an example of the operator %s', (operator) =>
    expect(all).toContain(`"${operator}":`),
  );
});
