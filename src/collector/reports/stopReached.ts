import { AUTOMATIC, CONTROL } from '../../core/automatic.js';
import type { Campaign, Stop } from '../../core/program.js';
import { provenHarm } from '../../core/statistics/alwaysValid.js';
import type { StopFound } from '../store/stops.js';
import { armsOf } from './campaign.js';
import { goalCounts, peoplePerEvent } from './campaignCounts.js';
import { goalsOf, type Reached } from './goals.js';
import type { ReportContext } from './report.js';

/** Of these campaigns those of which a stop condition is met, with the first of them: the counts are those of their reports. */
export async function stopReached(
  context: ReportContext,
  campaigns: readonly Campaign[],
): Promise<Map<string, StopFound>> {
  const answered = await answeredOf(context, campaigns);
  const found = new Map<string, StopFound>();
  for (const campaign of campaigns) {
    const { id, stop = {} } = campaign;
    // The dearest of the questions: asked once, and only if it must be.
    const reached = stop.goals !== undefined || stop.harm ? await goalsOf(context, campaign) : [];
    const counts = { goals: goalCounts(reached).goal, responses: answered.get(id) ?? 0 };
    const first = limitReached(stop, counts) ?? (await harmOf(context, campaign, reached));
    if (first) found.set(id, first);
  }
  return found;
}

/** Persons who answered, by campaign. */
async function answeredOf(
  context: ReportContext,
  campaigns: readonly Campaign[],
): Promise<Map<string, number>> {
  if (campaigns.every(({ stop }) => stop?.responses === undefined)) return new Map();
  const counts = await peoplePerEvent(context, [AUTOMATIC.answer]);
  return new Map(counts.map(({ campaign, people }) => [campaign, people]));
}

function limitReached(stop: Stop, counts: { [By in 'goals' | 'responses']: number }): StopFound | undefined {
  for (const by of ['goals', 'responses'] as const) {
    const limit = stop[by];
    const found = counts[by];
    if (limit !== undefined && found >= limit) return { by, limit, found };
  }
  return undefined;
}

/** Of the variants that are still shown. */
async function harmOf(
  context: ReportContext,
  campaign: Campaign,
  reached: readonly Reached[],
): Promise<StopFound | undefined> {
  if (!campaign.stop?.harm) return undefined;
  const arms = await armsOf(context, campaign, reached);
  const control = arms.find(({ variant }) => variant === CONTROL);
  const shown = campaign.variants.filter(({ weight }) => weight !== 0).map(({ id }) => id);
  const treated = arms.filter(({ variant }) => shown.includes(variant));
  const harm = control && provenHarm(treated, control);
  return harm && { by: 'harm', ...harm };
}
