import type { Occasion } from '../core/decision.js';
import { AUTOMATIC } from '../core/automatic.js';
import type { Properties, Purpose, TrackedEvent } from '../core/events.js';
import type { Program } from '../core/program.js';
import type { EngineDeps } from './engine.js';
import type { Environment } from './environment.js';
import { createEngage } from './engage.js';
import type { Shown } from './engage.js';
import type { Faults } from './faults.js';
import { watchManner } from './manner.js';
import type { Page } from './page.js';
import { createPast, factsOf } from './past.js';
import type { Store, StoredRow } from './store.js';
import { createTriggers } from './triggers.js';
import type { Explanation, MessageNotice, Notice } from './types.js';
import type { Visitor } from './visitor.js';

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
  /** The log as it was at the start. */
  rows: StoredRow[];
  page: Page;
  granted: () => Purpose[];
  program: () => Program | undefined;
  claim: (event: TrackedEvent, allows: () => boolean) => Promise<boolean>;
  record: (event: TrackedEvent) => unknown;
  notify: (notice: Notice, detail: MessageNotice) => void;
}

export interface Engagement {
  /** Rows of this tab are in the log. */
  happened(rows: StoredRow[]): void;
  /** A program came into force. */
  programmed(): void;
  show(campaign: string): Promise<Shown>;
  explain(campaign: string): Promise<Explanation | null>;
}

/** A log this long is worth the chunk that prunes it. */
const MANY_ROWS = 1000;
/** Only these need the device chunk. */
const LAZY_FACTS = /"device":"(os|browser|timeZone)"/;

/** The deciding half: triggers, decisions and messages. A chunk of its own, loaded when the site has a campaign. */
export function startEngagement(deps: EngagementDeps): Engagement {
  const { env, signal, faults, visitor, page } = deps;
  const program = () => deps.program() && usable(deps.program()!);
  const history = createPast(visitor.past);
  let details: Properties = {};
  const facts = () => factsOf(visitor, page.current(), details, deps.granted(), env.now());
  const engage = createEngage({
    loadMessages: () => import('./messages/mount.js'),
    loadSurvey: () => import('./messages/survey.js'),
    program,
    history,
    facts,
    now: env.now,
    uuid: env.uuid,
    claim: deps.claim,
    record: deps.record,
    track: (name) => deps.record({ name, time: env.now() }),
    notify: deps.notify,
  });

  let occasions: Promise<unknown> = Promise.resolve();
  // One after the other: each decision must see the exposure of the one before.
  const next = (run: () => Promise<unknown>) =>
    (occasions = occasions.then(() => (signal.aborted ? undefined : run())).catch(faults.fail));
  const happen = (occasion: Omit<Occasion, 'now'>) => next(() => engage.occasion(occasion));

  const manner = watchManner(env, faults, page, signal);
  const triggers = createTriggers({
    env,
    signal,
    faults,
    fire: (occasion) => void happen(occasion),
    onExit: manner.exiting,
  });
  const arm = () => {
    manner.start();
    triggers.arm(program(), page.current().since);
  };
  manner.start();
  page.onScroll(triggers.scrolled);
  signal.addEventListener('abort', () => {
    triggers.disarm();
    engage.clear();
  });

  const prune = faults.guard(async () => {
    if (deps.rows.length < MANY_ROWS) return;
    const { prune } = await import('./retention.js');
    await prune(deps.store, deps.rows, visitor.who().visitor, env.now());
  });
  prune();

  let isStarted = false;
  const happened = (rows: StoredRow[]) => {
    if (!isStarted) return;
    for (const event of rows.flatMap(({ events }) => events)) {
      if (event.name === AUTOMATIC.pageView) {
        arm();
        void happen({ trigger: 'page' });
        void next(engage.launchers);
      }
      void happen({ trigger: 'event', event });
    }
  };

  return {
    happened,
    programmed() {
      void next(async () => {
        if (LAZY_FACTS.test(JSON.stringify(program())))
          details = (await import('./device.js')).readDeviceDetails();
      });
      arm();
      if (isStarted) return void next(engage.launchers);
      isStarted = true;
      // What this page wrote before there was anything to decide.
      happened(visitor.past().filter((row) => row.page === page.current().id));
    },
    show: engage.show,
    async explain(campaign) {
      const { explainCampaign } = await import('./explainCampaign.js');
      return explainCampaign(program()!, history(), facts(), env.now(), campaign);
    },
  };
}

/** The program without campaigns that lack the few fields the code relies on. */
function usable(program: Program): Program {
  const campaigns = program.campaigns.filter(
    (campaign) =>
      typeof campaign?.id === 'string' &&
      Array.isArray(campaign.triggers) &&
      campaign.triggers.every((trigger) => typeof trigger?.on === 'string') &&
      Array.isArray(campaign.variants) &&
      campaign.variants.every((variant) => Array.isArray(variant?.content?.cards)),
  );
  return { ...program, segments: program.segments ?? {}, campaigns };
}
