import type { Environment } from './environment.js';
import type { PageState } from './page.js';

/** How long the page has been there, ms: by the clock that nobody sets, from when it was first asked. */
export const stayedMs = (env: Environment, page: PageState): number =>
  env.sinceStart() - (page.beganAt ??= env.sinceStart() - Math.max(0, env.now() - page.since));
