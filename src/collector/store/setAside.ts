import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Unreadable } from './records.js';

/** Where acknowledged batches go that the store cannot take: one JSON record a line, to be looked at by a person. */
export const SET_ASIDE_FILE = 'set-aside.ndjson';

/** Appends the records durably; only then may the journal move on. */
export async function setAside(folder: string, unreadable: readonly Unreadable[]): Promise<void> {
  if (unreadable.length === 0) return;
  const file = await open(join(folder, SET_ASIDE_FILE), 'a');
  try {
    await file.writeFile(unreadable.map(({ json }) => `${json.toString()}\n`).join(''));
    await file.datasync();
  } finally {
    await file.close();
  }
}
