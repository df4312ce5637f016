import { AUTOMATIC, CONTROL } from '../../core/automatic.js';
import type { CampaignCounts } from '../api.js';
import type { Campaign } from '../../core/program.js';
import { FIRST_EXPOSURE } from './firstExposure.js';
import { goalsOf, type Reached } from './goals.js';
import type { ReportContext } from './report.js';

/** Which event counts as what. */
const COUNTED: { [name: string]: 'shown' | 'clicked' | 'closed' | 'answered' | 'completed' } = {
  [AUTOMATIC.impression]: 'shown',
  [AUTOMATIC.click]: 'clicked',
  [AUTOMATIC.close]: 'closed',
  [AUTOMATIC.answer]: 'answered',
  [AUTOMATIC.complete]: 'completed',
};

/**
 * Counts of persons per campaign, since the campaign began: exposed (all arms), control, and those with at least one
 * impression, click, close, answer, completion; goal as `goals.ts` defines it.
 */
export async function campaignCounts(
  context: ReportContext,
  campaigns: readonly Campaign[],
): Promise<Map<string, CampaignCounts>> {
  const counts = new Map(campaigns.map(({ id }) => [id, emptyCounts()]));
  for (const { campaign, name, people } of await peoplePerEvent(context, Object.keys(COUNTED))) {
    const column = COUNTED[name];
    const ofCampaign = counts.get(campaign);
    if (ofCampaign && column) ofCampaign[column] = people;
  }
  for (const { campaign, exposed, control } of await peoplePerArm(context)) {
    Object.assign(counts.get(campaign) ?? {}, { exposed, control });
  }
  for (const campaign of campaigns) {
    Object.assign(counts.get(campaign.id)!, goalCounts(await goalsOf(context, campaign)));
  }
  return counts;
}

export function goalCounts(reached: readonly Reached[]): { goal: number; goalValue: number } {
  return {
    goal: new Set(reached.map(({ person }) => person)).size,
    goalValue: reached.reduce((sum, { value }) => sum + value, 0),
  };
}

function emptyCounts(): CampaignCounts {
  return {
    exposed: 0,
    control: 0,
    shown: 0,
    clicked: 0,
    closed: 0,
    answered: 0,
    completed: 0,
    goal: 0,
    goalValue: 0,
  };
}

/** Persons with at least one of each of these events of a campaign. */
export function peoplePerEvent({ events, site }: ReportContext, names: readonly string[]) {
  return events.rows<{ campaign: string; name: string; people: number }>(
    `SELECT e.campaign, e.name, count(DISTINCT v.person) AS people
     FROM events e JOIN visitors v ON v.no = e.visitor
     WHERE e.site = $site AND e.campaign IS NOT NULL
       AND e.name IN (SELECT unnest(from_json($names, '["VARCHAR"]')))
     GROUP BY e.campaign, e.name`,
    { site, names: JSON.stringify(names) },
  );
}

function peoplePerArm({ events, site }: ReportContext) {
  return events.rows<{ campaign: string; exposed: number; control: number }>(
    `WITH ${FIRST_EXPOSURE}
     SELECT campaign, count(*) AS exposed, count(*) FILTER (variant = '${CONTROL}') AS control
     FROM first_exposure GROUP BY campaign`,
    { site },
  );
}
