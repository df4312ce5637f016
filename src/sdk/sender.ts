import type { Batch, DropReason, Receipt } from '../core/events.js';
import type { Environment } from './environment.js';
import { compress, readReceipt } from './exchange.js';
import type { Drops, Store, StoredRow } from './store.js';

/** Bytes of a body, uncompressed; below the 64 KiB that browsers grant all keepalive requests of a page. */
const MAX_BODY = 60_000;
const MAX_UNLOAD_BODY = 30_000;
const MAX_EVENTS = 200;
const MAX_AGE_MS = 30 * 86_400_000;
const MAX_DELAY_MS = 15 * 60_000;
/** Refused or unanswered connections in a row after which we hardly knock any more: a blocker, most likely. */
const CIRCUIT_FAILURES = 5;
const REQUEST_MS = 15_000;

export interface Sender {
  /** Sends within `delayMs`, unless a back-off lasts longer. */
  wake(delayMs: number): void;
  /** Sends what is there now; resolves true when the outbox is empty. */
  flush(): Promise<boolean>;
  /** The page may be going away: one last request with rows of this tab. Resending them later is harmless. */
  hide(rows: StoredRow[]): void;
  stop(): void;
}

interface Deps {
  env: Environment;
  store: Store;
  site: string;
  endpoint: string;
  sdk: string;
  origin: string;
  program: () => number;
  onReceipt: (receipt: Receipt) => void;
  /** Events dropped since this was last asked. */
  takeDrops: () => Drops;
  onSettled: (rows: StoredRow[]) => void;
  /** Nothing is left to send, of any tab. */
  onEmpty: () => void;
}

type Answer = { receipt?: Receipt; status: number; retryAfterMs?: number };

export function createSender(deps: Deps): Sender {
  const { env, store, onSettled } = deps;
  const tab = env.uuid();
  const aborter = new AbortController();
  let timer: number | undefined;
  let dueAt = Infinity;
  let notBefore = 0;
  let failures = 0;
  let isHiding = false;
  let leaseEnd = 0;
  let maxBody = MAX_BODY;
  let running: Promise<boolean> | undefined;

  const wake = (delayMs: number) => {
    const at = Math.max(env.now() + delayMs, notBefore);
    if (aborter.signal.aborted || at >= dueAt) return;
    dueAt = at;
    env.cancel(timer);
    timer = env.later(() => void flush(), at - env.now());
  };

  const flush = () =>
    (running ??= (async () => {
      dueAt = Infinity;
      env.cancel(timer);
      try {
        while (!aborter.signal.aborted) {
          const more = await sendOne();
          if (typeof more === 'boolean') return more;
        }
      } catch {
        wake(backOff());
      } finally {
        running = undefined;
      }
      return false;
    })());

  /** One batch: true when nothing is left, false to try later, undefined to go on. */
  const sendOne = async (): Promise<boolean | undefined> => {
    const now = env.now();
    const fresh = deps.takeDrops();
    if (Object.keys(fresh).length) await store.settle([], fresh);
    const end = now + REQUEST_MS + 5000;
    const taken = await store.take(tab, now, end);
    if (typeof taken === 'number') {
      // Another tab has the lease; should it die, the rows are ours.
      wake(taken + 500 + Math.random() * 1000);
      return false;
    }
    leaseEnd = taken.rows.length ? end : 0;
    if (!leaseEnd) {
      deps.onEmpty();
      return true;
    }
    const { batch, skipped, drops } = pickBatch(taken.rows, now, maxBody);
    if (skipped.length) return settle(skipped, drops);
    let answer: Answer;
    try {
      answer = await post(deps, batch, taken.dropped, { signal: aborter.signal });
    } catch {
      answer = { status: 0 };
    }
    if (aborter.signal.aborted) return false;
    return conclude(batch, answer);
  };

  const conclude = async (batch: StoredRow[], { receipt, status, retryAfterMs = 0 }: Answer) => {
    if (receipt) {
      failures = 0;
      notBefore = 0;
      maxBody = Math.min(MAX_BODY, maxBody * 2);
      await settle(batch, { rejected: receipt.rejected.length });
      return deps.onReceipt(receipt) as undefined;
    }
    if (status === 413 && batch.length > 1) {
      maxBody /= 2;
      return undefined;
    }
    if (status >= 400 && status < 500 && status !== 408 && status !== 429)
      return settle(batch, { rejected: countEvents(batch) });
    const delayMs = Math.max(backOff(status === 0), retryAfterMs);
    notBefore = env.now() + Math.min(delayMs, MAX_DELAY_MS);
    // The lease is kept through the pause, so that other tabs pause too.
    await store.take(tab, env.now(), notBefore + 5000);
    wake(0);
    return false;
  };

  const backOff = (isUnreachable = false) => {
    failures++;
    if (isUnreachable && failures >= CIRCUIT_FAILURES) return MAX_DELAY_MS;
    return Math.min(MAX_DELAY_MS, 1000 * 2 ** failures) * (0.5 + Math.random() / 2);
  };

  const settle = async (rows: StoredRow[], drops: Drops) => {
    await store.settle(
      rows.map(({ key }) => key),
      drops,
    );
    onSettled(rows);
    return undefined;
  };

  addEventListener(
    'online',
    () => {
      // Half open: one try; if that fails the pause starts again.
      notBefore = 0;
      wake(0);
    },
    aborter,
  );

  return {
    wake,
    flush: () => (env.now() < notBefore ? Promise.resolve(false) : flush()),
    hide(rows) {
      // The page that comes next shall not wait for the end of a lease nobody uses.
      if (env.now() < leaseEnd) store.release();
      leaseEnd = 0;
      const { batch } = pickBatch(rows, env.now(), MAX_UNLOAD_BODY);
      if (!batch.length || isHiding || env.now() < notBefore) return;
      isHiding = true;
      post(deps, batch, {}, { keepalive: true })
        .then((answer) => (answer.receipt ? conclude(batch, answer) : undefined))
        .catch(() => undefined)
        .finally(() => (isHiding = false));
    },
    stop() {
      env.cancel(timer);
      aborter.abort();
    },
  };
}

/** The oldest rows of one visitor and user that fit; rows that are not to be sent come out first, alone. */
export function pickBatch(rows: StoredRow[], now: number, maxBody: number) {
  const skipped: StoredRow[] = [];
  const drops: Partial<Record<DropReason, number>> = {};
  for (const row of rows) {
    const isExpired = !row.local && (row.events[0]?.time ?? 0) < now - MAX_AGE_MS;
    if (!row.local && !isExpired) break;
    if (isExpired) drops.expired = (drops.expired ?? 0) + row.events.length;
    skipped.push(row);
  }
  const batch: StoredRow[] = [];
  const rest = rows.slice(skipped.length);
  let size = 500;
  let events = 0;
  for (const row of rest) {
    // UTF-16 to UTF-8: Japanese text is three bytes a character.
    size += new Blob([JSON.stringify(row)]).size;
    events += row.events.length;
    const isOther = row.local || row.visitor !== rest[0]!.visitor || row.user !== rest[0]!.user;
    if (isOther || (batch.length && (size > maxBody || events > MAX_EVENTS))) break;
    batch.push(row);
  }
  return { batch, skipped, drops };
}

const countEvents = (rows: StoredRow[]) => rows.flatMap((row) => row.events).length;

async function post(deps: Deps, rows: StoredRow[], dropped: Drops, init: RequestInit): Promise<Answer> {
  const { env, site, endpoint, sdk, origin } = deps;
  const batch: Batch = {
    site,
    sdk,
    program: deps.program(),
    visitor: rows[0]!.visitor,
    user: rows[0]!.user,
    zone: new Date().getTimezoneOffset(),
    clock: [env.now(), env.monotonic()],
    origin,
    dropped,
    rows: rows.map(({ visitor: _visitor, user: _user, ...row }) => row),
  };
  const text = JSON.stringify(batch);
  // Compressing takes a turn, which a page that is going away does not have.
  const body = init.keepalive ? text : await compress(text);
  const timeout = new AbortController();
  const timer = env.later(() => timeout.abort(), REQUEST_MS);
  init.signal?.addEventListener('abort', () => timeout.abort());
  try {
    const response = await env.fetch(endpoint + '/v1/batch', {
      ...init,
      method: 'POST',
      body,
      credentials: 'omit',
      // CORS-simple: no preflight, which an unloading page could not wait for.
      headers: { 'content-type': 'text/plain' },
      signal: timeout.signal,
    });
    // An unread body keeps its share of the page's keepalive quota, the host's included.
    const answer = await response.text();
    const retryAfterMs = Number(response.headers.get('retry-after')) * 1000 || 0;
    return { status: response.status, receipt: response.ok ? readReceipt(answer) : undefined, retryAfterMs };
  } finally {
    env.cancel(timer);
  }
}
