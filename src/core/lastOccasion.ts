import { isCombination, type Combined } from './combination.js';
import type { Facts, Occasion, PastEvent } from './decision.js';
import type { SimpleTrigger, Trigger } from './program.js';
import type { Rules } from './rules.js';

/** What the occasion of a trigger says of which one it is; what is of another type makes none. */
export function awaitedBy(trigger: SimpleTrigger): Pick<Occasion, 'selector' | 'seconds' | 'percent'> {
  const { selector, seconds, percent } = trigger as Partial<Occasion>;
  return {
    ...(typeof selector == 'string' && { selector }),
    ...(typeof seconds == 'number' && { seconds }),
    ...(typeof percent == 'number' && { percent }),
  };
}

/** The signals as they are at least when the trigger fires. */
export function signalsWith(trigger: Trigger, signals: Facts['signals']): Facts['signals'] {
  const least = (signal: 'dwell' | 'scroll' | 'idle' | 'hesitation', value: number) => ({
    ...signals,
    // Of what is no number there is no least.
    [signal]: Math.max(signals[signal] ?? 0, typeof value == 'number' ? value : 0),
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
    // No event has a name that is no text, and to decide by it would throw.
    if (typeof trigger.event != 'string') return none;
    // Nothing keeps the last one for a trigger that cannot be read.
    const index = lastEvent.get(trigger.event);
    const last = index === undefined ? undefined : (past.read(index, now, '') as PastEvent | undefined);
    occasion.event = last ?? { name: trigger.event, time: now };
  }
  return occasion;
}
