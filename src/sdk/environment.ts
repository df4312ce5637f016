import { uuidv7 } from '../core/uuid.js';

/** What the SDK takes from the page, captured once so that a host page which patches globals later cannot break us. */
export interface Environment {
  /** Wall clock, ms. */
  now(): number;
  /** `performance.now()`, whole ms: its decimals would be a third of what a small event weighs on the wire. */
  sinceStart(): number;
  uuid(): string;
  fetch: typeof fetch;
  later(run: () => unknown, delayMs: number): number;
  cancel(timer: number | undefined): void;
  warn(text: string): void;
  /** The signed claim about its user that the page gave last, a token to be shown for facts; whose it is it says itself. Never stored. */
  claim?: unknown;
}

/** Tells the developer something in the console. */
export const warn = (text: string) => console.warn('kikubari: ' + text);

export function createEnvironment(): Environment {
  const { fetch, setTimeout, clearTimeout, performance, crypto } = globalThis;
  const { now } = Date;
  const { getRandomValues } = crypto;
  return {
    now,
    sinceStart: () => Math.round(performance.now()),
    uuid: () => uuidv7(now(), getRandomValues.call(crypto, new Uint8Array(16)) as Uint8Array),
    fetch: (input, init) => fetch(input, init),
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- with Node's types, as in tests, it is needed
    later: (run, delayMs) => setTimeout(run, delayMs) as never,
    cancel: (timer) => clearTimeout(timer),
    warn,
  };
}
