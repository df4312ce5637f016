import { ClearError } from '../clearError.js';

/** What to say of a journal file whose acknowledged content cannot be read. It is never touched. */
export function damagedJournal(file: string, offset: number): ClearError {
  return new ClearError(
    `The journal file ${file} is damaged at byte ${offset}; it was left untouched. ` +
      'Stop the collector and move the file away to go on without the events it still holds, or restore it from a backup.',
  );
}
