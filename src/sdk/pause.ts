import type { Environment } from './environment.js';
import type { Faults } from './faults.js';

/** A time in which nothing happens. */
export interface Pause {
  /** Something has happened: it begins anew. */
  begin(): void;
  /** Nothing is waited for any more. */
  end(): void;
  /** How long it lasts, s; 0 if there is none. */
  seconds(): number;
  /** How long, s, it must last to be told of. */
  wait(lengths: readonly number[]): void;
}

/** Longer no timer can be set, ms. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Tells once of each pause that gets as long as one of the lengths, while the page can be seen. */
export function createPause(
  env: Environment,
  guard: Faults['guard'],
  signal: AbortSignal,
  reached: (seconds: number) => void,
): Pause {
  let since: number | undefined;
  /** Up to this length, s, it has been told of. */
  let told = 0;
  let awaited: readonly number[] = [];
  let timer: number | undefined;

  const stop = () => {
    env.cancel(timer);
    timer = undefined;
  };
  const next = () => {
    const length = awaited.find((seconds) => seconds > told);
    // A pointer that moves sets no timer: the one there is looks how long it has been.
    if (length === undefined || since === undefined || timer !== undefined || signal.aborted) return;
    timer = env.later(look, Math.min(MAX_TIMER_MS, Math.max(0, since + length * 1000 - env.sinceStart())));
  };
  const look = guard(() => {
    timer = undefined;
    // It goes on when the page can be seen again, from the beginning.
    if (document.hidden || since === undefined) return;
    const lasted = env.sinceStart() - since;
    const due = awaited.filter((seconds) => seconds > told && seconds * 1000 <= lasted);
    told = due.at(-1) ?? told;
    next();
    due.forEach(reached);
  });
  signal.addEventListener('abort', guard(stop, null) as () => void);
  return {
    begin() {
      since = env.sinceStart();
      if (told) stop();
      told = 0;
      next();
    },
    end() {
      since = undefined;
      told = 0;
      stop();
    },
    seconds: () => (since === undefined ? 0 : Math.max(0, env.sinceStart() - since) / 1000),
    wait(lengths) {
      awaited = [...new Set(lengths)]
        // What is no number is not understood, and never fires.
        .filter((seconds) => Number.isFinite(seconds) && seconds > 0)
        .sort((a, b) => a - b);
      stop();
      next();
    },
  };
}
