import { AUTOMATIC } from '../core/automatic.js';
import type { Occasion } from '../core/decision.js';
import type { Properties, Purpose, TrackedEvent } from '../core/events.js';
import { createDelivery } from './delivery.js';
import type { Delivery } from './delivery.js';
import { createEngagement } from './engage.js';
import type { Chunks, Engagement } from './engage.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import { openStore } from './openStore.js';
import { createPage } from './page.js';
import { createPrograms, needsDeviceDetails } from './remoteProgram.js';
import { prunableKeys } from './retention.js';
import type { StoredRow } from './store.js';
import { createTriggers } from './triggers.js';
import type { ClientOptions, MessageNotice, Notice, TrackResult } from './types.js';
import { createVisitor } from './visitor.js';

const HEARTBEAT_MS = 30_000;
/** Occasions kept until the first program arrives. */
const MAX_WAITING_OCCASIONS = 20;
const URGENT: string[] = [
  AUTOMATIC.exposure,
  AUTOMATIC.impression,
  AUTOMATIC.click,
  AUTOMATIC.answer,
  AUTOMATIC.complete,
  AUTOMATIC.identify,
  AUTOMATIC.consent,
  'purchase',
];

/** All lazy chunks. */
export interface LazyChunks extends Chunks {
  loadExplain: () => Promise<Pick<typeof import('./explainCampaign.js'), 'explainCampaign'>>;
  loadDevice: () => Promise<Pick<typeof import('./device.js'), 'readDeviceDetails'>>;
}

export interface EngineDeps {
  env: Environment;
  options: ClientOptions;
  sdk: string;
  chunks: LazyChunks;
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

/** Everything that runs while something is granted: wires log, visitor, page, program, triggers and messages. */
export async function startEngine(deps: EngineDeps) {
  const { env, options, chunks, faults, granted } = deps;
  const { guard } = faults;
  const { site, endpoint } = options;
  const stopper = new AbortController();
  const { signal } = stopper;
  const store = await openStore(env, site, deps.warn);
  const meta = await store.readMeta();
  if (!deps.onConsent(meta.consent)) {
    store.close();
    return undefined;
  }

  const channel = store.isDurable && typeof BroadcastChannel === 'function' ? new BroadcastChannel('kikubari-' + site) : undefined;
  const tell = (what: 'rows' | 'who' | 'program' | 'purge') => channel?.postMessage(what);
  const page = createPage({
    env,
    signal,
    guard,
    onRoute(left) {
      if (left) void record(left);
      // Sites set the new title after the new address.
      env.later(guard(view), 0);
    },
    onScroll: (percent) => triggers.scrolled(percent),
  });
  const visitor = createVisitor(env, page.current, granted);
  visitor.load(meta);

  const programs = createPrograms({
    env,
    endpoint,
    site,
    signal,
    warn: deps.warn,
    onProgram: guard(async (program, isNew) => {
      if (isNew) {
        void store.writeMeta('program', program).catch(faults.fail);
        tell('program');
      }
      if (needsDeviceDetails(program)) visitor.learn((await chunks.loadDevice()).readDeviceDetails());
      triggers.arm(program, page.current().since);
      const held = waiting ?? [];
      waiting = undefined;
      for (const occasion of held) await happen(occasion);
      if (isNew) await engagement.launchers();
    }),
  });

  const delivery: Delivery = createDelivery({
    env,
    store,
    site,
    endpoint,
    sdk: deps.sdk,
    faults,
    program: () => programs.current()?.version ?? 0,
    isUrgent: ({ name }) =>
      URGENT.includes(name) || !!programs.current()?.campaigns.some(({ goal }) => goal?.event === name),
    meta: visitor.changes,
    fold: visitor.fold,
    onOwnRows: guard(async (rows: StoredRow[]) => {
      for (const event of rows.flatMap((row) => row.events)) {
        if (event.name === AUTOMATIC.pageView) await viewed();
        await happen({ trigger: 'event', event });
      }
    }),
    onReceipt(receipt) {
      for (const command of receipt.commands ?? []) if (command.name === 'reset-identity') void reset();
      if (receipt.program > 0 && receipt.program !== programs.current()?.version) void programs.refresh(receipt.program);
    },
    onUnreachable: () => {},
    announce: () => tell('rows'),
  });

  const engagement: Engagement = createEngagement({
    ...chunks,
    program: programs.current,
    history: visitor.history,
    facts: visitor.facts,
    now: env.now,
    uuid: env.uuid,
    claim: (event, allows) => delivery.claim(event, visitor.context(), allows),
    record: (event) => void record(event),
    track: (name) => void record({ name, time: env.now() }),
    notify: deps.notify,
  });

  /** Held until the first program; `undefined` once there is one. */
  let waiting: Omit<Occasion, 'now'>[] | undefined = [];
  let occasions: Promise<void> = Promise.resolve();
  const happen = (occasion: Omit<Occasion, 'now'>) => {
    if (waiting) {
      if (waiting.length < MAX_WAITING_OCCASIONS) waiting.push(occasion);
      return;
    }
    // One after the other: each decision must see the exposure of the one before.
    return (occasions = occasions.then(() => engagement.occasion(occasion)).catch(faults.fail));
  };
  const triggers = createTriggers({
    env,
    signal,
    guard,
    fire: (occasion) => void happen(occasion),
    onExit: () => (page.current().isExiting = true),
  });

  const record = (event: TrackedEvent): Promise<TrackResult> => {
    const purposes = event.purposes ?? ['measure'];
    if (!purposes.every((purpose) => granted().includes(purpose))) {
      delivery.drop('no_consent', 1);
      return Promise.resolve({ durable: false, reason: 'no_consent' });
    }
    const start = visitor.touch(event.time, event.name === AUTOMATIC.pageView);
    if (start && granted().includes('measure')) void delivery.push(start, visitor.context());
    return delivery.push(event, visitor.context());
  };

  const view = () => record(page.view());
  const viewed = async () => {
    triggers.arm(programs.current(), page.current().since);
    await happen({ trigger: 'page' });
    if (!waiting) await engagement.launchers();
  };

  const reset = async () => {
    await delivery.commit();
    visitor.fresh();
    await store.writeMeta('who', visitor.who());
    tell('who');
  };

  const listen = (target: EventTarget, type: string, run: (event: never) => void) =>
    target.addEventListener(type, guard(run) as EventListener, { signal });
  listen(document, 'visibilitychange', () => {
    if (document.visibilityState === 'hidden') return delivery.hide();
    programs.freshen();
    delivery.wake();
    return store.readMeta().then(visitor.load);
  });
  listen(window, 'pagehide', () => {
    const left = page.leave();
    if (left) void record(left);
    delivery.hide();
  });
  listen(window, 'pageshow', ({ persisted }: PageTransitionEvent) => {
    if (persisted) void record(page.view(true));
  });
  if (channel)
    channel.onmessage = guard(async ({ data }: MessageEvent) => {
      if (data === 'purge') deps.onPurge();
      if (data === 'program') programs.restore((await store.readMeta()).program);
      if (data === 'who') visitor.load(await store.readMeta());
      await delivery.catchUp();
    });
  const beat = guard(() => {
    if (signal.aborted) return;
    if (document.visibilityState === 'visible') {
      delivery.wake();
      programs.freshen();
    }
    env.later(beat, HEARTBEAT_MS);
  });

  const rows = await delivery.catchUp();
  const prunable = prunableKeys(rows, await store.settledThrough(), visitor.who().visitor, env.now());
  if (prunable.length) void store.prune(prunable).catch(faults.fail);
  programs.restore(meta.program);
  void programs.refresh();
  beat();
  void view();

  return {
    record,
    reset,
    page: (properties: Properties, time: number) => {
      const event = page.view();
      return record({ ...event, time, properties: { ...event.properties, ...properties } });
    },
    async identify(user: string, traits: Properties) {
      if (!granted().includes('identify')) return record({ name: AUTOMATIC.identify, time: env.now(), purposes: ['identify'] });
      const result = record(visitor.identify(user, traits));
      void result.then(() => tell('who'));
      return result;
    },
    set: (attributes: Properties) => record(visitor.set(attributes)),
    flush: delivery.flush,
    show: engagement.show,
    async explain(campaign: string) {
      const program = programs.current();
      if (!program) return null;
      const { explainCampaign } = await chunks.loadExplain();
      return explainCampaign(program, visitor.history(), visitor.facts(), env.now(), campaign);
    },
    /** Remembers the visitor's choice. */
    remember: (choice: Purpose[]) => store.writeMeta('consent', choice),
    /** Tells the other tabs that everything is being deleted. */
    announcePurge: () => tell('purge'),
    drop: delivery.drop,
    stop() {
      stopper.abort();
      triggers.disarm();
      engagement.clear();
      delivery.stop();
      channel?.close();
      store.close();
    },
  };
}
