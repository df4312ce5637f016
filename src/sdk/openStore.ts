import { openDatabase } from './database.js';
import type { Environment } from './environment.js';
import { createMemoryStore } from './memoryStore.js';
import type { Store } from './store.js';

/** A database that has not answered by then never will: some browsers hang instead of refusing. */
const OPEN_MS = 500;

/** The site's database, or memory if IndexedDB is refused, absent or silent. */
export function openStore(env: Environment, site: string, warn: (text: string) => void): Promise<Store> {
  return new Promise((resolve) => {
    let isGivenUp = false;
    const giveUp = () => {
      if (isGivenUp) return;
      isGivenUp = true;
      warn('IndexedDB is not available here; events are kept in memory only.');
      resolve(createMemoryStore(env.uuid()));
    };
    const timer = env.later(giveUp, OPEN_MS);
    openDatabase(site, env.uuid)
      .then((store) => {
        if (isGivenUp) return store.close();
        env.cancel(timer);
        resolve(store);
      })
      .catch(() => {
        env.cancel(timer);
        giveUp();
      });
  });
}
