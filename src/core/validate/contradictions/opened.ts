import type { Action } from '../../content.js';
import type { Campaign } from '../../program.js';
import type { Report } from '../report.js';

/** Of buttons that open another campaign, where none of the file can be opened so. What one campaign alone opens stands in other files. */
export function warnOfOpened(campaigns: readonly Campaign[], report: Report): void {
  if (campaigns.length < 2) return;
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  campaigns.forEach((campaign, index) => {
    if (campaign.status === 'ended') return;
    for (const { path, action } of actionsOf(campaign)) {
      const problem = action.do === 'open' && problemWith(byId.get(action.campaign));
      if (problem) report(`campaigns[${index}].${path}.campaign`, action.campaign, problem, 'warning');
    }
  });
}

function problemWith(opened: Campaign | undefined): string | undefined {
  if (!opened)
    return 'is no campaign of this file, so the button does nothing unless the site has it already; check the id, or add it';
  if (opened.status === 'ended')
    return 'has ended, so the button does nothing; choose another campaign, or remove the button';
  if (!opened.triggers.some(({ on }) => on === 'manual'))
    return 'waits for other triggers than a button; add {"on": "manual"} to its triggers';
  return undefined;
}

const actionsOf = ({ variants }: Campaign): { path: string; action: Action }[] =>
  variants.flatMap(({ content }, variant) =>
    content.cards.flatMap(({ blocks }, card) =>
      blocks.flatMap((block, at) =>
        block.block === 'buttons'
          ? block.buttons.map(({ action }, button) => ({
              path: `variants[${variant}].content.cards[${card}].blocks[${at}].buttons[${button}].action`,
              action,
            }))
          : [],
      ),
    ),
  );
