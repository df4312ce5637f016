import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import type { Store } from './store.js';
import type { ClientOptions } from './types.js';

/** A message to other tabs costs more than the write it tells of: one tells of all that this long brings. */
const TELL_MS = 200;

interface Deps {
  env: Environment;
  store: Store;
  options: ClientOptions;
  signal: AbortSignal;
  faults: Faults;
}

/** Hears of what other tabs of the site store; the result tells them that there is something new. */
export function joinTabs({ env, store, options, signal, faults }: Deps, onNews: () => Promise<void>) {
  if (!store.db || !globalThis.BroadcastChannel) return () => {};
  const channel = new BroadcastChannel('kikubari-' + options.site);
  channel.onmessage = faults.guard(onNews);
  signal.addEventListener('abort', channel.close.bind(channel));
  let telling: number | undefined;
  const tell = () => {
    telling ??= env.later(() => {
      telling = undefined;
      if (!signal.aborted) channel.postMessage(0);
    }, TELL_MS);
  };
  // Of what was written before there was anybody to tell it.
  tell();
  return tell;
}
