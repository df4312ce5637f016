import { messageOf } from '../clearError.js';
import type { Log } from '../log.js';
import type { JournalRecord } from './frame.js';

export interface GroupCommitOptions {
  /** Makes the records durable. */
  commit: (records: readonly JournalRecord[]) => Promise<void>;
  /** After a failed commit, before the next. */
  abandon: () => Promise<void>;
  log: Log;
}

/** While one group is being synced the next one gathers: one sync for everything that waits, without a timer. */
export interface GroupCommit {
  /** Resolves when the record is durable. */
  add(record: JournalRecord): Promise<void>;
  waitingBytes(): number;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

interface Waiting extends JournalRecord {
  resolve: () => void;
  reject: (error: unknown) => void;
}

export function createGroupCommit({ commit, abandon, log }: GroupCommitOptions): GroupCommit {
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;
  let bytes = 0;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        await commit(group);
        for (const record of group) record.resolve();
      } catch (error) {
        log.error('journal: writing failed', { reason: messageOf(error) });
        await abandon();
        for (const record of group) record.reject(error);
      }
      for (const record of group) bytes -= record.json.length;
    }
    running = undefined;
  }

  return {
    add(record) {
      bytes += record.json.length;
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
