import { byteLength } from './row.js';
import { addDrops } from './store.js';
import type { Drops, StoredRow } from './store.js';

const MAX_EVENTS = 200;
const MAX_AGE_MS = 30 * 86_400_000;
/** What a batch has beside its rows, at most; and a row beside what is stored of it, with a key of eight digits. */
const HEAD_BYTES = 1000;
const KEY_BYTES = 15;

/** The oldest rows of one visitor and user that may go together; rows that are not to be sent come out first, alone. */
export function pickBatch(
  rows: StoredRow[],
  ageMs: (row: StoredRow) => number,
  maxBody: number,
  maxRows: number,
) {
  const skipped: StoredRow[] = [];
  const picked: StoredRow[] = [];
  let expired: Drops = {};
  let size = HEAD_BYTES;
  let events = 0;
  for (const row of rows) {
    const [first] = picked;
    const isExpired = !row.local && ageMs(row) > MAX_AGE_MS;
    if (row.local || isExpired) {
      if (first) break;
      // A row that cannot be read says not even how many events it was.
      expired = addDrops(
        expired,
        isExpired ? { expired: row.events.length } : row.id ? {} : { unreadable: 1 },
      );
      skipped.push(row);
      continue;
    }
    // UTF-16 to UTF-8: Japanese text is three bytes a character.
    const sizeWith = size + byteLength(row.json) + KEY_BYTES;
    events += row.events.length;
    const isOther = first && (row.visitor !== first.visitor || row.user !== first.user);
    // A row alone fits every body (`MAX_ROW_BYTES`) but the last one of a page, which is shorter.
    const isTooMuch = sizeWith > maxBody || events > MAX_EVENTS || picked.length >= maxRows;
    if (skipped.length || isOther || isTooMuch) break;
    picked.push(row);
    size = sizeWith;
  }
  return { picked, size, skipped, expired };
}
