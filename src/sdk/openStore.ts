import { openDatabase } from './database.js';
import type { Environment } from './environment.js';
import type { Store } from './store.js';

/** A database that is silent for so many turns never will answer: some browsers hang instead of refusing. */
const MAX_TURNS = 4;

/** What is promised; rejects if that takes longer than `turns` of 100 ms. */
export function within<T>(env: Environment, turns: number, promised: () => Promise<T>): Promise<T> {
  // In turns, because a page that keeps its thread busy holds up the answer as well as the timer, and the timer goes first.
  return new Promise((resolve, refuse) => {
    // Only here: where the page has broken promises there is none that nobody hears of.
    promised().then(resolve, refuse);
    const wait = () => void env.later(--turns ? wait : refuse, 100);
    wait();
  });
}

/** The site's database, or what `fallback` gives if IndexedDB is refused, absent or silent. */
export function openStore(
  env: Environment,
  site: string,
  fallback: () => Promise<Store>,
  onVersionChange: (event: IDBVersionChangeEvent) => void,
): Promise<Store> {
  // One that answers late stays open and unused; it closes when somebody wants to delete it.
  return within(env, MAX_TURNS, () => openDatabase(env, site, onVersionChange)).catch(() => fallback());
}
