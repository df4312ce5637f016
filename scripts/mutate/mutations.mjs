import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Mistakes somebody could make in `src/core`: the file, the text as it is, the text as it would be, and what that breaks.
 * @type {{ file: string, text: string, replacement: string, breaks: string }[]}
 */
export const MUTATIONS = JSON.parse(readFileSync(join(import.meta.dirname, 'mutations.json'), 'utf8'));

/**
 * The source with the mutation in it. Throws if the text does not stand there exactly once: then nobody knows what was tested.
 * @param {string} source
 * @param {{ file: string, text: string, replacement: string }} mutation
 */
export function mutated(source, { file, text, replacement }) {
  const times = source.split(text).length - 1;
  if (times !== 1)
    throw new Error(
      `src/core/${file}.ts has ${JSON.stringify(text)} ${times} times; it must stand there once`,
    );
  return source.replace(text, () => replacement);
}
