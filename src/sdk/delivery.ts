import type { DropReason, Receipt, TrackedEvent } from '../core/events.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import { createLog } from './log.js';
import type { Log } from './log.js';
import { createSender } from './sender.js';
import { addDrops } from './store.js';
import type { Drops, Meta, Store, StoredRow } from './store.js';
import type { ClientOptions } from './types.js';

/** Ordinary events wait this long for company; with the console's poll of 2 s they are in the console within 5 s. */
const SEND_MS = 2000;
/** A tab that hears of another's rows looks after them this much later: that tab may have died. */
const TAKEOVER_MS = 4000;
/** Exposures, answers and conversions go at once, with what else their turn wrote. */
const URGENT_MS = 200;
const FULL_BATCH = 20;
/** Unsent events and characters beyond which new ones are kept for the history only. */
const MAX_UNSENT_EVENTS = 5000;
const MAX_UNSENT_LENGTH = 2 * 1024 * 1024;
/** Own rows kept at hand for the last request of a page. */
const MAX_RECENT_ROWS = 100;

interface Deps {
  env: Environment;
  store: Store;
  /** Which log the keys of the store count in. */
  stream: string;
  options: ClientOptions;
  sdk: string;
  faults: Faults;
  program: () => number;
  isUrgent: (event: TrackedEvent) => boolean;
  meta: () => Meta;
  /** Rows for the history, in order. */
  fold: (rows: StoredRow[]) => void;
  onOwnRows: (rows: StoredRow[]) => void;
  onReceipt: (receipt: Receipt) => void;
  /** Tells the other tabs that there are new rows. */
  announce: () => void;
}

export interface Delivery extends Pick<Log, 'push' | 'commit'> {
  claim(event: TrackedEvent, context: Parameters<Log['claim']>[1], allows: () => boolean): Promise<boolean>;
  /** Folds the rows other tabs have written; those up to `settled` are. */
  catchUp(settled: number): Promise<StoredRow[]>;
  /** Counts events that were not kept. */
  drop(reason: DropReason, events: number): void;
  wake(delayMs?: number): void;
  flush(): Promise<boolean>;
  /** The page may be going away, or surely is. */
  hide(isLeaving?: boolean): void;
  resume(): void;
  stop(): void;
}

/** Log and sender over one store: from a call to a receipt. */
export function createDelivery(deps: Deps): Delivery {
  const { env, store, faults, fold } = deps;
  const origin = env.uuid();
  let unsentEvents = 0;
  let unsentLength = 0;
  let lastKey = 0;
  let recent: StoredRow[] = [];
  let drops: Drops = {};

  /** Adds rows to what is unsent, or takes them off. */
  const weigh = (rows: StoredRow[], sign: 1 | -1) => {
    for (const row of rows)
      if (!row.local) {
        unsentEvents += sign * row.events.length;
        unsentLength += sign * row.json.length;
      }
  };

  const see = (rows: StoredRow[]) => {
    fold(rows);
    lastKey = Math.max(lastKey, rows.at(-1)?.key ?? 0);
    return rows;
  };
  const catchUp = async () => see(await store.read(lastKey));

  const onCommitted = async (rows: StoredRow[]) => {
    // A gap means that another tab wrote between: its rows belong before ours.
    if (rows[0]!.key > lastKey + 1 && store.db) await catchUp();
    else see(rows);
    recent = [...recent, ...rows.filter((row) => !row.local)].slice(-MAX_RECENT_ROWS);
    weigh(rows, 1);
    deps.announce();
    const isUrgent = unsentEvents >= FULL_BATCH || rows.some(({ events }) => events.some(deps.isUrgent));
    sender.wake(isUrgent ? URGENT_MS : SEND_MS);
    deps.onOwnRows(rows);
  };

  const drop = (reason: DropReason, events: number) => {
    drops = addDrops(drops, { [reason]: events });
  };

  const log = createLog({
    env,
    store,
    origin,
    isFull: () => unsentEvents >= MAX_UNSENT_EVENTS || unsentLength >= MAX_UNSENT_LENGTH,
    drop,
    meta: deps.meta,
    onCommitted: (rows) => void onCommitted(rows).catch(faults.fail),
  });

  const sender = createSender({
    ...deps,
    origin,
    takeDrops() {
      const taken = drops;
      drops = {};
      return taken;
    },
    onEmpty: () => void (unsentEvents = unsentLength = 0),
    onSettled(rows) {
      const keys = new Set(rows.map(({ key }) => key));
      recent = recent.filter(({ key }) => !keys.has(key));
      weigh(rows, -1);
    },
  });

  return {
    push: log.push,
    commit: log.commit,
    claim: (event, context, allows) =>
      log.claim(event, context, lastKey, (newer) => {
        see(newer);
        return allows();
      }),
    async catchUp(settled) {
      const rows = await catchUp();
      const unsettled = rows.filter(({ key }) => key > settled);
      if (unsettled.length) sender.wake(TAKEOVER_MS);
      weigh(unsettled, 1);
      return rows;
    },
    drop,
    wake: (delayMs = SEND_MS) => sender.wake(delayMs),
    async flush() {
      await log.commit();
      return sender.flush();
    },
    hide(isLeaving) {
      void log.commit();
      // A key is known only when its row is written, which this page will not see: the next one, but for other tabs.
      const guessed = () => log.writing().map((row, index) => ({ ...row, key: lastKey + 1 + index }));
      sender.hide(recent, guessed, isLeaving);
    },
    resume: sender.resume,
    stop: sender.stop,
  };
}
