import { AUTOMATIC } from '../core/automatic.js';
import type { DropReason, Properties, Purpose, TrackedEvent } from '../core/events.js';
import { createDelivery } from './delivery.js';
import type { Engagement, EngagementDeps } from './engagement.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import { openStore } from './openStore.js';
import { createPage } from './page.js';
import { sanitise } from './sanitise.js';
import type { Store, StoredRow } from './store.js';
import type { ClientOptions, MessageNotice, Notice, TrackResult } from './types.js';
import { createVisitor } from './visitor.js';

const HEARTBEAT_MS = 30_000;
/** What messages, surveys and purchases leave behind, identities and consent: these and goals are sent at once. */
const URGENT = /^(\$(?!page|session|set)|purchase$)/;

/** Fetches the deciding chunk; npm and script tag differ. */
export type LoadEngagement = () => Promise<{
  startEngagement: (deps: EngagementDeps) => Engagement;
  openMemoryStore: (stream: string, visitor: string) => Promise<Store>;
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
  const store = await openStore(env, site, async () => {
    deps.warn('no IndexedDB');
    return (await deps.loadEngagement()).openMemoryStore(env.uuid(), env.uuid());
  });
  const meta = await store.readMeta();
  if (!deps.onConsent(meta.consent)) {
    store.close();
    return undefined;
  }

  const channel =
    store.db && globalThis.BroadcastChannel ? new BroadcastChannel('kikubari-' + site) : undefined;
  const tell = (what: 'news' | 'purge') => signal.aborted || channel?.postMessage(what);
  const page = createPage({
    ...deps,
    signal,
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
      ...deps,
      store,
      signal,
      visitor,
      page,
      program: meta.program,
      claim: (event, allows) => delivery.claim(event, visitor.context(), allows),
      record: (event) => note(event),
      announce: () => tell('news'),
      weighed: delivery.weighed,
    });
    await engagement.loaded;
  };

  const delivery = createDelivery({
    ...deps,
    store,
    books: meta.books,
    program: () => engagement?.version() ?? 0,
    isUrgent: ({ name }) => URGENT.test(name) || !!engagement?.isGoal(name),
    meta: visitor.changes,
    fold: (rows) => engagement?.fold(rows),
    onOwnRows: guard((rows: StoredRow[]) => engagement?.happened(rows)),
    onReceipt(receipt) {
      for (const command of receipt.commands ?? []) if (command.name === 'reset-identity') guard(reset)();
      engagement?.announced(receipt.program);
    },
    announce: () => tell('news'),
  });

  // Ours as well: an address or an answer may be longer than the collector takes.
  const push = (event: TrackedEvent) => {
    const properties = event.name[0] === '$' ? sanitise(event.properties) : event.properties;
    return delivery.push({ ...event, properties }, visitor.context());
  };
  const isAllowed = (purpose: Purpose) => granted().includes(purpose);
  const refuse = async (reason: DropReason = 'no_consent'): Promise<TrackResult> => {
    delivery.drop(reason, 1);
    return { durable: false, reason };
  };
  const record = (event: TrackedEvent) => {
    if (!(event.purposes ?? ['measure']).every(isAllowed)) return refuse();
    const start = visitor.touch(event.time, event.name === AUTOMATIC.pageView);
    if (start && isAllowed('measure')) guard(push)(start);
    return push(event);
  };
  const identified = (change: () => TrackedEvent) => (isAllowed('identify') ? record(change()) : refuse());
  const note = guard(record);
  const view = () => record(page.view());
  const reset = async () => {
    await delivery.commit();
    visitor.fresh();
    await store.append([], { who: visitor.who() });
    tell('news');
  };

  const { listen } = faults;
  listen(
    document,
    'visibilitychange',
    () => {
      if (document.visibilityState === 'hidden') return delivery.hide();
      delivery.wake();
      return store.readMeta().then(visitor.load);
    },
    signal,
  );
  listen(
    window,
    'pagehide',
    () => {
      const left = page.leave();
      if (left) note(left);
      delivery.hide(true);
    },
    signal,
  );
  listen(
    window,
    'pageshow',
    ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return undefined;
      delivery.resume();
      return record(page.view(true));
    },
    signal,
  );
  if (channel)
    channel.onmessage = guard(async ({ data }: MessageEvent) => {
      if (data === 'purge') return deps.onPurge();
      const meta = await store.readMeta();
      visitor.load(meta);
      engagement?.restore(meta.program);
      await delivery.catchUp(meta.books.settled);
    });
  const beat = () => {
    if (signal.aborted) return;
    env.later(beat, HEARTBEAT_MS);
    if (document.visibilityState === 'visible') delivery.wake();
  };

  await delivery.catchUp(meta.books.settled);
  const loading = engage();
  loading.catch(faults.fail);
  beat();
  note(page.view());

  return {
    ...delivery,
    record,
    refuse,
    reset,
    page(properties: Properties, time: number) {
      const event = page.view();
      return record({ ...event, time, properties: { ...event.properties, ...properties } });
    },
    identify: (user: string, traits: Properties) => identified(() => visitor.identify(user, traits)),
    set: (attributes: Properties) => identified(() => visitor.set(attributes)),
    show: (campaign: string) => loading.then(() => engagement!.show(campaign)),
    explain: (campaign: string) => loading.then(() => engagement!.explain(campaign)),
    /** Remembers the visitor's choice. */
    remember: (consent: Purpose[]) => store.append([], { consent }),
    /** Tells the other tabs that everything is being deleted. */
    announcePurge: () => tell('purge'),
    stop() {
      stopper.abort();
      delivery.stop();
      channel?.close();
      store.close();
    },
  };
}
