/** More own errors than this in a minute and the SDK turns itself off: the host page comes first (D4). */
const MAX_PER_MINUTE = 5;

export interface Faults {
  /** Counts one of our own errors. */
  fail(): void;
  /**
   * The same function, except that it never throws, its promise never rejects, and it does nothing once the SDK is off: then
   * and when it fails, `failed` is its answer. It runs at once, up to its first `await`. With `null` it runs when off as well.
   */
  guard<A extends unknown[], T>(
    run: (...args: A) => Promise<T> | T,
    failed: T | null,
  ): (...args: A) => Promise<T>;
  guard<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => void;
  /** A guarded, passive listener for each of the space-separated types; hears of events before the host page does. */
  listen(target: EventTarget, types: string, run: (event: never) => unknown, signal: AbortSignal): void;
}

export function createFaults(now: () => number, turnOff: () => void): Faults {
  let since = 0;
  let count = 0;
  let isOff = false;
  const fail = () => {
    try {
      if (now() - since > 60_000) {
        since = now();
        count = 0;
      }
      if (isOff || ++count <= MAX_PER_MINUTE) return;
      isOff = true;
      turnOff();
    } catch {
      // Not even that works on this page.
      isOff = true;
    }
  };
  const guard =
    <A extends unknown[], T>(run: (...args: A) => T, failed?: T) =>
    async (...args: A) => {
      try {
        return failed !== null && isOff ? failed : await run(...args);
      } catch {
        fail();
        return failed;
      }
    };
  return {
    fail,
    guard: guard,
    listen(target, types, run, signal) {
      for (const type of types.split(' '))
        target.addEventListener(type, guard(run) as unknown as EventListener, {
          passive: true,
          capture: true,
          signal,
        });
    },
  };
}
