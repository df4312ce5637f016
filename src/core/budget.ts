/** What looking for changes may cost: a hostile program, or a very long log, must not hold up the page. */

export interface Budget {
  /** So often may all gates be asked, and pasts be copied. They take two or three hundredths of a second. */
  questions: number;
  /** So many moments may be asked of a clock on the wall alone, which costs a hundredth of that. */
  moments: number;
  /** Why what might do was not tried; absent if nothing was passed over. */
  missed?: Missed;
}

/** `most`: no more events than these were tried. */
export interface Missed {
  because: 'tooMany' | 'unsearched' | 'unidentified';
  most?: number;
}

/** Enough for a few conditions over long logs, and for several dozen over the clock on the wall. */
export const createBudget = (): Budget => ({ questions: 250, moments: 2400 });

export class BudgetSpent extends Error {}

export type Spender = { budget?: Budget };

/** Throws `BudgetSpent`. */
export function spend({ budget }: Spender, cost: number, of: 'questions' | 'moments' = 'questions'): void {
  if (budget && (budget[of] -= cost) < 0) throw new BudgetSpent(of);
}

/** Notes that something was passed over; of two numbers of events the smaller one is told. */
export function miss({ budget }: Spender, missed: Missed): void {
  if (budget && (missed.most ?? 0) < (budget.missed?.most ?? Infinity)) budget.missed = missed;
}
