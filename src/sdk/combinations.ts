import { AUTOMATIC } from '../core/automatic.js';
import { DELAY_EVENT, saidBy, signalEvent, type Combined } from '../core/combination.js';
import type { Facts, Occasion } from '../core/decision.js';
import type { Properties, TrackedEvent } from '../core/events.js';
import { pathOf } from '../core/url.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import type { Judgement } from './pastLog.js';
import type { Fire } from './triggers.js';

interface Deps {
  env: Environment;
  signal: AbortSignal;
  faults: Faults;
  judgement: () => Judgement | undefined;
  facts: () => Facts;
  record: (event: TrackedEvent) => unknown;
  happen: (occasion: Omit<Occasion, 'now'>) => unknown;
}

/** The page's part in combinations of triggers: it notes in the log what they wait for, and wakes those that are to wait. */
export interface Combinations {
  /** A trigger that is no event has fired. */
  signalled: Fire;
  /** An event of this tab is in the log. */
  happened(event: TrackedEvent): void;
  /** Sets the timers of all that wait, on this page or since one before. */
  arm(): void;
}

/** Longer no timer can be set, ms. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export function startCombinations(deps: Deps): Combinations {
  const { env, signal, faults, judgement, facts, record, happen } = deps;
  const timers = new Map<Combined, number>();
  const disarm = () => {
    timers.forEach(env.cancel);
    timers.clear();
  };
  const wait = (combined: Combined) => {
    env.cancel(timers.get(combined));
    timers.delete(combined);
    const { rules, past } = judgement()!;
    const now = env.now();
    const due = combined.due({ past, now }, facts().visit.session);
    // The campaign may have been paused or changed meanwhile.
    if (due === undefined || !rules.combined.get(combined.names[0]!)?.includes(combined)) return;
    // Not only when the timer says so: the clock may have been set.
    if (due <= now) record({ name: DELAY_EVENT, time: now, properties: { campaign: combined.campaign } });
    else
      timers.set(
        combined,
        env.later(
          faults.guard(() => wait(combined)),
          Math.min(due - now, MAX_TIMER_MS),
        ),
      );
  };
  const awaiting = ({ name }: TrackedEvent) => judgement()?.rules.combined.get(name) ?? [];

  const signalled = ({ trigger, ...said }: Parameters<Fire>[0], times?: number) => {
    const properties: Properties = { path: pathOf(facts().page.url), ...saidBy(trigger, { ...said, times }) };
    const event: TrackedEvent = { name: signalEvent(trigger), time: env.now(), properties };
    if (awaiting(event).some((combined) => combined.awaits(event))) record(event);
  };
  const viewed = () => {
    const { rules, past } = judgement()!;
    const asks = [...rules.combined.values()].flat().find(({ returned }) => returned);
    const [times, isReturn] = asks?.returned!({ past, now: env.now() }, facts().visit.session) ?? [];
    if (isReturn) signalled({ trigger: 'backForth' }, times);
  };

  signal.addEventListener('abort', faults.guard(disarm, null) as () => void);
  return {
    arm() {
      disarm();
      const { rules } = judgement()!;
      new Set([...rules.combined.values()].flat()).forEach(wait);
    },
    signalled,
    happened(event) {
      if (event.name === AUTOMATIC.pageView) viewed();
      for (const combined of awaiting(event)) if (combined.isDelayed) wait(combined);
      if (event.name === DELAY_EVENT)
        happen({ trigger: 'delay', campaign: event.properties!.campaign as string, event });
    },
  };
}
