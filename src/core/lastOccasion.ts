import { isCombination, type Combined } from './combination.js';
import type { Occasion, PastEvent } from './decision.js';
import type { Trigger } from './program.js';
import type { Rules } from './rules.js';

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
  if (trigger.on == 'visible') occasion.selector = trigger.selector;
  if (trigger.on == 'event') {
    // Nothing keeps the last one for a trigger that cannot be read.
    const index = lastEvent.get(trigger.event);
    const last = index === undefined ? undefined : (past.read(index, now, '') as PastEvent | undefined);
    occasion.event = last ?? { name: trigger.event, time: now };
  }
  return occasion;
}
