import { AUTOMATIC } from '../core/automatic.js';
import type { DropReason, Properties, Purpose, TrackedEvent } from '../core/events.js';
import { createDelivery } from './delivery.js';
import type { Engagement, EngagementDeps } from './engagement.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import { openStore, within } from './openStore.js';
import { createPage } from './page.js';
import { sanitise } from './sanitise.js';
import type { NewRow, Store, StoredRow } from './store.js';
import type { ClientOptions, MessageNotice, Notice, TrackResult } from './types.js';
import { createVisitor } from './visitor.js';

/** Turns of 100 ms that the start waits for the chunk of `cookieDomain`: an event must not get the wrong visitor. */
const SHARE_TURNS = 30;
/** What messages, surveys and purchases leave behind, identities and consent: these and goals are sent at once. */
const URGENT = /^(\$(?!page|session|set)|purchase$)/;

/** Fetches the deciding chunk; npm and script tag differ. */
export type LoadEngagement = () => Promise<{
  startEngagement: (deps: EngagementDeps) => Engagement;
  specialStore: (deps: Pick<EngineDeps, 'env' | 'options' | 'warn'>, plain?: Store) => Promise<Store>;
}>;

export interface EngineDeps {
  env: Environment;
  options: ClientOptions;
  sdk: string;
  loadEngagement: LoadEngagement;
  faults: Faults;
  granted: () => Purpose[];
  notify: (notice: Notice, detail: MessageNotice) => void;
  warn: (text: string) => void;
  /** What meta remembers of the visitor's choice; false if nothing may run. */
  onConsent: (stored: unknown) => boolean;
  /** Another tab withdrew. */
  onPurge: () => void;
}

export type Engine = NonNullable<Awaited<ReturnType<typeof startEngine>>>;

/** Everything that runs while something is granted: wires log, visitor, page, program and the deciding chunk. */
export async function startEngine(deps: EngineDeps) {
  const { env, options, faults, granted } = deps;
  const { guard } = faults;
  const { site } = options;
  const stopper = new AbortController();
  const { signal } = stopper;
  const special = (plain?: Store) => deps.loadEngagement().then((chunk) => chunk.specialStore(deps, plain));
  const onVersionChange = guard(({ target, newVersion }: IDBVersionChangeEvent) => {
    (target as IDBDatabase).close();
    // Deleted: consent was withdrawn in another tab.
    if (!newVersion) deps.onPurge();
    // What was under way when the SDK was switched off may have opened it anew.
  }, null) as (event: IDBVersionChangeEvent) => void;
  let store = await openStore(env, site, special, onVersionChange);
  let meta = await store.readMeta();
  if (deps.onConsent(meta.consent) && options.cookieDomain) {
    store = await within(env, SHARE_TURNS, () => special(store)).catch(() => store);
    meta = await store.readMeta();
  }
  if (!deps.onConsent(meta.consent)) return void store.close();

  const shared = {
    ...deps,
    store,
    signal,
    lease: meta.lease,
  };
  const tell = () => engagement?.tell();
  const page = createPage({
    ...shared,
    onRoute(left) {
      if (left) note(left);
      // Sites set the new title after the new address.
      env.later(view, 0);
    },
  });
  const visitor = createVisitor(env, page.current);
  visitor.load(meta);

  let engagement: Engagement | undefined;
  const engage = async () => {
    const { startEngagement } = await deps.loadEngagement();
    // What was withdrawn meanwhile must not fetch anything.
    if (signal.aborted) return;
    engagement = startEngagement({
      ...shared,
      visitor,
      page,
      program: meta.program,
      claim: (event, allows) => delivery.claim(event, visitor.context(), allows),
      record: note,
      reload,
      catchUp: delivery.catchUp,
      weighed: delivery.weighed,
      wake: delivery.wake,
      reset,
    });
    await engagement.loaded;
  };

  const addRows = async (rows: NewRow[], mayWrite?: Parameters<Store['addRows']>[2]) => {
    const changes = visitor.unwritten();
    let stored: StoredRow[] | undefined;
    try {
      return (stored = await store.addRows(rows, changes, mayWrite, visitor.before()));
    } finally {
      // Not if it failed, or was not allowed. Without rows (`reset`) none come back of what was written.
      visitor.written(changes, stored?.length === rows.length);
    }
  };
  const delivery = createDelivery({
    ...shared,
    books: meta.books,
    program: () => engagement?.version() ?? 0,
    isUrgent: ({ name }) => URGENT.test(name) || !!engagement?.isGoal(name),
    addRows,
    fold: (rows) => engagement?.fold(rows),
    onOwnRows: guard((rows: StoredRow[]) => engagement?.seeOwnRows(rows)),
    onReceipt: (receipt) => engagement?.received(receipt),
    announce: tell,
  });

  // Ours as well: an address or an answer may be longer than the collector takes.
  const push = (event: TrackedEvent) => {
    const properties = event.name[0] === '$' ? sanitise(event.properties) : event.properties;
    return delivery.push({ ...event, properties }, visitor.context());
  };
  const isAllowed = (purpose: Purpose) => granted().includes(purpose);
  const refuse = async (reason: DropReason = 'no_consent'): Promise<TrackResult> => {
    delivery.countDropped(reason, 1);
    return { durable: false, reason };
  };
  const touch = (time: number, isView?: boolean) => {
    const start = visitor.noteActivity(time, isView);
    if (start && isAllowed('measure')) guard(push)(start);
  };
  const record = (event: TrackedEvent) => {
    if (!(event.purposes ?? ['measure']).every(isAllowed)) return refuse();
    touch(event.time, event.name === AUTOMATIC.pageView);
    return push(event);
  };
  const note = guard(record);
  const view = () => record(page.viewEvent());
  const reset = async () => {
    visitor.fresh();
    // With its session, or the other tabs would go on in the old visitor's.
    touch(env.now());
    await addRows([]);
    tell();
  };
  /** Takes over what other tabs have stored; reads again if the visitor has changed here meanwhile. */
  const reload = async (who = visitor.who()): ReturnType<Store['readMeta']> => {
    const meta = await store.readMeta();
    if (who !== visitor.who()) return reload();
    visitor.load(meta);
    if (!visitor.session()) touch(env.now());
    return meta;
  };

  const { listen } = faults;
  listen(
    document,
    'visibilitychange',
    () => {
      if (document.hidden) return delivery.depart();
      delivery.resume();
      return reload();
    },
    signal,
  );
  listen(
    window,
    'pagehide',
    () => {
      const left = page.leave();
      if (left) note(left);
      delivery.depart(true);
    },
    signal,
  );
  listen(
    window,
    'pageshow',
    ({ persisted }: PageTransitionEvent) => {
      if (persisted) {
        delivery.resume();
        const view = page.viewEvent(true);
        // Somebody may have logged in or out on the page one comes back from.
        return reload().then(() => record(view));
      }
      return undefined;
    },
    signal,
  );
  await delivery.catchUp(meta.books.settled);
  const loading = engage();
  loading.catch(faults.fail);
  delivery.wake();
  note(page.viewEvent());

  return {
    ...delivery,
    record,
    refuse,
    reset,
    page(properties: Properties, time: number) {
      const event = page.viewEvent();
      return record({ ...event, time, properties: { ...event.properties, ...properties } });
    },
    identify: (traits: Properties, user?: string) =>
      isAllowed('identify') ? record(visitor.identify(traits, user)) : refuse(),
    show: (campaign: string) => loading.then(() => engagement!.show(campaign)),
    explain: (campaign: string) => loading.then(() => engagement!.explain(campaign)),
    /** Remembers the visitor's choice. */
    remember: (consent: Purpose[]) => store.addRows([], { consent }),
    halt() {
      stopper.abort();
      delivery.halt();
      store.close();
    },
  };
}
