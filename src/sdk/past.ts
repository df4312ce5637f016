import type { Facts, PastEvent } from '../core/decision.js';
import type { Properties, Purpose } from '../core/events.js';
import { createPast as createFold, restorePast } from '../core/fold.js';
import type { FoldedPast } from '../core/fold.js';
import { compareSequence, eventsOf, HISTORY_AGE_MS } from '../core/history.js';
import type { Program } from '../core/program.js';
import { compileRules } from '../core/rules.js';
import type { Rules } from '../core/rules.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import type { PageState } from './page.js';
import { readSlice, readStart, SLICE_ROWS } from './pastLog.js';
import type { StoredFold, Weight } from './pastLog.js';
import type { Store, StoredRow } from './store.js';
import type { Visitor } from './visitor.js';

/** More than this and the log is pruned: events and characters of all its rows. */
const MAX_EVENTS = 5000;
const MAX_LENGTH = 1_800_000;
/** Until it is looked at again so much may come, however little could be moved: what waits for delivery cannot be. */
const ROOM_EVENTS = 500;
const ROOM_LENGTH = 50_000;
/** A checkpoint is written when so many events have come since the last one: reading those takes a page load a few ms. */
const CHECKPOINT_EVENTS = 200;
/** What is not for the decision at hand waits so long, ms. */
const LATER_MS = 1000;

interface Deps {
  env: Environment;
  store: Store;
  faults: Faults;
  visitor: Visitor;
  /** See `Delivery`. */
  weighed: (left: number) => void;
}

/** A program in force, and the past as it asks it. */
export interface Judgement {
  rules: Rules;
  past: FoldedPast;
}

export interface Past {
  /** Makes the past ready to be asked by this program; reads of the log what it must. */
  use(program: Program): Promise<void>;
  /** Reads the log again if the past is not the visitor's any more, or cannot be asked at this moment. */
  refresh(): Promise<void>;
  /** Undefined until a program is in force. */
  current(): Judgement | undefined;
  /** Adds rows that are in the log, of whichever tab. */
  fold(rows: StoredRow[]): void;
  /** The latest rows; one that was folded while the log was read stands here twice. */
  rows(): StoredRow[];
}

/** What is known of the log. */
interface Known extends Judgement {
  /** Whose past it is. */
  visitor: string;
  prunings?: number;
  weight: Weight;
}

/** The past as the log on this device has it: from the last checkpoint on. Sees to it that a heavy log is pruned. */
export function createPast({ env, store, faults, visitor, weighed }: Deps): Past {
  let known: Known | undefined;
  let recent: StoredRow[] = [];
  /** One thing after the other. */
  let work: Promise<unknown> = Promise.resolve();
  let isWorking = false;
  let hasPruned = false;
  const next = (run: () => Promise<void>): Promise<void> => {
    const done = work.then(run);
    work = done.catch(() => undefined);
    return done;
  };

  const build = async (rules: Rules) => {
    const before = recent.length;
    const built = await buildPast(store, visitor.who().visitor, rules, env.now());
    known = built;
    // What was folded meanwhile comes after; what it has twice a past takes once.
    const meanwhile = recent.slice(before);
    recent = built.latest;
    fold(meanwhile);
  };

  /** Writes a checkpoint of all that is in the log at this moment. */
  const write = async () => {
    const { past, rules, visitor, prunings, weight } = known!;
    const { rows, ...read } = (await readSlice(store, Math.max(0, past.through())))!;
    if (read.prunings !== prunings) return build(rules);
    take(known!, rows);
    const last = rows.at(-1);
    if (!last) return;
    const fold: StoredFold = { ...past.checkpoint(last.key, env.now()), visitor, prunings, weight };
    await store.append([], { fold });
  };

  const prune = async () => {
    hasPruned = true;
    const { rules } = known!;
    const { keep } = await import('./retention.js');
    await keep(store, env.now(), rules.program, weighed);
    await build(rules);
    const { weight } = known!;
    weight.maxEvents = Math.max(MAX_EVENTS, weight.events + ROOM_EVENTS);
    weight.maxLength = Math.max(MAX_LENGTH, weight.length + ROOM_LENGTH);
    await write();
  };

  const fold = (rows: StoredRow[]) => {
    recent.push(...rows);
    if (!known) return;
    take(known, rows);
    tidy();
  };
  /** Sees to what is due, in the background. If it fails the next page tries. */
  const tidy = () => {
    if (isWorking || !store.db || (!isHeavy() && known!.past.pending() < CHECKPOINT_EVENTS)) return;
    isWorking = true;
    env.later(
      faults.guard(async () => {
        await next(async () => (isHeavy() ? prune() : write()));
        isWorking = false;
        if (isHeavy()) tidy();
      }),
      LATER_MS,
    );
  };
  const isHeavy = () => {
    const { weight } = known!;
    // What is too old once may be waiting for delivery: another page will see.
    const isOld = !hasPruned && !!weight.since && weight.since < env.now() - HISTORY_AGE_MS;
    return isOld || weight.events > weight.maxEvents || weight.length > weight.maxLength;
  };

  return {
    current: () => known,
    rows: () => recent,
    fold,
    use: (program) =>
      next(async () => {
        if (known?.rules.program === program) return;
        const rules = compileRules(program);
        const past = known?.past.turnedTo(rules.atoms);
        if (past) known = { ...known!, rules, past };
        else await build(rules);
      }),
    async refresh() {
      const isStale = () =>
        known && (known.visitor !== visitor.who().visitor || !known.past.serves(env.now()));
      // Nobody waits for what goes on in the background.
      if (isStale()) await next(async () => (isStale() ? build(known!.rules) : undefined));
    },
  };
}

/** Takes rows in that are in the log, and events of old that have left it. */
function take(
  { visitor, weight, past }: Omit<Known, 'rules'>,
  rows: readonly StoredRow[],
  pinned: readonly PastEvent[] = [],
): void {
  const events = [...pinned, ...rows.filter((row) => row.visitor === visitor).flatMap(eventsOf)];
  // In order of the log, or all of it would have to be folded again.
  events.sort(compareSequence).forEach(past.add);
  for (const { key, events, json } of rows) {
    if (key <= weight.lastKey) continue;
    weight.lastKey = key;
    weight.since ||= events[0]?.time ?? 0;
    weight.events += events.length;
    weight.length += json.length;
  }
}

/** Takes the last checkpoint and what came after, or all of the log. */
async function buildPast(
  store: Store,
  visitor: string,
  rules: Rules,
  now: number,
): Promise<Known & { latest: StoredRow[] }> {
  let part = await readStart(store, visitor);
  const { fold, snapshot, prunings } = part;
  const pruned = snapshot && (await import('./retention.js')).recall(snapshot);
  const saved = restorePast(rules.atoms, fold, pruned);
  const restored = saved?.serves(now) ? saved : undefined;
  const known: Known = {
    rules,
    visitor,
    prunings,
    past: restored ?? createFold(rules.atoms, undefined, pruned),
    weight: restored
      ? fold!.weight
      : { events: 0, length: 0, since: 0, lastKey: 0, maxEvents: MAX_EVENTS, maxLength: MAX_LENGTH },
  };
  // The checkpoint does not count, so the first rows are still to be read.
  if (fold && !restored) part = (await readSlice(store, 0, SLICE_ROWS))!;
  let pinned = restored ? [] : (snapshot?.pinned ?? []);
  let latest: StoredRow[] = [];
  for (;;) {
    const { rows } = part;
    const isLast = restored || !store.db || rows.length < SLICE_ROWS;
    const upTo = isLast ? Infinity : rows.at(-1)!.key;
    take(
      known,
      rows,
      pinned.filter(({ sequence: [key] }) => key <= upTo),
    );
    pinned = pinned.filter(({ sequence: [key] }) => key > upTo);
    latest = [...latest, ...rows].slice(-SLICE_ROWS);
    if (isLast) return { ...known, latest };
    // Each slice is a task of its own: a long log must not hold up the page.
    part = (await readSlice(store, upTo, SLICE_ROWS))!;
    if (part.prunings !== prunings) return buildPast(store, visitor, rules, now);
  }
}

/** What is true of visitor, visit and page at `now`. */
export function factsOf(
  visitor: Visitor,
  page: PageState,
  details: Properties,
  consent: readonly Purpose[],
  now: number,
): Facts {
  const { visitor: id, user, attributes } = visitor.who();
  const { place, since, scroll } = page;
  const { id: session, device, ...visit } = visitor.session()!;
  return {
    visitor: id,
    user,
    attributes,
    consent,
    page: place,
    device: { ...device, ...details },
    visit: { ...visit, session },
    signals: { dwell: (now - since) / 1000, scroll },
  };
}
