/** Persons of one arm, and how many of them reached the goal. */
export interface ArmCounts {
  exposed: number;
  goal: number;
}

/** The difference of two shares, and between which bounds it lies. */
export interface Difference {
  value: number;
  low: number;
  high: number;
}

/** So many persons in both arms together are expected when it is decided; fixed, or peeking would count again. */
const EXPECTED_PERSONS = 5000;
/** The usual rule for the normal distribution to do: so many expected with and without the goal in each arm. */
const LEAST_EXPECTED = 10;

/**
 * Half of the width of an always-valid interval: it may be looked at as often as one likes, and in all looks together it misses the
 * truth with a probability of `alpha` at most (Waudby-Smith et al. 2023, equation 9, as GrowthBook has it). `variance` is the squared
 * standard error times `persons`.
 */
export function alwaysValidHalfWidth(variance: number, persons: number, alpha = 0.05): number {
  const tuning = -2 * Math.log(alpha);
  const rho = Math.sqrt((tuning + Math.log(tuning + 1)) / EXPECTED_PERSONS);
  const spread = persons * rho ** 2 + 1;
  return (
    (Math.sqrt(variance) * Math.sqrt(2 * spread * Math.log(Math.sqrt(spread) / alpha))) / (persons * rho)
  );
}

/**
 * By how much the goal is reached more often in one arm than in another, with its always-valid interval. Null as long as there are
 * too few persons for any.
 */
export function shareDifference(treated: ArmCounts, control: ArmCounts, alpha = 0.05): Difference | null {
  const persons = treated.exposed + control.exposed;
  const together = (treated.goal + control.goal) / persons;
  const least = Math.min(treated.exposed, control.exposed) * Math.min(together, 1 - together);
  // Also where nobody was exposed.
  if (!(least >= LEAST_EXPECTED)) return null;
  const squaredError = squaredErrorOf(treated) + squaredErrorOf(control);
  const half = alwaysValidHalfWidth(squaredError * persons, persons, alpha);
  const value = treated.goal / treated.exposed - control.goal / control.exposed;
  return { value, low: value - half, high: value + half };
}

function squaredErrorOf({ exposed, goal }: ArmCounts): number {
  const share = goal / exposed;
  return (share * (1 - share)) / exposed;
}

/**
 * The first variant that does harm, and how much, if there is one: all of its interval lies below the control group. Of several
 * variants each must be proven so much more surely that all of them together are wrong no more often than one (Bonferroni).
 */
export function provenHarm(
  variants: readonly (ArmCounts & { variant: string })[],
  control: ArmCounts,
  alpha = 0.05,
): { variant: string; difference: Difference } | undefined {
  for (const arm of variants) {
    const difference = shareDifference(arm, control, alpha / variants.length);
    if (difference && difference.high < 0) return { variant: arm.variant, difference };
  }
  return undefined;
}
