/**
 * How many random cases a property is held to, and what they came to: a slice in `npm test`, and by `npm run simulate` as many as are
 * asked for, shared out among the properties, with one seed for all.
 */
import { appendFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect } from 'vitest';

/** Of a long run's cases, in percent: most for what asks most at once. */
const SHARES = {
  measures: 20,
  decisions: 20,
  combinations: 5,
  pruned: 15,
  behaviours: 10,
  sequences: 10,
  conditions: 20,
  fuzz: 100,
};
export type Part = keyof typeof SHARES;

const { KIKUBARI_CASES, KIKUBARI_SEED, KIKUBARI_TALLY } = process.env;
const PROGRESS_MS = 15_000;
export const TIMEOUT_MS = KIKUBARI_CASES ? 7_200_000 : 120_000;

/** How often each kind of thing came up. */
export interface Tally {
  (what: string, times?: number): void;
  counts: { [what: string]: number };
}

export function createTally(): Tally {
  const counts: Tally['counts'] = {};
  return Object.assign((what: string, times = 1) => void (counts[what] = (counts[what] ?? 0) + times), {
    counts,
  });
}

const repeatWith = (seed: number) => `to repeat it set KIKUBARI_SEED=${seed}`;

/** The counterexample is longer than what some logs keep of a message, and the seed stands before it: here it ends with it. */
export function assertWithSeed<Drawn>(
  property: fc.IProperty<Drawn>,
  parameters: { numRuns: number; seed: number },
): void {
  try {
    fc.assert(property, parameters);
  } catch (error) {
    (error as Error).message += `\n\n${repeatWith(parameters.seed)}`;
    throw error;
  }
}

/** Runs the property: `few` cases, or its share of a long run. `rare`: what must have come up at
 * least half so often in so few cases. */
export function simulate<Drawn>(
  part: Part,
  few: number,
  arbitrary: fc.Arbitrary<Drawn>,
  check: (drawn: Drawn, tally: Tally) => void,
  rare: { [what: string]: number },
): void {
  const tally = createTally();
  const cases = KIKUBARI_CASES ? Math.ceil((Number(KIKUBARI_CASES) * SHARES[part]) / 100) : few;
  const startedAt = performance.now();
  let toldAt = startedAt;
  let done = 0;
  const seed = KIKUBARI_SEED ? Number(KIKUBARI_SEED) : Math.floor(Math.random() * 2 ** 31);
  const property = fc.property(arbitrary, (drawn) => {
    check(drawn, tally);
    done++;
    if (!KIKUBARI_CASES || performance.now() - toldAt < PROGRESS_MS) return;
    toldAt = performance.now();
    console.log(`${part}: ${done} of ${cases}, ${Math.round((toldAt - startedAt) / 1000)} s`);
  });
  assertWithSeed(property, { numRuns: cases, seed });
  const seconds = (performance.now() - startedAt) / 1000;
  if (KIKUBARI_TALLY)
    appendFileSync(KIKUBARI_TALLY, `${JSON.stringify({ part, cases, seconds, counts: tally.counts })}\n`);
  // A run that never came to the hard places would say nothing of them.
  for (const [what, times] of Object.entries(rare))
    expect(
      tally.counts[what] ?? 0,
      `${what}: ${JSON.stringify(tally.counts)}, ${repeatWith(seed)}`,
    ).toBeGreaterThanOrEqual(Math.floor(times * Math.min(1, cases / few / 2)));
}
