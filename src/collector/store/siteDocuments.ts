import type { Condition } from '../../core/conditions.js';
import type { Theme } from '../../core/content.js';
import type { Properties } from '../../core/events.js';
import type { Limits, Program } from '../../core/program.js';
import { currentDocuments } from './settings.js';
import type { Sql } from './sql.js';
import { storedCampaigns, type StoredCampaign } from './stops.js';

/** What conditions may name. */
export type Definitions = Pick<Program, 'segments' | 'facts'>;

/** Everything a site's program is compiled from. */
export interface SiteDocuments extends Definitions, Pick<Program, 'limits' | 'theme'> {
  campaigns: StoredCampaign[];
}

/** Segments and public facts of a site as they are now. */
export async function definitionsOf(sql: Sql, site: string): Promise<Definitions> {
  const segments = await currentDocuments<Condition>(sql, site, 'segment');
  const [facts] = await currentDocuments<Properties>(sql, site, 'facts');
  return {
    segments: Object.fromEntries(segments.map(({ id, body }) => [id, body])),
    ...(facts && { facts: facts.body }),
  };
}

export async function siteDocuments(sql: Sql, site: string): Promise<SiteDocuments> {
  const [limits] = await currentDocuments<Limits>(sql, site, 'limits');
  const [theme] = await currentDocuments<Theme>(sql, site, 'theme');
  return {
    campaigns: await storedCampaigns(sql, site),
    ...(await definitionsOf(sql, site)),
    ...(limits && { limits: limits.body }),
    ...(theme && { theme: theme.body }),
  };
}
