import { rm } from 'node:fs/promises';
import { messageOf } from '../clearError.js';
import type { Log } from '../log.js';
import { listSegments, segmentFile } from './segments.js';

const WHAT_TO_DO =
  'Nothing is lost: the store has its events, and the file only takes up space. It is tried again with the next events and at each start. ' +
  'If it stays, end what holds the file open, let the collector delete in this folder, or delete the file yourself.';

/** Deletes the segments whose events the store has. */
export interface AppliedSegments {
  /** Deletes those before `segment`, and tries again those that could not be deleted. It never rejects: nothing needs to wait for it. */
  deleteBefore(segment: number): Promise<void>;
  /** Others that could not be deleted, of which the log tells already. */
  add(undeleted: readonly number[]): void;
  /** Those that could not be deleted. */
  undeleted(): number[];
}

/** `from`: the first segment that may be deleted. One before it was put there by somebody, for the next start to read. */
export function createAppliedSegments(folder: string, from: number, log: Log): AppliedSegments {
  let next = from;
  const undeleted = new Set<number>();

  async function deleteOne(segment: number): Promise<void> {
    const file = segmentFile(folder, segment);
    try {
      await rm(file, { force: true });
      undeleted.delete(segment);
    } catch (error) {
      if (undeleted.has(segment)) return;
      undeleted.add(segment);
      log.warn('journal: a file that is no longer needed cannot be deleted', {
        ...{ file, reason: messageOf(error), whatToDo: WHAT_TO_DO },
      });
    }
  }

  return {
    async deleteBefore(segment) {
      try {
        const applied = (await listSegments(folder)).filter((one) => one >= next && one < segment);
        for (const one of new Set([...undeleted, ...applied])) await deleteOne(one);
        next = Math.max(next, segment);
      } catch (error) {
        log.warn('journal: the folder cannot be read, so nothing in it is deleted for now', {
          ...{ folder, reason: messageOf(error) },
        });
      }
    },
    add: (more) => more.forEach((segment) => undeleted.add(segment)),
    undeleted: () => [...undeleted],
  };
}
