import { openDatabase } from './database.js';
import type { Environment } from './environment.js';
import type { Store } from './store.js';

/** A database that has not answered by then never will: some browsers hang instead of refusing. */
const OPEN_MS = 500;

/** The site's database, or what `fallback` gives if IndexedDB is refused, absent or silent. */
export function openStore(env: Environment, site: string, fallback: () => Promise<Store>): Promise<Store> {
  const silence = new Promise<never>((_, refuse) => env.later(refuse, OPEN_MS));
  // One that answers late stays open and unused; it closes when somebody wants to delete it.
  return Promise.race([openDatabase(site, env.uuid), silence]).catch(fallback);
}
