/** More own errors than this in a minute and the SDK turns itself off: the host page comes first (D4). */
const MAX_PER_MINUTE = 5;

export interface Faults {
  /** Counts one of our own errors. */
  fail(): void;
  /** The same function, except that it never throws and does nothing once the SDK is off. */
  guard<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => void;
  /** The same function with an answer for when it fails: what a host page calls. Its promise never rejects. */
  answer<A extends unknown[], T>(run: (...args: A) => Promise<T>, failed: T): (...args: A) => Promise<T>;
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
  const guard: Faults['guard'] =
    (run) =>
    (...args) => {
      try {
        const result = isOff || run(...args);
        if (result instanceof Promise) result.catch(fail);
      } catch {
        fail();
      }
    };
  return {
    fail,
    guard,
    answer:
      (run, failed) =>
      async (...args) => {
        try {
          return await run(...args);
        } catch {
          fail();
          return failed;
        }
      },
    listen(target, types, run, signal) {
      for (const type of types.split(' '))
        target.addEventListener(type, guard(run) as EventListener, { passive: true, capture: true, signal });
    },
  };
}
