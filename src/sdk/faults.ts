/** More own errors than this in a minute and the SDK turns itself off: the host page comes first (D4). */
const MAX_PER_MINUTE = 5;

export interface Faults {
  /** Counts one of our own errors. */
  fail(): void;
  /** The same function, except that it never throws and does nothing once the SDK is off. */
  guard<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => void;
  /** A guarded, passive listener for each of the space-separated types; hears of events before the host page does. */
  listen(target: EventTarget, types: string, run: (event: never) => unknown, signal: AbortSignal): void;
}

export function createFaults(now: () => number, turnOff: () => void): Faults {
  let recent: number[] = [];
  let isOff = false;
  const fail = () => {
    recent = [...recent, now()].filter((at) => at > now() - 60_000);
    if (recent.length > MAX_PER_MINUTE && !isOff) {
      isOff = true;
      turnOff();
    }
  };
  const guard: Faults['guard'] =
    (run) =>
    (...args) => {
      if (isOff) return;
      try {
        const result = run(...args);
        if (result instanceof Promise) result.catch(fail);
      } catch {
        fail();
      }
    };
  return {
    fail,
    guard,
    listen(target, types, run, signal) {
      for (const type of types.split(' '))
        target.addEventListener(type, guard(run) as EventListener, { passive: true, capture: true, signal });
    },
  };
}
