import type { Occasion } from '../core/decision.js';
import { AUTOMATIC } from '../core/automatic.js';
import type { Properties, Purpose, Receipt, TrackedEvent } from '../core/events.js';
import type { EngineDeps } from './engine.js';
import { createPrograms } from './remoteProgram.js';
import type { ReadProgram } from './remoteProgram.js';
import type { Environment } from './environment.js';
import { createBegunSurvey } from './begunSurvey.js';
import { createEngage } from './engage.js';
import type { Shown } from './engage.js';
import type { Faults } from './faults.js';
import type { Page } from './page.js';
import type { Personal } from './personal.js';
import { createPast, factsOf } from './past.js';
import type { Lease, Store, StoredRow } from './store.js';
import { joinTabs } from './tabs.js';
import type { Combinations } from './combinations.js';
import type { Live } from './liveSignals.js';
import { stayedMs } from './stay.js';
import { createTriggers, simpleTriggers, type Fire } from './triggers.js';
import type { ClientOptions, Explanation, MessageNotice, Notice } from './types.js';
import type { Visitor } from './visitor.js';
import type { Watch } from './watch.js';

/** The log of a site that gave `cookieDomain`, over the plain one; without a plain one, the log of last resort. */
export async function specialStore(
  { env, options, warn }: Pick<EngineDeps, 'env' | 'options' | 'warn'>,
  plain?: Store,
): Promise<Store> {
  if (plain) return (await import('./shareVisitor.js')).shareVisitor(plain, options, warn);
  warn('no IndexedDB');
  return (await import('./memoryStore.js')).createMemoryStore(env.uuid(), env.uuid());
}

export interface EngagementDeps {
  env: Environment;
  signal: AbortSignal;
  faults: Faults;
  visitor: Visitor;
  store: Store;
  page: Page;
  granted: () => Purpose[];
  options: ClientOptions;
  warn: (text: string) => void;
  /** The last good program, as stored. */
  program: unknown;
  /** As it was when the page came: where nobody answered for long one batch finds out, and the program waits for its receipt. */
  lease: Lease;
  /** Takes over what other tabs have stored of visitor and session; resolves all of it. */
  reload: () => ReturnType<Store['readMeta']>;
  /** See `Delivery`. */
  catchUp: (settled: number) => Promise<void>;
  /** See `Delivery`. */
  weighed: (left: StoredRow[]) => void;
  wake: () => void;
  reset: () => Promise<void>;
  claim: (event: TrackedEvent, allows: () => boolean) => Promise<boolean>;
  record: (event: TrackedEvent) => unknown;
  notify: (notice: Notice, detail: MessageNotice) => void;
}

export interface Engagement {
  /** The past is known; before that nothing may be decided, and nothing is if it cannot be read. */
  loaded: Promise<void>;
  /** Rows are in the log, of whichever tab. */
  fold(rows: StoredRow[]): void;
  /** Rows of this tab are in the log. */
  seeOwnRows(rows: StoredRow[]): void;
  /** The version in force, 0 if there is none. */
  version(): number;
  /** Whether a campaign counts this event as its goal. */
  isGoal(name: string): boolean;
  /** Tells the other tabs that there is something new in the store. */
  tell(): void;
  /** The collector has answered a batch: with the version in force, and commands. */
  received(receipt: Receipt): void;
  show(campaign: string): Promise<Shown>;
  explain(campaign: string): Promise<Explanation | null>;
}

/** After so long, ms, it is looked again whether a slot is there, twice as long later again, and so on so many times: 15 s in all. */
const LOOK_MS = 500;
const LOOKS = 5;

/** A page that stays this long, ms, also measures how it is left; in time for exit intent, which counts from 3 s on. */
const WATCH_MS = 2500;

/**
 * What is asked of the device that a session does not begin with; see `deviceDetails.ts`. Where such a word means something else a chunk
 * is fetched for nothing; to find words takes a tenth of what a pattern takes, on every page.
 */
const DETAILS = ['os', 'browser', 'time', 'timeZone', 'weekdays', 'hours', 'calendar'];

/** The deciding half: program, triggers, decisions and messages. A chunk of its own, loaded once the page has its first events. */
export function startEngagement(deps: EngagementDeps): Engagement {
  const { env, signal, faults, visitor, page } = deps;
  const program = () => programs.current()?.program;
  const past = createPast(deps);
  let details: Properties = {};
  let personal: Personal | undefined;
  let live: Live | undefined;
  const stayed = () => stayedMs(env, page.current());
  const facts = () =>
    factsOf(visitor, page.current(), details, deps.granted(), stayed(), personal?.current());
  const engage = createEngage({
    loadMessages: () => import('./messages/mount.js'),
    loadSurvey: () => import('./messages/survey.js'),
    asking: deps,
    judgement: past.current,
    facts,
    rows: past.rows,
    now: env.now,
    uuid: env.uuid,
    claim: deps.claim,
    record: deps.record,
    track: (name) => deps.record({ name, time: env.now() }),
    notify: deps.notify,
    fail: faults.fail,
    begun: createBegunSurvey(deps.options.site),
  });

  let occasions: Promise<unknown> = Promise.resolve();
  // One after the other: each decision must see the exposure of the one before.
  const next = (run: () => Promise<unknown>) =>
    (occasions = occasions
      .then(past.refresh)
      .then(() => (signal.aborted ? undefined : run()))
      .catch(faults.fail));
  /** Slots that a page draws late are looked for a few times more. */
  const launch = (pauseMs = LOOK_MS): void =>
    void next(async () => {
      const isMissing = await engage.launchers();
      if (isMissing && pauseMs < LOOK_MS * 2 ** LOOKS) env.later(() => launch(pauseMs * 2), pauseMs);
    });
  let whose = visitor.who().visitor;
  const meet = () => {
    const { visitor: id } = visitor.who();
    if (id === whose) return;
    whose = id;
    engage.takeOff(({ begun }) => begun!.visitor !== id);
    // What stands on the page is there for everybody.
    if (isStarted) launch();
  };
  const happen = (occasion: Omit<Occasion, 'now'>) =>
    next(() => {
      personal?.missed(occasion);
      return engage.occasion(occasion);
    });

  let combinations: Combinations | undefined;
  const fire: Fire = (occasion) => {
    combinations?.signalled(occasion);
    void happen(occasion);
  };
  const triggers = createTriggers({ env, faults, fire });
  let watch: Promise<Watch | undefined> | undefined;
  const watchOut = faults.guard(async () => {
    if (signal.aborted) return;
    // A chunk that cannot be had is a missing trigger; the next page asks for it again.
    watch ??= import('./watch.js').then(
      ({ startWatching }) => startWatching({ env, signal, faults, page, stayed, fire }),
      () => (watch = undefined),
    );
    (await watch)?.arm(simpleTriggers(program()));
  });
  const arm = () => {
    const all = simpleTriggers(program());
    triggers.arm(all, page.current());
    combinations?.arm();
    live?.arm(all);
    // Exit intent can wait: it counts no sooner than that everywhere.
    const isAsked = all.some(({ on }) => on === 'visible');
    if (watch || live || isAsked) watchOut();
  };
  env.later(watchOut, Math.max(0, WATCH_MS - stayed()));
  page.onScroll(triggers.scrolled);
  signal.addEventListener(
    'abort',
    // An SDK that switches itself off leaves nothing behind either.
    faults.guard(() => {
      triggers.disarm();
      engage.clear();
    }, null) as () => void,
  );

  /** Most events are no campaign's trigger: for those nothing need be decided. */
  const isAwaited = (name: string) => past.current()?.rules.lastEvent.has(name);
  let isStarted = false;
  let lastKey = 0;
  const happened = (rows: StoredRow[]) => {
    // A row may come twice: from the log and as it is written.
    const fresh = rows.filter(({ key }) => key > lastKey && (lastKey = key));
    for (const event of fresh.flatMap(({ events }) => events)) {
      if (event.name === AUTOMATIC.pageView) {
        arm();
        void happen({ trigger: 'page' });
        launch();
      }
      combinations?.happened(event);
      if (isAwaited(event.name)) void happen({ trigger: 'event', event });
    }
  };

  const programmed = (text: string) => {
    if (DETAILS.some((word) => text.includes(`"${word}"`) || text.includes(`device.${word}`)))
      void next(async () => {
        details = await (await import('./seldom.js')).learnDevice(text, deps, past.rows());
      });
    if (past.current()!.rules.isPersonal)
      void next(async () => {
        const { createPersonal } = await import('./personal.js');
        personal ??= createPersonal({ ...deps, judgement: past.current, facts, engage, next, tell });
        // What is stored is waited for, the collector is not.
        await personal.read();
      });
    if (past.current()!.rules.isLive)
      void next(async () => {
        live ??= (await import('./liveSignals.js')).startLive({ ...deps, fire });
        arm();
      });
    arm();
    if (isStarted) return launch();
    isStarted = true;
    // Before anything else takes the screen.
    void next(engage.resume);
    // What this page wrote before there was anything to decide.
    happened(past.rows().filter((row) => row.page === page.current().id));
  };
  const programs = createPrograms({
    ...deps,
    onProgram: faults.guard(async (read: ReadProgram, isNew: boolean) => {
      await past.use(read);
      // Some triggers come together over several pages. Without the chunk there is no program that has them.
      if (past.current()?.rules.combined.size)
        combinations ??= (await import('./seldom.js')).startCombinations({
          ...deps,
          judgement: past.current,
          facts,
          happen,
        });
      // Two tasks: to make a program ready and to decide by it would hold up a slow page for too long in one.
      env.later(() => signal.aborted || programmed(read.text), 0);
      if (!isNew) return;
      await deps.store.addRows([], { program: read.text });
      tell();
    }),
  });
  programs.restore(deps.program);
  let delivered = 0;
  const tell = joinTabs(deps, async () => {
    const meta = await deps.reload();
    meet();
    programs.restore(meta.program);
    const { settled } = meta.books;
    await deps.catchUp(settled);
    if (settled <= delivered) return;
    // Another tab has delivered what was weighed here: it must not make this one refuse anything.
    delivered = settled;
    deps.weighed(await deps.store.read(settled));
  });
  // Without a program as well: a log that grows is to be pruned. Last, for if anything failed after it nobody would hear it fail.
  const loaded = past.use(
    programs.current() ?? {
      text: '',
      program: { schema: 1, site: '', version: 0, segments: {}, campaigns: [] },
    },
  );

  return {
    loaded,
    fold(rows) {
      past.fold(rows);
      // They may say who it is now, and another tab may have asked.
      personal?.refresh();
    },
    seeOwnRows(rows) {
      if (isStarted) happened(rows);
    },
    version: () => program()?.version ?? 0,
    isGoal: (name) => !!program()?.campaigns.some(({ goal }) => goal?.event === name),
    tell() {
      meet();
      tell();
    },
    received: faults.guard(async ({ program, commands }: Receipt) => {
      if (commands?.some(({ name }) => name === 'reset-identity')) await deps.reset();
      await programs.announced(program);
    }),
    show: engage.show,
    async explain(campaign) {
      const { explainCampaign } = await import('./explainCampaign.js');
      await past.refresh();
      const judgement = past.current();
      // A program that has only just arrived is not in force yet.
      const isInForce = judgement?.rules.program.version;
      return isInForce ? explainCampaign(judgement, facts(), env.now(), campaign) : null;
    },
  };
}
