import { AUTOMATIC } from '../core/automatic.js';
import type { Properties, Purpose, TrackedEvent } from '../core/events.js';
import { createDelivery } from './delivery.js';
import type { Engagement, EngagementDeps } from './engagement.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import { openStore, within } from './openStore.js';
import { createPage } from './page.js';
import { createPrograms } from './remoteProgram.js';
import { sanitise } from './sanitise.js';
import type { Store, StoredRow } from './store.js';
import type { ClientOptions, MessageNotice, Notice, TrackResult } from './types.js';
import { createVisitor } from './visitor.js';

const HEARTBEAT_MS = 30_000;
/** Without a campaign the deciding chunk comes this late: it also watches idle time, rage and exit for the leave event. */
const WATCH_MS = 3000;
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
  let store = await openStore(env, site, special);
  let meta = await store.readMeta();
  if (deps.onConsent(meta.consent) && options.cookieDomain) {
    store = await within(env, SHARE_TURNS, special(store)).catch(() => store);
    meta = await store.readMeta();
  }
  if (!deps.onConsent(meta.consent)) return void store.close();

  const channel =
    store.db && globalThis.BroadcastChannel ? new BroadcastChannel('kikubari-' + site) : undefined;
  const tell = (what: 'news' | 'purge') => channel?.postMessage(what);
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
        record,
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
      if (receipt.commands?.some(({ name }) => name === 'reset-identity')) void reset();
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
  const touch = (time: number, isView?: boolean) => {
    const start = visitor.touch(time, isView);
    if (start && isAllowed('measure')) void push(start);
  };
  const record = (event: TrackedEvent) => {
    if (!(event.purposes ?? ['measure']).every(isAllowed)) return refuse();
    touch(event.time, event.name === AUTOMATIC.pageView);
    return push(event);
  };
  const view = () => record(page.view());
  const reset = async () => {
    visitor.fresh();
    // With its session, or the other tabs would go on in the old visitor's.
    touch(env.now());
    await store.append([], visitor.changes());
    tell('news');
  };
  /** Takes over what other tabs have stored; reads again if the visitor has changed here meanwhile. */
  const reload = async (who = visitor.who()): ReturnType<Store['readMeta']> => {
    const meta = await store.readMeta();
    if (who !== visitor.who()) return reload();
    visitor.load(meta);
    if (!visitor.session()) touch(env.now());
    return meta;
  };

  const look = () => {
    delivery.wake();
    programs.freshen();
  };

  const { listen } = faults;
  listen(
    document,
    'visibilitychange',
    () => {
      if (document.visibilityState === 'hidden') return delivery.hide();
      look();
      return reload();
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
      if (persisted) {
        delivery.resume();
        const view = page.view(true);
        // Somebody may have logged in or out on the page one comes back from.
        return reload().then(() => record(view));
      }
      return undefined;
    },
    signal,
  );
  if (channel)
    channel.onmessage = guard(async ({ data }: MessageEvent) => {
      if (data === 'purge') return deps.onPurge();
      const meta = await reload();
      programs.restore(meta.program);
      await delivery.catchUp(meta.books.settled);
    });
  const beat = guard(() => {
    if (signal.aborted) return;
    env.later(beat, HEARTBEAT_MS);
    if (document.visibilityState === 'hidden') return;
    look();
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
    identify: (traits: Properties, user?: string) =>
      isAllowed('identify') ? record(visitor.identify(traits, user)) : refuse(),
    show: async (campaign: string) =>
      (await loading, engagement?.show(campaign)) ?? { gate: 'status' as const },
    explain: async (campaign: string) => (await loading, engagement?.explain(campaign)) ?? null,
    /** Remembers the visitor's choice. */
    remember: (consent: Purpose[]) => store.append([], { consent }),
    /** Tells the other tabs that there is news, or that everything is being deleted. */
    tell,
    stop() {
      stopper.abort();
      delivery.stop();
      channel?.close();
      store.close();
    },
  };
}
