import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assertWithSeed } from './simulation.js';

it('a property that fails says at the end of its message how to repeat it', () => {
  const failing = () => fc.property(fc.nat(), (drawn) => expect(drawn).toBeLessThan(100));
  const repeat = (seed: number) => assertWithSeed(failing(), { numRuns: 1000, seed });
  expect(() => repeat(4711)).toThrow(/Property failed after .*to repeat it set KIKUBARI_SEED=4711$/s);
});
