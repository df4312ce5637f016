import { AUTOMATIC } from '../core/automatic.js';
import type { Properties, Purpose, TrackedEvent } from '../core/events.js';
import { createDelivery } from './delivery.js';
import type { Engagement, EngagementDeps } from './engagement.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import { openStore } from './openStore.js';
import { createPage } from './page.js';
import { createPrograms } from './remoteProgram.js';
import { sanitise } from './sanitise.js';
import type { Store, StoredRow } from './store.js';
import type { ClientOptions, MessageNotice, Notice, TrackResult } from './types.js';
import { createVisitor } from './visitor.js';

const HEARTBEAT_MS = 30_000;
/** Without a campaign the deciding chunk comes this late: it also watches idle time, rage and exit for the leave event. */
const WATCH_MS = 3000;
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
      if (left) void record(left);
      // Sites set the new title after the new address.
      env.later(guard(view), 0);
    },
  });
  const visitor = createVisitor(env, page.current);
  visitor.load(meta);

  let engagement: Engagement | undefined;
  let loading: Promise<void> | undefined;

  const programs = createPrograms({
    ...deps,
    signal,
    onProgram: guard(async (program, isNew) => {
      if (isNew) {
        void store.append([], { program }).catch(faults.fail);
        tell('news');
      }
      if (!program.campaigns.length && !engagement) return;
      await engage();
      engagement!.programmed();
    }),
  });
  const engage = () =>
    (loading ??= deps.loadEngagement().then(({ startEngagement }) => {
      engagement = startEngagement({
        ...deps,
        store,
        rows,
        signal,
        visitor,
        page,
        program: programs.current,
        claim: (event, allows) => delivery.claim(event, visitor.context(), allows),
        record: (event) => void record(event),
      });
    }));

  const delivery = createDelivery({
    ...deps,
    store,
    stream: meta.books.stream,
    program: () => programs.current()?.version ?? 0,
    isUrgent: ({ name }) =>
      URGENT.test(name) || !!programs.current()?.campaigns.some((campaign) => campaign?.goal?.event === name),
    meta: visitor.changes,
    fold: visitor.fold,
    onOwnRows: guard((rows: StoredRow[]) => engagement?.happened(rows)),
    onReceipt(receipt) {
      for (const command of receipt.commands ?? []) if (command.name === 'reset-identity') void reset();
      if (receipt.program && receipt.program !== programs.current()?.version)
        void programs.refresh(receipt.program);
    },
    announce: () => tell('news'),
  });

  // Ours as well: an address or an answer may be longer than the collector takes.
  const push = (event: TrackedEvent) => {
    const properties = event.name[0] === '$' ? sanitise(event.properties) : event.properties;
    return delivery.push({ ...event, properties }, visitor.context());
  };
  const isAllowed = (purpose: Purpose) => granted().includes(purpose);
  const refuse = async (): Promise<TrackResult> => {
    delivery.drop('no_consent', 1);
    return { durable: false, reason: 'no_consent' };
  };
  const record = (event: TrackedEvent) => {
    if (!(event.purposes ?? ['measure']).every(isAllowed)) return refuse();
    const start = visitor.touch(event.time, event.name === AUTOMATIC.pageView);
    if (start && isAllowed('measure')) void push(start);
    return push(event);
  };
  const identified = (change: () => TrackedEvent) => (isAllowed('identify') ? record(change()) : refuse());
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
      programs.freshen();
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
      if (left) void record(left);
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
      programs.restore(meta.program);
      await delivery.catchUp(meta.books.settled);
    });
  const beat = guard(() => {
    if (signal.aborted) return;
    env.later(beat, HEARTBEAT_MS);
    if (document.visibilityState === 'hidden') return;
    delivery.wake();
    programs.freshen();
  });

  const rows = await delivery.catchUp(meta.books.settled);
  programs.restore(meta.program);
  void programs.refresh();
  beat();
  void view();
  // What was withdrawn meanwhile must not fetch anything.
  env.later(
    guard(() => (signal.aborted ? undefined : engage())),
    WATCH_MS,
  );

  return {
    ...delivery,
    record,
    reset,
    page(properties: Properties, time: number) {
      const event = page.view();
      return record({ ...event, time, properties: { ...event.properties, ...properties } });
    },
    identify: (user: string, traits: Properties) => identified(() => visitor.identify(user, traits)),
    set: (attributes: Properties) => identified(() => visitor.set(attributes)),
    show: async (campaign: string) =>
      (await loading, engagement?.show(campaign)) ?? { gate: 'status' as const },
    explain: async (campaign: string) => (await loading, engagement?.explain(campaign)) ?? null,
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
