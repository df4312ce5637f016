import type { Occasion } from '../core/decision.js';
import { AUTOMATIC } from '../core/automatic.js';
import type { Purpose, TrackedEvent } from '../core/events.js';
import type { Program } from '../core/program.js';
import type { Environment } from './environment.js';
import { createEngage } from './engage.js';
import type { Chunks, Shown } from './engage.js';
import type { Faults } from './faults.js';
import type { Page } from './page.js';
import { createPast, factsOf } from './past.js';
import { createTriggers } from './triggers.js';
import type { Explanation, MessageNotice, Notice } from './types.js';
import type { Visitor } from './visitor.js';

/** Lazy chunks beyond the messages. */
export interface DecidingChunks extends Chunks {
  loadExplain: () => Promise<Pick<typeof import('./explainCampaign.js'), 'explainCampaign'>>;
  loadDevice: () => Promise<Pick<typeof import('./device.js'), 'readDeviceDetails'>>;
}

export interface EngagementDeps {
  env: Environment;
  signal: AbortSignal;
  faults: Faults;
  chunks: DecidingChunks;
  visitor: Visitor;
  page: Page;
  granted: () => Purpose[];
  program: () => Program | undefined;
  claim: (event: TrackedEvent, allows: () => boolean) => Promise<boolean>;
  record: (event: TrackedEvent) => void;
  notify: (notice: Notice, detail: MessageNotice) => void;
}

export interface Engagement {
  /** An event is in the log. */
  happened(event: TrackedEvent): void;
  /** A program came into force; `isLate`: after the page's view was written. */
  programmed(isLate: boolean): Promise<void>;
  show(campaign: string): Promise<Shown>;
  explain(campaign: string): Promise<Explanation | null>;
}

/** Only these need the device chunk. */
const LAZY_FACTS = /"device":"(os|browser|timeZone)"/;

/** The deciding half: triggers, decisions and messages. A chunk of its own, loaded when the site has a campaign. */
export function startEngagement(deps: EngagementDeps): Engagement {
  const { env, signal, faults, chunks, visitor, page, program } = deps;
  const history = createPast(visitor.past);
  const facts = () => factsOf(visitor, page.current(), deps.granted(), env.now());
  const engage = createEngage({
    ...chunks,
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

  const triggers = createTriggers({
    env,
    signal,
    guard: faults.guard,
    fire: (occasion) => void happen(occasion),
    onExit: () => (page.current().isExiting = true),
  });
  const arm = () => {
    page.current().isExiting ??= false;
    triggers.arm(program(), page.current().since);
  };
  page.onScroll(triggers.scrolled);
  signal.addEventListener('abort', () => {
    triggers.disarm();
    engage.clear();
  });

  return {
    happened(event) {
      if (event.name === AUTOMATIC.pageView) {
        arm();
        void happen({ trigger: 'page' });
        void next(engage.launchers);
      }
      void happen({ trigger: 'event', event });
    },
    async programmed(isLate) {
      if (LAZY_FACTS.test(JSON.stringify(program()))) visitor.learn((await chunks.loadDevice()).readDeviceDetails());
      arm();
      if (isLate) await next(engage.launchers);
    },
    show: engage.show,
    async explain(campaign) {
      const { explainCampaign } = await chunks.loadExplain();
      return explainCampaign(program()!, history(), facts(), env.now(), campaign);
    },
  };
}
