import { openDatabase } from './database.js';
import type { Environment } from './environment.js';
import type { Store } from './store.js';

/** A database that has not answered by then never will: some browsers hang instead of refusing. */
const OPEN_MS = 500;

/** The site's database, or what `fallback` gives if IndexedDB is refused, absent or silent. */
export function openStore(env: Environment, site: string, fallback: () => Promise<Store>): Promise<Store> {
  let isLate = false;
  const silence = new Promise<never>((_, refuse) =>
    env.later(() => {
      isLate = true;
      refuse();
    }, OPEN_MS),
  );
  const opening = openDatabase(site, env.uuid).then((store) => {
    if (isLate) store.close();
    return store;
  });
  return Promise.race([opening, silence]).catch(fallback);
}
