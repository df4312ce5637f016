import { AUTOMATIC } from '../core/automatic.js';
import type { Combined } from '../core/combination.js';
import type { Facts, Occasion } from '../core/decision.js';
import type { Properties, TrackedEvent } from '../core/events.js';
import { pathOf } from '../core/url.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import type { Judgement } from './pastLog.js';

type Fired = Omit<Occasion, 'now'>;

interface Deps {
  env: Environment;
  faults: Faults;
  judgement: () => Judgement | undefined;
  facts: () => Facts;
  record: (event: TrackedEvent) => unknown;
  fire: (occasion: Fired) => void;
}

/** The page's part in combinations of triggers: it notes in the log what they wait for, and wakes those that are to wait. */
export interface Combinations {
  /** Something has happened that is no event. */
  signalled(occasion: Fired): void;
  /** An event of this tab is in the log. */
  happened(event: TrackedEvent): void;
  /** Sets the timers of all that are waiting, on this page or since one before. */
  arm(): void;
  disarm(): void;
}

export function startCombinations({ env, faults, judgement, facts, record, fire }: Deps): Combinations {
  let timers: number[] = [];
  const combined = (): readonly Combined[] => judgement()?.rules.combined ?? [];
  const note = (properties: Properties) =>
    void record({ name: AUTOMATIC.signal, time: env.now(), properties });
  const disarm = () => {
    timers.forEach(env.cancel);
    timers = [];
  };
  const arm = () => {
    disarm();
    for (const { id, due } of combined()) {
      const at = due(judgement()!.past, env.now(), facts().visit.session);
      if (at === undefined) continue;
      const wake = faults.guard(() => fire({ trigger: 'delay', campaign: id }));
      timers.push(env.later(wake, Math.max(0, at - env.now())));
    }
  };

  return {
    arm,
    disarm,
    signalled({ trigger, selector }) {
      const isAwaited = combined().some(({ of }) => of.some(({ on }) => on === trigger));
      if (!isAwaited || trigger === 'page' || trigger === 'event') return;
      const { signals, page } = facts();
      const value = trigger === 'visible' ? selector : signals[trigger as keyof Facts['signals']];
      note({ kind: trigger, path: pathOf(page.url), ...(value !== undefined && { value }) });
    },
    happened(event) {
      const { session } = facts().visit;
      for (const { id, trigger, delay, isCompleted } of combined())
        if (delay && isCompleted(event, judgement()!.past, env.now(), session))
          note({ kind: 'delay', campaign: id, trigger, since: event.time });
      if (event.name === AUTOMATIC.signal && event.properties?.kind === 'delay') arm();
    },
  };
}
