import type { Campaign } from './program.js';

/** It stands on the page, as a tab or in a slot, and covers nothing: it waits for no other message, and none waits for it. */
export const isStanding = ({ variants }: Pick<Campaign, 'variants'>): boolean =>
  ['tab', 'inline'].includes(variants[0]?.content.format as string);

/** What stands on the page is there from its start if a `page` or `manual` trigger says so. */
export function launcherTrigger(
  campaign: Pick<Campaign, 'variants' | 'triggers'>,
): 'page' | 'manual' | undefined {
  const found = isStanding(campaign) && campaign.triggers.find(({ on }) => on === 'page' || on === 'manual');
  return found ? (found.on as 'page' | 'manual') : undefined;
}

/** The element of the page an `inline` message stands in. */
export const slotSelector = (slot: string) => `[data-kikubari-slot="${slot}"]`;
