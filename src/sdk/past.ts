import type { Facts, PersonalFacts } from '../core/decision.js';
import type { Properties, Purpose } from '../core/events.js';
import { createPast as createFold, turnedTo } from '../core/fold.js';
import { HISTORY_AGE_MS } from '../core/history.js';
import { compileRules } from '../core/rules.js';
import type { Rules } from '../core/rules.js';
import { readRows } from './database.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import type { PageState } from './page.js';
import { MARGIN_ROWS, readPart, SLICE_ROWS, take } from './pastLog.js';
import type { Get, Judgement, Known, Part, StoredFold } from './pastLog.js';
import type { ReadProgram } from './remoteProgram.js';
import type { StoredSnapshot } from './retention.js';
import type { Store, StoredRow } from './store.js';
import type { Visitor } from './visitor.js';

/** A checkpoint is written when so many events have come since the last one: reading those takes a page load a few ms. */
const CHECKPOINT_EVENTS = 200;
/**
 * Or when so many characters have, which 200 events of common length do not reach: what is beyond the room a log has is refused until it
 * is pruned, and that room is 240 kB.
 */
const CHECKPOINT_LENGTH = 66_000;
/** What is not for the decision at hand waits so long, ms. */
const LATER_MS = 1000;

interface Deps {
  env: Environment;
  store: Store;
  faults: Faults;
  visitor: Visitor;
  /** See `Delivery`. */
  weighed: (left: StoredRow[]) => void;
}

export interface Past {
  /** Makes the past ready to be asked by this program; reads of the log what it must. */
  use(read: ReadProgram): Promise<void>;
  /** Reads the log again if the past is not the visitor's any more, or cannot be asked at this moment. */
  refresh(): Promise<void>;
  /** Undefined until a program is in force. */
  current(): Judgement | undefined;
  /** Adds rows that are in the log, of whichever tab. */
  fold(rows: StoredRow[]): void;
  /** The latest rows; one that was folded while the log was read stands here twice. */
  rows(): StoredRow[];
}

/** The past as the log on this device has it. Sees to it that a long one is not read twice, and that a heavy one is pruned. */
export function createPast({ env, store, faults, visitor, weighed }: Deps): Past {
  let known: Known | undefined;
  let recent: StoredRow[] = [];
  /** One thing after the other. */
  let work: Promise<unknown> = Promise.resolve();
  let isTidying = false;
  /** Characters of rows since the last checkpoint. */
  let length = 0;
  const next = (run: () => Promise<unknown>): Promise<unknown> => {
    const done = work.then(run);
    work = done.catch(() => undefined);
    return done;
  };
  const long = () => import('./longPast.js');

  const build = async (rules: Rules): Promise<Known> => {
    const before = recent.length;
    const first = store.db ? await readPart(store, readStart) : { rows: await store.read(0) };
    const built: Known = {
      rules,
      visitor: visitor.who().visitor,
      past: createFold(rules.atoms),
      prunings: first.prunings,
      since: first.rows[0]?.events[0]?.time,
    };
    const isLong = store.db && (first.fold ?? first.snapshot ?? first.rows[SLICE_ROWS - 1]);
    let { rows } = first;
    if (isLong) {
      const latest = await (await long()).buildLong(store, built, first, env.now());
      // Another tab pruned it meanwhile.
      if (!latest) return build(rules);
      rows = latest;
    } else take(built, rows);
    known = built;
    // What was folded meanwhile comes after; what it has twice a past takes once.
    const meanwhile = recent.slice(before);
    recent = rows;
    const through = built.past.base().through;
    length = lengthOf(rows.filter(({ key }) => key > through));
    fold(meanwhile);
    return built;
  };

  const fold = (rows: StoredRow[]) => {
    recent.push(...rows);
    if (!known) return;
    take(known, rows);
    length += lengthOf(rows);
    const isOld = () => known!.since! < env.now() - HISTORY_AGE_MS;
    const isDue = known.past.tail().length >= CHECKPOINT_EVENTS || length > CHECKPOINT_LENGTH || isOld();
    if (!isDue || isTidying || !store.db) return;
    isTidying = true;
    env.later(
      faults.guard(async () => {
        length = 0;
        await next(async () =>
          (await long()).tidy(store, known!, env.now(), weighed, () => build(known!.rules)),
        );
        // If it fails the next page tries, and so it does with an old row that waits for delivery.
        isTidying = isOld();
        // What came meanwhile may be much.
        if (length > CHECKPOINT_LENGTH) fold([]);
      }),
      LATER_MS,
    );
  };

  return {
    current: () => known,
    rows: () => recent,
    fold,
    async use({ program }) {
      if (known?.rules.program === program) return;
      let rules = compileRules(program, {});
      // What few programs say is in another chunk. Without it the campaigns that need it are off.
      if (!rules.isUnderstood)
        rules = await import('./seldom.js').then(
          ({ ALL_KINDS }) => compileRules(program, ALL_KINDS),
          () => rules,
        );
      await next(async () => {
        if (known?.rules.program === program) return;
        const past = known && turnedTo(rules.atoms, known.past);
        if (past) known = { ...known!, rules, past };
        else await build(rules);
      });
    },
    async refresh() {
      const isStale = () =>
        known && (known.visitor !== visitor.who().visitor || !known.past.serves(env.now()));
      // Nobody waits for what goes on in the background.
      if (isStale()) await next(async () => isStale() && build(known!.rules));
    },
  };
}

const lengthOf = (rows: StoredRow[]) => rows.reduce((sum, { json }) => sum + json.length, 0);

/** The first rows, or those that follow on the checkpoint if there is one, and what else there is. */
async function readStart(log: IDBObjectStore, get: Get): Promise<Part> {
  const [prunings, fold, snapshot] = await Promise.all([
    get<number>('prunings'),
    get<StoredFold>('fold'),
    get<StoredSnapshot>('snapshot'),
  ]);
  // A checkpoint that is damaged may have no such place.
  const through = fold?.through ?? 0;
  const after = through > MARGIN_ROWS ? through - MARGIN_ROWS : 0;
  const rows = await readRows(log, after, fold ? undefined : SLICE_ROWS);
  return { prunings, fold, snapshot, rows };
}

/** What is true of visitor, visit and page now; `stayed` is how long one has been on the page, ms. */
export function factsOf(
  visitor: Visitor,
  page: PageState,
  details: Properties,
  consent: readonly Purpose[],
  stayed: number,
  personal?: PersonalFacts,
): Facts {
  const { visitor: id, user, attributes } = visitor.who();
  const { address, scroll, manner, live } = page;
  const { id: session, device, ...visit } = visitor.session()!;
  return {
    visitor: id,
    user,
    attributes,
    consent,
    page: address,
    device: { ...device, ...details },
    visit: { ...visit, session },
    signals: { dwell: stayed / 1000, scroll, exit: manner?.exit, ...live?.() },
    personal,
  };
}
