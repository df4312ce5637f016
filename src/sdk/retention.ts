import { AUTOMATIC } from '../core/automatic.js';
import type { Store, StoredRow } from './store.js';

const MAX_EVENTS = 5000;
const MAX_AGE_MS = 90 * 86_400_000;
/** Caps and reports over long windows rest on these, and they are few. */
const PINNED: string[] = [
  AUTOMATIC.exposure,
  AUTOMATIC.answer,
  AUTOMATIC.close,
  AUTOMATIC.complete,
  AUTOMATIC.consent,
  AUTOMATIC.click,
];

/** Keys of the settled rows the history of `visitor` can do without: too old, or beyond the newest 5,000 events. */
export function prunableKeys(rows: StoredRow[], settled: number, visitor: string, now: number): number[] {
  let events = 0;
  return [...rows]
    .reverse()
    .filter((row) => {
      events += row.events.length;
      if (row.key > settled) return false;
      if (row.visitor !== visitor) return true;
      const isPinned = row.events.some(({ name }) => PINNED.includes(name));
      return !isPinned && (events > MAX_EVENTS || row.events[0]!.time < now - MAX_AGE_MS);
    })
    .map(({ key }) => key);
}

/** Deletes the settled rows the history no longer needs. */
export async function prune(
  { db, readMeta }: Store,
  rows: StoredRow[],
  visitor: string,
  now: number,
): Promise<void> {
  const { settled } = (await readMeta()).books;
  const log = db?.transaction('log', 'readwrite').objectStore('log');
  for (const key of prunableKeys(rows, settled, visitor, now)) log?.delete(key);
}
