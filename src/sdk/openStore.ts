import { openDatabase } from './database.js';
import type { Environment } from './environment.js';
import type { Store } from './store.js';

/** A database that is silent for so many turns of 100 ms never will answer: some browsers hang instead of refusing. */
const MAX_TURNS = 4;

/** The site's database, or what `fallback` gives if IndexedDB is refused, absent or silent. */
export function openStore(env: Environment, site: string, fallback: () => Promise<Store>): Promise<Store> {
  // In turns, because a page that keeps its thread busy holds up the answer as well as the timer, and the timer goes first.
  const silence = new Promise<never>((_, refuse) => {
    let turns = 0;
    const wait = () => {
      env.later(turns++ < MAX_TURNS ? wait : refuse, 100);
    };
    wait();
  });
  // One that answers late stays open and unused; it closes when somebody wants to delete it.
  return Promise.race([openDatabase(env, site), silence]).catch(fallback);
}
