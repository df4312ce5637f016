import type { Campaign, CampaignStatus } from '../../core/program.js';
import type { Sql } from './sql.js';
import { currentDocuments, putDocument, raiseProgram, writeAudit, type Change } from './settings.js';

/** Writes a new version of the campaign with this status, publishes and audits it; undefined if there is no such campaign. */
export function setCampaignStatus(
  sql: Sql,
  change: Change,
  id: string,
  status: CampaignStatus,
): Promise<{ status: CampaignStatus; version: number } | undefined> {
  return sql.transaction(async () => {
    const campaigns = await currentDocuments<Campaign>(sql, change.site, 'campaign');
    const found = campaigns.find((campaign) => campaign.id === id);
    if (!found) return undefined;
    if (found.body.status === status) return { status, version: found.version };
    const version = await putDocument(sql, change, 'campaign', id, { ...found.body, status });
    await raiseProgram(sql, change.site);
    await writeAudit(sql, change, 'status', id, `${found.body.status} -> ${status}`);
    return { status, version };
  });
}
