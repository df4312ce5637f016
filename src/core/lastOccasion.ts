import type { Combined } from './combination.js';
import type { Occasion } from './decision.js';
import type { Rules } from './rules.js';

/** For explanations: the occasion that a campaign's first combination of triggers made last, or one that it has not made. */
export function lastOccasion(
  { combined }: Rules,
  campaign: string,
  asked: Parameters<Combined['last']>[0],
  session: string,
): Occasion {
  const own = [...combined.values()].flat().find((one) => one.campaign == campaign);
  return own?.last(asked, session) ?? { now: asked.now, trigger: 'manual', campaign };
}
