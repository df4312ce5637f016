/** What looking for changes may cost: a hostile program, or a very long log, must not hold up the page. */

export interface Budget {
  /** So often may all gates be asked, and pasts be copied. Three hundred take a few hundredths of a second. */
  questions: number;
  /** So many moments may be asked of a clock on the wall alone, which costs a hundredth of that. */
  moments: number;
}

/** Enough for a few conditions over long logs, and for every moment `nextTime` looks at, three times. */
export const createBudget = (): Budget => ({ questions: 330, moments: 2400 });

export class BudgetSpent extends Error {}

/** Throws `BudgetSpent`. */
export function spend({ budget }: { budget?: Budget }, cost: number, of: keyof Budget = 'questions'): void {
  if (budget && (budget[of] -= cost) < 0) throw new BudgetSpent(of);
}
