import type { Facts, History } from '../core/decision.js';
import type { Properties, Purpose } from '../core/events.js';
import { createHistory, eventsOf, HISTORY_AGE_MS } from '../core/history.js';
import type { Program } from '../core/program.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import type { PageState } from './page.js';
import type { StoredSnapshot } from './retention.js';
import type { Store, StoredRow } from './store.js';
import type { Visitor } from './visitor.js';

/** A log of so many characters, or as old as this, is worth the chunk that prunes it; the first decision goes before. */
const HEAVY = 100_000;
const PRUNE_MS = 1000;

interface Deps {
  env: Environment;
  store: Store;
  faults: Faults;
  visitor: Visitor;
  program: () => Program | undefined;
  weighed: (left: number) => void;
}

export interface Past {
  /** Of the visitor there is now. */
  history(): History;
  /** Adds rows that are in the log, of whichever tab. */
  fold(rows: StoredRow[]): void;
  /** The rows of the log and those folded since; one that was folded while the log was read stands here twice. */
  rows(): StoredRow[];
  /** Reads the log, and what was pruned from it. */
  load(): Promise<void>;
}

/** The past as the log on this device has it. Sees to it that a heavy one is pruned. */
export function createPast(deps: Deps): Past {
  const { env, store, visitor } = deps;
  let histories = new Map<string, ReturnType<typeof createHistory>>();
  let known: StoredRow[] = [];
  let weight = 0;
  const of = (id: string) => {
    const history = histories.get(id) ?? createHistory();
    histories.set(id, history);
    return history;
  };
  const add = (rows: StoredRow[]) => {
    for (const row of rows) eventsOf(row).forEach(of(row.visitor).add);
  };
  const startKeeping = deps.faults.guard(async () => {
    keep = await (await import('./retention.js')).createKeeper({ ...deps, rows: () => known, reload: load });
  });
  /** Weighs the log until it is worth a keeper, which then takes over. */
  let keep = (rows: StoredRow[]) => {
    for (const { json } of rows) weight += json.length;
    const isYoung = !(rows[0]?.events[0] && rows[0].events[0].time < env.now() - HISTORY_AGE_MS);
    if ((isYoung && weight < HEAVY) || !store.db) return;
    weight = -Infinity;
    env.later(startKeeping, PRUNE_MS);
  };

  const load = async () => {
    known = [];
    let request: IDBRequest<StoredSnapshot | undefined> | undefined;
    const rows = await store.read(0, (meta) => (request = meta.get('snapshot')));
    // Asked before the rows were, so it is answered.
    const snapshot = request?.result;
    const { visitor: id } = visitor.who();
    const chunk = snapshot?.visitor === id && (await import('./retention.js'));
    // What was folded meanwhile comes after; what it has twice a history takes once.
    known = [...rows, ...known];
    histories = new Map();
    add(known);
    if (chunk) chunk.recall(of(id), snapshot);
    keep(rows);
  };

  return {
    history: () => of(visitor.who().visitor),
    rows: () => known,
    fold(rows) {
      known.push(...rows);
      add(rows);
      keep(rows);
    },
    load,
  };
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
