import { decide } from '../core/decide.js';
import { askedBy, asksPersonal } from '../core/asked.js';
import type { Facts, Occasion, PersonalFacts } from '../core/decision.js';
import { backOffMs, MAX_DELAY_MS } from './circuit.js';
import type { Engage } from './engage.js';
import type { EngagementDeps } from './engagement.js';
import { fetchFacts, readToken, type Claims } from './personalAnswer.js';
import { readPart, type Judgement } from './pastLog.js';

/** What is known longer than this is asked for again, ms, where the page has given a token. */
const FRESH_MS = 10 * 60_000;
/** No token is good for longer, ms. */
const DAY_MS = 24 * 3_600_000;
const OTHERS = 'the token for the facts of the user is of another user';
/** How long a token and its user may be apart, ms. */
const PATIENCE_MS = 5000;
/** The store is looked into for what another tab has stored no more often than this, ms. */
const LOOK_MS = 1000;
/** An occasion of a moment is not made up for later than this, ms. */
const MOMENT_MS = 10_000;
/** These last as long as the page does. */
const LASTING: readonly string[] = ['page', 'dwell', 'scroll'];

/** As it lies in meta: whose it is, since when and until when. */
interface Stored extends PersonalFacts {
  visitor: string;
  user: string;
  at: number;
  until: number;
}

/** An occasion and the campaigns it left undecided. */
interface Undecided {
  occasion: Omit<Occasion, 'now'>;
  page: string;
  at: number;
  ids: string[];
}

interface Deps extends Pick<
  EngagementDeps,
  'env' | 'signal' | 'faults' | 'visitor' | 'store' | 'page' | 'granted' | 'options' | 'warn'
> {
  judgement: () => Judgement | undefined;
  facts: () => Facts;
  engage: Engage;
  /** Runs it after the decisions that are under way. */
  next: (run: () => Promise<unknown>) => Promise<unknown>;
  tell: () => void;
}

/** What only the server knows of the user; a chunk of its own, for programs that ask for it. */
export interface Personal {
  current(): PersonalFacts | undefined;
  /** Takes over what is stored of this user, and asks the collector if that is due; resolves before it answers. */
  read(): Promise<void>;
  /** The same in the background. */
  refresh(): void;
  /** Notes which campaigns this occasion leaves undecided, because nothing is known of the user yet. */
  missed(occasion: Omit<Occasion, 'now'>): void;
}

export function createPersonal(deps: Deps): Personal {
  const { env, signal, faults, visitor, store, page, warn } = deps;
  let known: Stored | undefined;
  /** Whose facts were looked for in the store. */
  let readFor: string | undefined;
  let readAt = 0;
  let isAsking = false;
  let failures = 0;
  let notBefore = 0;
  /** A token that was refused will be again. */
  let refused: unknown;
  let undecided: Undecided[] = [];

  const isAllowed = () => {
    const granted = deps.granted();
    return granted.includes('identify') && (granted.includes('personalise') || granted.includes('survey'));
  };
  const isOurs = (stored: Stored) => {
    const { visitor: id, user } = visitor.who();
    return stored.visitor === id && stored.user === user && stored.until > env.now() && isAllowed();
  };
  const current = () => (known && isOurs(known) ? known : undefined);
  const keep = async (record: Stored | undefined) => {
    known = record;
    await store.addRows([], { facts: record });
  };

  const isOver = ({ occasion, page: where, at }: Undecided) =>
    where !== page.current().id || (!LASTING.includes(occasion.trigger) && env.now() - at > MOMENT_MS);

  /** Those wait that fail by an audience which asks for it. */
  const missed = (occasion: Omit<Occasion, 'now'>) => {
    const judgement = deps.judgement();
    if (!judgement || current() || !isAllowed()) return;
    // Of somebody nothing is ever known of the list would grow for as long as the page is open.
    undecided = undecided.filter((one) => !isOver(one));
    const { rules, past } = judgement;
    const { campaigns, segments } = rules.program;
    const at = env.now();
    const { judged } = decide(rules, past, deps.facts(), { ...occasion, now: at });
    const ids = judged
      .filter(({ gate }) => gate === 'audience')
      .map(({ campaign }) => campaign)
      .filter((id) => asksPersonal(askedBy(campaigns.find((one) => one.id === id)!.audience, segments)));
    if (ids.length) undecided.push({ occasion, page: page.current().id, at, ids });
  };

  const decideAgain = () => {
    const waiting = undecided;
    undecided = [];
    for (const { occasion, ids } of waiting.filter((one) => !isOver(one)))
      void deps.next(() => deps.engage.occasion(occasion, ({ id }) => ids.includes(id)));
    void deps.next(deps.engage.launchers);
  };

  const ask = async (token: string, { sub, exp }: Claims) => {
    const { visitor: id } = visitor.who();
    const before = JSON.stringify(current() && [known!.facts, known!.lists]);
    const answer = await fetchFacts(deps, token);
    if (signal.aborted) return;
    if (!answer.personal) return fail(token, answer.status, answer.retryAfterMs);
    failures = notBefore = 0;
    const at = env.now();
    // The collector's clock says that it is not over; the device's may be wrong by hours.
    const until = exp * 1000 > at ? Math.min(exp * 1000, at + DAY_MS) : at + FRESH_MS;
    const record = { ...answer.personal, visitor: id, user: sub, at, until };
    // Somebody else may be here by now.
    if (!isOurs(record)) return;
    await keep(record);
    if (JSON.stringify([record.facts, record.lists]) === before) return;
    deps.tell();
    decideAgain();
  };

  const fail = (token: string, status: number, retryAfterMs: number) => {
    if ([400, 401, 403, 404].includes(status)) {
      refused = token;
      return warn(`the facts of the user were refused (${status}): is the token good?`);
    }
    warn('the facts of the user could not be fetched');
    const delay = Math.min(MAX_DELAY_MS, Math.max(backOffMs(++failures, true), retryAfterMs));
    notBefore = env.now() + delay;
    // Its own clock says when: timers may come a little early.
    env.later(() => {
      notBefore = 0;
      refresh();
    }, delay);
  };

  const askIfDue = faults.guard(async () => {
    const { user } = visitor.who();
    const { claim: token } = env;
    const now = env.now();
    if (signal.aborted || isAsking || !user || !token || token === refused || !isAllowed()) return;
    if (now < notBefore || (current() && now - known!.at < FRESH_MS)) return;
    const claims = readToken(token);
    if (!claims) {
      refused = token;
      return warn('the token for the facts of the user is malformed');
    }
    // It comes a moment before the user it is for.
    if (claims.sub !== user) {
      env.later(() => env.claim === token && visitor.who().user === user && warn(OTHERS), PATIENCE_MS);
      return;
    }
    isAsking = true;
    try {
      await ask(token as string, claims);
    } finally {
      isAsking = false;
    }
    // Who came meanwhile has not been asked for.
    if (visitor.who().user !== user) refresh();
  });

  const read = async () => {
    // A retry that was under way when everything was withdrawn must not open the database again.
    if (signal.aborted) return;
    // Over, of somebody who has gone, or not allowed any more.
    if (known && !isOurs(known)) await keep(undefined);
    const { visitor: id, user } = visitor.who();
    const mine = `${id} ${user}`;
    // Another tab may have asked meanwhile.
    const isNews = user && !current() && env.now() - readAt > LOOK_MS;
    if (readFor !== mine || isNews) {
      readFor = mine;
      readAt = env.now();
      const stored = await readStored(deps);
      if (stored && isOurs(stored)) {
        const isNew = !current();
        known = stored;
        if (isNew) decideAgain();
      } else if (stored) await keep(undefined);
    }
    askIfDue();
  };
  const refresh = faults.guard(read);
  return { current, read, refresh, missed };
}

async function readStored({ store }: Pick<Deps, 'store'>): Promise<Stored | undefined> {
  if (!store.db) return undefined;
  return (await readPart(store, async (_, get) => ({ rows: [], facts: await get<Stored>('facts') }))).facts;
}
