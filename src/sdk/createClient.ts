import { createClientOf } from './client.js';
import type { Client } from './client.js';
import type { ClientOptions } from './types.js';
import { VERSION } from './version.js';

/** A client for one site; several can live on one page. Browser only: call it where there is a `document`. */
export function createClient(options: ClientOptions): Client {
  const {
    replay: _replay,
    missed: _missed,
    ...client
  } = createClientOf(options, {
    sdk: VERSION,
    loadEngagement: () => import('./engagement.js'),
  });
  return client;
}
