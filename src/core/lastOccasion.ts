import { isCombination, type Combined } from './combination.js';
import type { Facts, Occasion, PastEvent } from './decision.js';
import type { SimpleTrigger, Trigger } from './program.js';
import type { Rules } from './rules.js';

/** What the occasion of a trigger says of which one it is. */
export function awaitedBy(trigger: SimpleTrigger): Pick<Occasion, 'selector' | 'seconds' | 'percent'> {
  const { selector, seconds, percent } = trigger as Partial<Occasion>;
  return {
    ...(selector !== undefined && { selector }),
    ...(seconds !== undefined && { seconds }),
    ...(percent !== undefined && { percent }),
  };
}

/** The signals as they are at least when the trigger fires. */
export function signalsWith(trigger: Trigger, signals: Facts['signals']): Facts['signals'] {
  const least = (signal: 'dwell' | 'scroll' | 'idle' | 'hesitation', value: number) => ({
    ...signals,
    [signal]: Math.max(signals[signal] ?? 0, value),
  });
  if (trigger.on == 'scroll') return least('scroll', trigger.percent);
  return trigger.on == 'dwell' || trigger.on == 'idle' || trigger.on == 'hesitation'
    ? least(trigger.on, trigger.seconds)
    : signals;
}

/**
 * For explanations: the occasion that a trigger of the campaign waits for, as if it came now. Of an event it is the last one there was,
 * of a combination the one that it made last, or one that it has not made.
 */
export function lastOccasion(
  { combined, lastEvent }: Rules,
  campaign: string,
  trigger: Trigger | undefined,
  asked: Parameters<Combined['last']>[0],
  session: string,
): Occasion {
  const { past, now } = asked;
  const none: Occasion = { now, trigger: 'manual', campaign };
  if (!trigger) return none;
  if (isCombination(trigger)) {
    const own = [...combined.values()].flat().find((one) => one.campaign == campaign);
    return own?.last(asked, session) ?? none;
  }
  const occasion: Occasion = { now, trigger: trigger.on, campaign };
  Object.assign(occasion, awaitedBy(trigger));
  if (trigger.on == 'event') {
    // Nothing keeps the last one for a trigger that cannot be read.
    const index = lastEvent.get(trigger.event);
    const last = index === undefined ? undefined : (past.read(index, now, '') as PastEvent | undefined);
    occasion.event = last ?? { name: trigger.event, time: now };
  }
  return occasion;
}
