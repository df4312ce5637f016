import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MUTATIONS, mutated } from '../../../scripts/mutate/mutations.mjs';

const sourceOf = (file: string) =>
  readFileSync(join(import.meta.dirname, '../../../src/core', `${file}.ts`), 'utf8');

/** The mistakes of `npm run mutate`, which plants each and runs the tests. */
describe('the planted mistakes', () => {
  it('are many, in all parts of the evaluator', () => {
    expect(MUTATIONS.length).toBeGreaterThanOrEqual(80);
    expect(new Set(MUTATIONS.map(({ file }) => file))).toEqual(
      new Set([
        ...new Set(MUTATIONS.map(({ file }) => file)),
        'evaluate',
        'atoms',
        'measures',
        'moreMeasures',
        'steps',
        'window',
        'between',
        'test',
        'moreOperators',
        'gates',
        'moreGates',
        'decide',
        'assign',
        'fold',
        'checkpoint',
        'retention',
        'recall',
        'zonedTime',
        'trigger',
        'combination',
      ]),
    );
  });
  it.each(MUTATIONS.map((mutation) => [mutation.file, mutation.breaks, mutation] as const))(
    '%s: %s',
    (file, _, mutation) => {
      const source = sourceOf(file);
      expect(mutated(source, mutation)).not.toBe(source);
    },
  );
  it('are refused where their text is gone', () => {
    const gone = { file: 'fold', text: 'no such text', replacement: '', breaks: '' };
    expect(() => mutated(sourceOf('fold'), gone)).toThrow('must stand there once');
  });
});
