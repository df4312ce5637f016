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
/** Events kept for the deciding chunk while it loads. */
const MAX_WAITING_EVENTS = 50;
/** A log this long is worth the chunk that prunes it. */
const MANY_ROWS = 1000;
/** What messages, surveys and purchases leave behind, identities and consent: these and goals are sent at once. */
const URGENT = /^(\$(?!page|session|set)|purchase$)/;

/** Fetches the deciding chunk; npm and script tag differ. */
export type LoadEngagement = () => Promise<{
  startEngagement: (deps: EngagementDeps) => Engagement;
  createMemoryStore: (stream: string) => Store;
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
  const { site, endpoint } = options;
  const stopper = new AbortController();
  const { signal } = stopper;
  const store = await openStore(env, site, async () => {
    deps.warn('no IndexedDB');
    return (await deps.loadEngagement()).createMemoryStore(env.uuid());
  });
  const meta = await store.readMeta();
  if (!deps.onConsent(meta.consent)) {
    store.close();
    return undefined;
  }

  const channel =
    store.isDurable && globalThis.BroadcastChannel ? new BroadcastChannel('kikubari-' + site) : undefined;
  const tell = (what: 'news' | 'purge') => channel?.postMessage(what);
  const page = createPage({
    env,
    signal,
    faults,
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
  /** Until there is a program; `undefined` if it has no campaign. */
  let waiting: TrackedEvent[] | undefined = [];
  let isViewed = false;
  const happened = (event: TrackedEvent) => {
    isViewed ||= event.name === AUTOMATIC.pageView;
    if (engagement) engagement.happened(event);
    else if (waiting && waiting.length < MAX_WAITING_EVENTS) waiting.push(event);
  };

  const programs = createPrograms({
    env,
    endpoint,
    site,
    signal,
    warn: deps.warn,
    onProgram: guard(async (program, isNew) => {
      if (isNew) {
        void store.append([], { program }).catch(faults.fail);
        tell('news');
      }
      if (!program.campaigns.length && rows.length < MANY_ROWS && !engagement) {
        waiting = undefined;
        return;
      }
      await (loading ??= engage());
      await engagement!.programmed(isViewed && !waiting?.length);
      const held = waiting ?? [];
      waiting = undefined;
      held.forEach(engagement!.happened);
    }),
  });
  const engage = async () => {
    const { startEngagement } = await deps.loadEngagement();
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
  };

  const delivery = createDelivery({
    env,
    store,
    site,
    endpoint,
    sdk: deps.sdk,
    faults,
    program: () => programs.current()?.version ?? 0,
    isUrgent: ({ name }) =>
      URGENT.test(name) || !!programs.current()?.campaigns.some((campaign) => campaign?.goal?.event === name),
    meta: visitor.changes,
    fold: visitor.fold,
    onOwnRows: guard((rows: StoredRow[]) => rows.forEach((row) => row.events.forEach(happened))),
    onReceipt(receipt) {
      for (const command of receipt.commands ?? []) if (command.name === 'reset-identity') void reset();
      if (receipt.program && receipt.program !== programs.current()?.version)
        void programs.refresh(receipt.program);
    },
    announce: () => tell('news'),
  });

  // Ours as well: an address may be longer than the collector takes.
  const push = (event: TrackedEvent) =>
    delivery.push({ ...event, properties: sanitise(event.properties) }, visitor.context());
  const record = (event: TrackedEvent): Promise<TrackResult> => {
    const isAllowed = (purpose: Purpose) => granted().includes(purpose);
    if (!(event.purposes ?? ['measure']).every(isAllowed)) {
      delivery.drop('no_consent', 1);
      return Promise.resolve({ durable: false, reason: 'no_consent' });
    }
    const start = visitor.touch(event.time, event.name === AUTOMATIC.pageView);
    if (start && isAllowed('measure')) void push(start);
    return push(event);
  };
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
      delivery.hide();
    },
    signal,
  );
  listen(
    window,
    'pageshow',
    ({ persisted }: PageTransitionEvent) => persisted && record(page.view(true)),
    signal,
  );
  if (channel)
    channel.onmessage = guard(async ({ data }: MessageEvent) => {
      if (data === 'purge') return deps.onPurge();
      const meta = await store.readMeta();
      visitor.load(meta);
      programs.restore(meta.program);
      await delivery.catchUp();
    });
  const beat = guard(() => {
    if (signal.aborted) return;
    env.later(beat, HEARTBEAT_MS);
    if (document.visibilityState === 'hidden') return;
    delivery.wake();
    programs.freshen();
  });

  const rows = await delivery.catchUp();
  programs.restore(meta.program);
  void programs.refresh();
  beat();
  void view();

  return {
    record,
    reset,
    page(properties: Properties, time: number) {
      const event = page.view();
      return record({ ...event, time, properties: { ...event.properties, ...properties } });
    },
    identify(user: string, traits: Properties) {
      if (!granted().includes('identify'))
        return record({ name: AUTOMATIC.identify, time: env.now(), purposes: ['identify'] });
      const result = record(visitor.identify(user, traits));
      void result.then(() => tell('news'));
      return result;
    },
    set: (attributes: Properties) => record(visitor.set(attributes)),
    flush: delivery.flush,
    show: async (campaign: string) =>
      (await loading, engagement?.show(campaign)) ?? { gate: 'status' as const },
    explain: async (campaign: string) => (await loading, engagement?.explain(campaign)) ?? null,
    /** Remembers the visitor's choice. */
    remember: (consent: Purpose[]) => store.append([], { consent }),
    /** Tells the other tabs that everything is being deleted. */
    announcePurge: () => tell('purge'),
    drop: delivery.drop,
    stop() {
      stopper.abort();
      delivery.stop();
      channel?.close();
      store.close();
    },
  };
}
