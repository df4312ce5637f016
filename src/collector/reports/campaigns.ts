import type { CampaignList } from '../api.js';
import { campaignCounts } from './campaignCounts.js';
import { campaignsOf, stopsOf, type Report } from './report.js';

/** Every campaign of the site, highest priority first, with its counts (see `campaignCounts.ts`). */
export const campaigns: Report<object, CampaignList> = async (context) => {
  const documents = await campaignsOf(context);
  const counts = await campaignCounts(
    context,
    documents.map(({ body }) => body),
  );
  const stops = await stopsOf(context, documents);
  const rows = documents.map(({ id, version, body }) => ({
    id,
    name: body.name,
    status: body.status,
    version,
    format: body.variants[0]?.content.format ?? 'modal',
    priority: body.priority ?? 0,
    counts: counts.get(id)!,
    ...(stops.has(id) && { stopped: stops.get(id)! }),
  }));
  return {
    asOf: context.asOf,
    campaigns: rows.sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1)),
  };
};
