import { isEventOf } from '../core/events.js';
import type { Receipt } from '../core/events.js';
import { pickBatch } from './batch.js';
import { backOffMs, CIRCUIT_FAILURES, MAX_DELAY_MS } from './circuit.js';
import { post } from './exchange.js';
import type { Answer, Exchange } from './exchange.js';
import type { Faults } from './faults.js';
import type { Drops, Lease, Store, StoredRow } from './store.js';

/** Bytes of a body, uncompressed; below the 64 KiB that browsers grant all keepalive requests of a page. */
const MAX_BODY = 60_000;
/** Of all last requests under way together: the other half of what a page is granted is the host's. */
const MAX_UNLOAD_BODIES = 30_000;
/** Of the first of them: some is left for what the host tracks while its page goes. */
const MAX_UNLOAD_BODY = 20_000;
const MAX_ROWS = 100;
/**
 * So that a dead tab's rows wait no longer. Where a request takes longer, another tab that has something to send may send the
 * same rows: the collector takes them once.
 */
const LEASE_MS = 4000;
/** However often a network comes back, a try follows the one before no sooner. */
const RETRY_MS = 2000;
const REQUEST_MS = 15_000;

export interface Sender {
  /** Sends within `delayMs`, unless a back-off lasts longer. */
  wake(delayMs: number): void;
  /** Sends what is there now; resolves true when the outbox is empty. */
  flush(): Promise<boolean>;
  /**
   * The page may be going away: one last request with rows of this tab. If it surely goes, also with those that `leaving`
   * gives, whose keys are not known: they are sent, but settled only by the page that reads them again.
   */
  depart(rows: StoredRow[], leaving: () => StoredRow[], isLeaving?: boolean): void;
  /** The page is back. */
  resume(): void;
  halt(): void;
}

interface Deps extends Exchange {
  store: Store;
  /** As it was when the page came. */
  lease: Lease;
  onReceipt: (receipt: Receipt) => void;
  faults: Faults;
  /** Writes events that were dropped and not yet written down. */
  withDrops: <T>(write: (drops: Drops) => Promise<T>) => Promise<T>;
  /** `isAll`: nothing older is left to send, of any tab; without rows nothing at all is. */
  onSettled: (rows: StoredRow[], isAll?: boolean) => void;
}

export function createSender(deps: Deps): Sender {
  const { env, store, faults, onSettled } = deps;
  const tab = env.uuid();
  const aborter = new AbortController();
  const { signal } = aborter;
  let timer: number | undefined;
  let dueAt = Infinity;
  let notBefore = 0;
  let triedAt = 0;
  /** Another tab has the lease until then, or had it when the page came. */
  let { until: heldUntil = 0, failures = 0 } = deps.lease ?? {};
  /** Only the last try went unanswered: browsers cut off what is under way before they tell that the page goes. */
  let isCutOff = false;
  /** Bytes of last requests under way, and of those of them that nobody answered: browsers forget these when the page goes, but go on sending. */
  let parting = 0;
  let unanswered = 0;
  let isAway: boolean | 0 | undefined;
  /**
   * A page that has just come, or whose network has, tries once although another tab pauses: that one may be dead. Who goes from page
   * to page does not bring a network back: where the circuit is open these keep the pause.
   */
  let mayProbe = failures < CIRCUIT_FAILURES || document.referrer.split('/')[2] !== location.host;
  let maxRows = MAX_ROWS;
  let request: AbortController | undefined;
  let running: Promise<boolean> | undefined;

  const wake = (delayMs: number) => {
    const at = Math.max(env.now() + delayMs, notBefore);
    if (signal.aborted || at >= dueAt) return;
    dueAt = at;
    env.cancel(timer);
    timer = env.later(() => {
      dueAt = Infinity;
      // What is under way may have looked already: it is looked again, after a pause if that is how it ends.
      return running ? running.then(() => wake(0)) : flush();
    }, at - env.now());
  };

  const flush = () =>
    (running ??= (async () => {
      try {
        while (!signal.aborted && !isAway) {
          const more = await sendOne();
          if (more !== undefined) return more;
        }
      } catch {
        wake(backOffMs(++failures));
      } finally {
        running = undefined;
      }
      return false;
    })());

  /** By the clock that nobody puts right, where that is the row's own. */
  const ageMs = ({ origin, monotonic, events }: StoredRow) =>
    origin === deps.origin ? env.sinceStart() - monotonic : env.now() - events[0]!.time;

  /** One batch: true when nothing is left, false to try later, undefined to go on. */
  const sendOne = async (): Promise<boolean | undefined> => {
    const now = env.now();
    const taken = await deps.withDrops((drops) => store.acquire(tab, now, now + LEASE_MS, mayProbe, drops));
    if (typeof taken === 'number') {
      // Another tab has the lease; should it die, the rows are ours.
      heldUntil = now + taken;
      wake(taken + 200 + Math.random() * 800);
      return false;
    }
    if (!taken.rows.length) {
      onSettled([], true);
      return true;
    }
    const { picked: batch, skipped, expired } = pickBatch(taken.rows, ageMs, MAX_BODY, maxRows);
    if (skipped.length) return settle(skipped, () => expired);
    triedAt = now;
    heldUntil = 0;
    mayProbe = false;
    failures = taken.failures;
    request = new AbortController();
    const patience = env.later(() => request!.abort(), REQUEST_MS);
    const answer = await post(deps, batch, taken.dropped, request.signal);
    env.cancel(patience);
    request = undefined;
    // Who has left meanwhile, and comes back, has counted it already.
    failures = taken.failures;
    return !signal.aborted && conclude(batch, answer, !taken.rows[batch.length]);
  };

  /** `isAll`: nothing else was waiting; what has come since has its own time to leave, or it would leave in crumbs. */
  const conclude = async (
    batch: StoredRow[],
    { receipt, status, isOurs, retryAfterMs = 0 }: Answer,
    isAll?: boolean,
  ) => {
    if (receipt) {
      failures = notBefore = 0;
      maxRows = Math.min(MAX_ROWS, maxRows * 2);
      const rowOf = (id: string) => batch.find((row) => isEventOf(row.id, id));
      await settle(
        batch,
        (settled) => ({
          rejected: receipt.rejected.filter(({ id }) => !((rowOf(id)?.key as number) <= settled)).length,
        }),
        isAll,
      );
      deps.onReceipt(receipt);
      return isAll || undefined;
    }
    // It is about this body: the halves tell which row, and that one is put aside. Another's word may be wrong: it costs a pause.
    if ([400, 413, 422].includes(status)) {
      maxRows = Math.ceil(batch.length / 2);
      if (isOurs) return batch[1] ? undefined : settle(batch, () => ({ rejected: batch[0]!.events.length }));
    }
    notBefore = env.now() + Math.min(Math.max(backOffMs(++failures, !status), retryAfterMs), MAX_DELAY_MS);
    isCutOff = !status && failures === 1;
    // The lease is kept through the pause, so that other tabs pause too.
    hold(notBefore);
    // In place of a timer that was set before and would end the pause.
    dueAt = Infinity;
    wake(0);
    return false;
  };

  const settle = async (rows: StoredRow[], dropsAbove: (settled: number) => Drops, isAll?: boolean) => {
    await store.settle(
      rows.map(({ key }) => key),
      dropsAbove,
      isAll,
    );
    onSettled(rows, isAll);
    return undefined;
  };

  /** Keeps the lease this tab holds, or gives it up (0): no read, so a page that goes away can still do it. */
  const hold = faults.guard((until: number) => store.addRows([], { lease: { tab, until, failures } }));

  const sendLast = faults.guard(async (batch: StoredRow[], known: StoredRow[], size: number) => {
    parting += size;
    const answer = await post(deps, batch, {});
    if (answer.status) parting -= size;
    else unanswered += size;
    // Where some were refused, which of them are ours to count is told to the page that sends them again.
    if (answer.receipt && !answer.receipt.rejected[0]) await conclude(known, answer);
  });

  faults.listen(
    window,
    'online',
    () => {
      // Half open: one try; if that fails the pause starts again. A network that flaps is no reason to hurry either.
      mayProbe = true;
      const at = triedAt + RETRY_MS;
      notBefore = Math.min(notBefore, at);
      wake(at - env.now());
    },
    signal,
  );

  return {
    wake,
    async flush() {
      // What is under way may have looked before the caller's rows were there.
      await running;
      return env.now() >= notBefore && flush();
    },
    depart(rows, leaving, isLeaving) {
      // Browsers hide a page after it has left. What the host has tracked between goes in a request of its own: WebKit
      // writes nothing any more.
      isAway ||= isLeaving;
      const all = [...(parting ? [] : rows), ...(isAway ? leaving() : [])];
      const { picked: batch, size } = pickBatch(
        all,
        ageMs,
        parting ? MAX_UNLOAD_BODIES - parting : MAX_UNLOAD_BODY,
        MAX_ROWS,
      );
      if (isLeaving && running) {
        // A network that is silent shows as pages that are left before their time is up.
        if (request) failures++;
        // The page that comes next shall not wait for the end of a lease nobody uses, be it one that was only asked for.
        hold(failures >= CIRCUIT_FAILURES ? env.now() + MAX_DELAY_MS : 0);
      }
      // Another's pause counts here as well; its sending does not, for it may have died.
      if (!batch.length || (!isCutOff && env.now() < Math.max(notBefore, heldUntil - LEASE_MS))) return;
      sendLast(
        batch,
        batch.filter((row) => rows.includes(row)),
        size,
      );
    },
    resume() {
      parting -= unanswered;
      isAway = unanswered = 0;
    },
    halt() {
      aborter.abort();
      request?.abort();
    },
  };
}
