import type { Campaign } from './program.js';

export const isTabCampaign = ({ variants }: Pick<Campaign, 'variants'>): boolean =>
  variants[0]?.content.format === 'tab';

/** A tab is there from the start of the page if a `page` or `manual` trigger says so. */
export function launcherTrigger(
  campaign: Pick<Campaign, 'variants' | 'triggers'>,
): 'page' | 'manual' | undefined {
  const found =
    isTabCampaign(campaign) && campaign.triggers.find(({ on }) => on === 'page' || on === 'manual');
  return found ? (found.on as 'page' | 'manual') : undefined;
}
