import type { Client } from './client.js';
import { createClient } from './createClient.js';
import type { ClientOptions } from './types.js';

/** The page's own instance: one page, one `init`. The only state a module of this SDK keeps. */
let instance: Client | undefined;
let resolveReady: (client: Client) => void;
const ready = new Promise<Client>((resolve) => (resolveReady = resolve));

/** Calls made before `init` wait for it. */
const bind =
  <K extends keyof Client>(name: K) =>
  (...args: Parameters<Client[K]>) => {
    const run = (client: Client) => (client[name] as (...args: unknown[]) => unknown)(...args);
    return (instance ? run(instance) : ready.then(run)) as ReturnType<Client[K]>;
  };

/** Starts the default client. A second call changes nothing and answers the first client. */
export function init(options: ClientOptions): Client {
  if (!instance) resolveReady((instance = createClient(options)));
  return instance;
}

/** `Client.track` of the default client. */
export const track = bind('track');
/** `Client.page` of the default client. */
export const page = bind('page');
/** `Client.identify` of the default client. */
export const identify = bind('identify');
/** `Client.set` of the default client. */
export const set = bind('set');
/** `Client.reset` of the default client. */
export const reset = bind('reset');
/** `Client.consent` of the default client. */
export const consent = bind('consent');
/** `Client.on` of the default client. */
export const on = bind('on');
/** `Client.off` of the default client. */
export const off = bind('off');
/** `Client.flush` of the default client. */
export const flush = bind('flush');
/** `Client.show` of the default client. */
export const show = bind('show');
/** `Client.explain` of the default client. */
export const explain = bind('explain');
