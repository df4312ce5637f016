import type { DropReason, Receipt, TrackedEvent } from '../core/events.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import { createLog } from './log.js';
import type { Log } from './log.js';
import { createSender } from './sender.js';
import { addDrops } from './store.js';
import type { Drops, MetaKey, Store, StoredRow } from './store.js';

/** Ordinary events wait this long for company; a console shows what happens within 5 s. */
/** With the console's poll of 2 s, what happens on a page is in the console within 5 s. */
const SEND_MS = 2000;
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
  site: string;
  endpoint: string;
  sdk: string;
  faults: Faults;
  program: () => number;
  isUrgent: (event: TrackedEvent) => boolean;
  meta: () => { [key in MetaKey]?: unknown };
  /** Rows for the history, in order. */
  fold: (rows: StoredRow[]) => void;
  onOwnRows: (rows: StoredRow[]) => void;
  onReceipt: (receipt: Receipt) => void;
  /** Tells the other tabs that there are new rows. */
  announce: () => void;
}

export interface Delivery extends Pick<Log, 'push' | 'commit'> {
  claim(event: TrackedEvent, context: Parameters<Log['claim']>[1], allows: () => boolean): Promise<boolean>;
  /** Folds the rows other tabs have written. */
  catchUp(): Promise<StoredRow[]>;
  /** Counts events that were not kept. */
  drop(reason: DropReason, events: number): void;
  wake(delayMs?: number): void;
  flush(): Promise<boolean>;
  hide(): void;
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
  let waiting = 0;

  /** Adds rows to what is unsent, or takes them off. */
  const weigh = (rows: StoredRow[], sign: 1 | -1) => {
    for (const row of rows)
      if (!row.local) {
        unsentEvents += sign * row.events.length;
        unsentLength += sign * JSON.stringify(row.events).length;
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
    if (rows[0]!.key > lastKey + 1 && store.isDurable) await catchUp();
    else see(rows);
    recent = [...recent, ...rows.filter((row) => !row.local)].slice(-MAX_RECENT_ROWS);
    weigh(rows, 1);
    deps.announce();
    const events = rows.flatMap((row) => row.events);
    waiting += events.length;
    sender.wake(waiting >= FULL_BATCH || events.some(deps.isUrgent) ? URGENT_MS : SEND_MS);
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
      waiting = 0;
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
    async catchUp() {
      const rows = await catchUp();
      const { settled = 0 } = await store.readMeta();
      weigh(
        rows.filter((row) => row.key > (settled as number)),
        1,
      );
      return rows;
    },
    drop,
    wake: (delayMs = SEND_MS) => sender.wake(delayMs),
    async flush() {
      await log.commit();
      return sender.flush();
    },
    hide() {
      void log.commit();
      sender.hide(recent);
    },
    stop: sender.stop,
  };
}
