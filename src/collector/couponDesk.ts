import { messageOf } from './clearError.js';
import type { Log } from './log.js';
import type { CouponClaim } from './store/couponClaims.js';
import type { Store } from './store/storeClient.js';

/** Claims that wait together are made durable together: a transaction each would take hundreds of them seconds. */
const MOST_TOGETHER = 500;
/** More than this wait for a store that does not answer: the next are refused. */
const MOST_WAITING = 5000;

export interface CouponDesk {
  /** Resolves to the code once it is on disk that the person has it; null if none is left. Undefined if too many wait. */
  claim(claim: CouponClaim): Promise<string | null> | undefined;
}

interface Waiting {
  claim: CouponClaim;
  resolve: (code: string | null) => void;
  reject: (error: unknown) => void;
}

/** Takes claims to the store, one group after the other. */
export function createCouponDesk(store: Pick<Store, 'claimCoupons'>, log: Log): CouponDesk {
  const waiting: Waiting[] = [];
  let isBusy = false;

  async function serve(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, MOST_TOGETHER);
      try {
        const codes = await store.claimCoupons(
          group.map(({ claim }) => claim),
          Date.now(),
        );
        group.forEach(({ resolve }, index) => resolve(codes[index] ?? null));
      } catch (error) {
        log.error('coupon codes could not be given', { claims: group.length, reason: causeOf(error) });
        for (const { reject } of group) reject(error);
      }
    }
    isBusy = false;
  }

  return {
    claim(claim) {
      if (waiting.length >= MOST_WAITING) return undefined;
      const promise = new Promise<string | null>((resolve, reject) =>
        waiting.push({ claim, resolve, reject }),
      );
      void serve();
      return promise;
    },
  };
}

/** What went wrong, up to where DuckDB begins to quote what it was given: codes and users belong in no log. */
function causeOf(error: unknown): string {
  return messageOf(error)
    .split(/["'`\n]|Input:/)[0]!
    .trim()
    .slice(0, 200);
}
