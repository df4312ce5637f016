import { messageOf } from '../clearError.js';
import type { Log } from '../log.js';
import type { NewRecord } from './frame.js';

export interface GroupCommitOptions {
  /** Makes the records durable. */
  commit: (records: readonly NewRecord[]) => Promise<void>;
  /** After a failed commit, before the next. */
  abandon: () => Promise<void>;
  log: Log;
}

/** While one group is being synced the next one gathers: one sync for everything that waits, without a timer. */
export interface GroupCommit {
  /** Resolves when the record is durable. */
  add(record: NewRecord): Promise<void>;
  waitingBytes(): number;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** A group is copied into one frame; this bounds the copy. Far more than waits in ordinary times. */
export const GROUP_BYTES = 4 * 1024 * 1024;

interface Waiting extends NewRecord {
  resolve: () => void;
  reject: (error: unknown) => void;
}

export function createGroupCommit({ commit, abandon, log }: GroupCommitOptions): GroupCommit {
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;
  let bytes = 0;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.slice(0, countWithin(waiting, GROUP_BYTES));
      waiting = waiting.slice(group.length);
      try {
        await commit(group);
        for (const record of group) record.resolve();
      } catch (error) {
        log.error('journal: writing failed', { reason: messageOf(error) });
        await abandon();
        for (const record of group) record.reject(error);
      }
      for (const record of group) bytes -= record.bytes;
    }
    running = undefined;
  }

  return {
    add(record) {
      bytes += record.bytes;
      return new Promise((resolve, reject) => {
        waiting.push({ ...record, resolve, reject });
        running ??= Promise.resolve().then(drain);
      });
    },
    waitingBytes: () => bytes,
    async idle() {
      while (running) await running;
    },
  };
}

/** How many records from the first on fit into `limitBytes`; at least one. */
function countWithin(records: readonly NewRecord[], limitBytes: number): number {
  let count = 0;
  for (let bytes = 0; count < records.length; count++) {
    bytes += records[count]!.bytes;
    if (count > 0 && bytes > limitBytes) break;
  }
  return count;
}
