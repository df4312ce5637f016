import { setImmediate } from 'node:timers/promises';

/** The store thread also applies the journal and answers reports: nothing holds it up for longer than this, ms. */
const LONGEST_MS = 10;

/** To be awaited often; lets others go on whenever it was long enough without. */
export type Breath = () => Promise<void> | undefined;

export function createBreath(): Breath {
  let since = performance.now();
  return () => {
    if (performance.now() - since < LONGEST_MS) return undefined;
    return setImmediate().then(() => void (since = performance.now()));
  };
}
