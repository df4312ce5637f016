import type { DropReason, Receipt, TrackedEvent } from '../core/events.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import { createLog } from './log.js';
import type { Log } from './log.js';
import { keys } from './pristine.js';
import { byteLength } from './row.js';
import { createSender } from './sender.js';
import { addDrops } from './store.js';
import type { Books, Drops, Lease, Store, StoredRow } from './store.js';
import type { ClientOptions } from './types.js';

/** Ordinary events wait this long for company; with the console's poll of 2 s they are in the console within 5 s. */
const SEND_MS = 2000;
/**
 * After a second batch of three events or more within `PAUSE_MS` of the first they wait for this long since the last one, and so
 * on until one leaves `PAUSE_MS` later than it might: a steady trickle is worth the wait, since each request weighs as much as ten
 * events. What a visitor does by hand comes more slowly.
 */
const TRICKLE_MS = 10_000;
const PAUSE_MS = 5000;
/** A tab that hears of another's rows looks after them this much later: that tab may have died. */
const TAKEOVER_MS = 4000;
/** Exposures, answers and conversions go at once, with what else their turn wrote. */
const URGENT_MS = 200;
const FULL_BATCH = 20;
/**
 * Unsent events, and bytes of all rows that are not delivered, beyond which new ones are kept for the history only. A row more
 * still ends at 5,000.
 */
const MAX_UNSENT_EVENTS = 4900;
const MAX_LENGTH = 1.5 * 1024 * 1024;
/** Own rows kept at hand for the last request of a page. */
const MAX_RECENT_ROWS = 100;

interface Deps {
  env: Environment;
  store: Store;
  /** Which log the keys of the store count in, and up to which one it was settled: what lies below is history. */
  books: Pick<Books, 'stream' | 'settled'>;
  options: ClientOptions;
  sdk: string;
  faults: Faults;
  program: () => number;
  /** As it was when the page came. */
  lease: Lease;
  isUrgent: (event: TrackedEvent) => boolean;
  addRows: Parameters<typeof createLog>[0]['addRows'];
  /** Rows for the history, in order. */
  fold: (rows: StoredRow[]) => void;
  onOwnRows: (rows: StoredRow[]) => void;
  onReceipt: (receipt: Receipt) => void;
  /** Tells the other tabs that there are new rows. */
  announce: () => void;
}

export interface Delivery extends Pick<Log, 'push'> {
  claim(event: TrackedEvent, context: Parameters<Log['claim']>[1], allows: () => boolean): Promise<boolean>;
  /** Folds the rows other tabs have written; those up to `settled` are. */
  catchUp(settled: number): Promise<void>;
  /** The rows behind the first unsettled one, when some were pruned, or another tab has delivered some. */
  weighed(left: StoredRow[]): void;
  /** Counts events that were not kept. */
  countDropped(reason: DropReason, events: number): void;
  wake(): void;
  flush(): Promise<boolean>;
  /** The page may be going away, or surely is. */
  depart(isLeaving?: boolean): void;
  resume(): void;
  halt(): void;
}

/** Log and sender over one store: from a call to a receipt. */
export function createDelivery(deps: Deps): Delivery {
  const { env, store, faults, fold, books } = deps;
  const origin = env.uuid();
  let unsentEvents = 0;
  let length = 0;
  let lastKey = books.settled;
  let recent: StoredRow[] = [];
  /** Events dropped and not yet written down. */
  let fresh: Drops = {};
  /** By the monotonic clock: a wall clock put back must not make anything wait. */
  let quietUntil = -PAUSE_MS;

  const patience = () => Math.max(SEND_MS, quietUntil - env.sinceStart());

  /** Adds rows to what is unsent, or takes them off. */
  const weigh = (rows: StoredRow[], sign: 1 | -1) => {
    for (const { local, events, json } of rows) {
      length += sign * byteLength(json);
      if (!local) unsentEvents += sign * events.length;
    }
  };

  /** These are all there is; what another tab has written just now is seen later. */
  const weighed = (rows: StoredRow[]) => {
    unsentEvents = length = 0;
    weigh(
      rows.filter(({ key }) => key <= lastKey),
      1,
    );
  };

  /** Every row counts once towards what is unsent, whichever tab wrote it, unless it is known to be settled. */
  const see = (rows: StoredRow[], settled = 0) => {
    fold(rows);
    const from = Math.max(lastKey, settled);
    weigh(
      rows.filter(({ key }) => key > from),
      1,
    );
    lastKey = Math.max(lastKey, rows.at(-1)?.key ?? 0);
    return rows;
  };
  const catchUp = async (settled?: number) => see(await store.read(lastKey), settled);

  const onCommitted = async (rows: StoredRow[]) => {
    // A gap means that another tab wrote between: its rows belong before ours.
    if (rows[0]!.key > lastKey + 1 && store.db) await catchUp();
    else see(rows);
    recent = [...recent, ...rows.filter((row) => !row.local)].slice(-MAX_RECENT_ROWS);
    deps.announce();
    const isUrgent = unsentEvents >= FULL_BATCH || rows.some(({ events }) => events.some(deps.isUrgent));
    sender.wake(isUrgent ? URGENT_MS : patience());
    deps.onOwnRows(rows);
  };

  /** What was dropped since goes with `write`, or with a later one if that fails. */
  const withDrops = async <T>(write: (drops: Drops) => Promise<T>) => {
    const drops = fresh;
    fresh = {};
    try {
      return await write(drops);
    } catch (error) {
      fresh = addDrops(fresh, drops);
      throw error;
    }
  };
  const saveDrops = async () => {
    // All of one turn together.
    // eslint-disable-next-line @typescript-eslint/await-thenable -- the end of the turn, without a promise of the page's
    await 0;
    if (keys(fresh).length) await withDrops((drops) => store.settle([], () => drops));
  };
  const countDropped = (reason: DropReason, events: number) => {
    fresh = addDrops(fresh, { [reason]: events });
    // If it fails, the next write takes them.
    saveDrops().catch(() => undefined);
  };

  const log = createLog({
    env,
    store,
    faults,
    origin,
    fullness: () => Math.max(unsentEvents / MAX_UNSENT_EVENTS, length / MAX_LENGTH),
    countDropped,
    addRows: deps.addRows,
    onCommitted: faults.guard(onCommitted),
  });

  const sender = createSender({
    ...deps,
    ...books,
    origin,
    withDrops,
    onSend() {
      const isTrickle = unsentEvents > 2 && env.sinceStart() < quietUntil + PAUSE_MS;
      quietUntil = env.sinceStart() + (isTrickle ? TRICKLE_MS : 0);
    },
    onSettled(rows, isAll) {
      // Older ones are settled as well, maybe by another tab.
      const upTo = rows.at(-1)?.key ?? Infinity;
      recent = recent.filter(({ key }) => key > upTo);
      weigh(rows, -1);
      if (isAll) weighed(recent);
    },
  });

  return {
    push: log.push,
    claim: (event, context, allows) =>
      log.claim(event, context, lastKey, (newer) => {
        see(newer);
        return allows();
      }),
    async catchUp(settled) {
      const rows = await catchUp(settled);
      if (rows.some(({ key }) => key > settled)) sender.wake(TAKEOVER_MS);
    },
    weighed,
    countDropped,
    wake: () => sender.wake(patience()),
    async flush() {
      await log.commit();
      return sender.flush();
    },
    depart(isLeaving) {
      log.commitNow();
      // A key is known only when its row is written, which this page will not see: the next one, but for other tabs.
      const guessed = () => log.inFlight().map((row, index) => ({ ...row, key: lastKey + 1 + index }));
      sender.depart(recent, guessed, isLeaving);
    },
    resume() {
      sender.resume();
      sender.wake(patience());
    },
    halt() {
      log.halt();
      sender.halt();
    },
  };
}
