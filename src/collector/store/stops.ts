import type { Difference } from '../../core/statistics/alwaysValid.js';
import type { Campaign, PublishedCampaign, Stop, Stopped } from '../../core/program.js';
import {
  currentDocuments,
  putDocument,
  raiseProgram,
  writeAudit,
  type Change,
  type StoredDocument,
} from './settings.js';
import type { Sql } from './sql.js';

/** What has been reached of a campaign's stop conditions. */
export interface StopFound extends Omit<Stopped, 'at'> {
  /** Of persons, as it was counted. */
  found?: number;
  /** For harm: of the variant's share of goals and the control group's. */
  difference?: Difference;
}

/** A stop as it is kept: a document of its own, beside the campaign it is about. */
export interface StopRecord extends StopFound, Stopped {
  /** Of the campaign, at that time. */
  version: number;
}

export interface StoredCampaign extends PublishedCampaign {
  stopped?: StopRecord;
}

/** The newest version of every campaign of a site, with the stop that is in force. */
export async function storedCampaigns(sql: Sql, site: string): Promise<StoredCampaign[]> {
  const campaigns = await currentDocuments<Campaign>(sql, site, 'campaign');
  const stops = await stopsInForce(sql, site, campaigns);
  return campaigns.map(({ id, version, body }) => {
    const stopped = stops.get(id);
    return { ...body, version, ...(stopped && { stopped }) };
  });
}

/** By campaign, of these those that are stopped. */
export async function stopsInForce(
  sql: Sql,
  site: string,
  campaigns: readonly StoredDocument<Campaign>[],
): Promise<Map<string, StopRecord>> {
  const bodies = new Map(campaigns.map(({ id, body }) => [id, body]));
  const inForce = (await currentDocuments<StopRecord>(sql, site, 'stop')).filter(({ id, body }) => {
    const campaign = bodies.get(id);
    return campaign && isInForce(body, campaign);
  });
  return new Map(inForce.map(({ id, body }) => [id, body]));
}

/** Whether there is something to watch it for. */
export function mayBeStopped({ status, stop, stopped }: StoredCampaign): boolean {
  return status === 'live' && !!stop && !stopped;
}

/** Whoever asks for more than was found, in whatever way the document is changed, lets the campaign go on. */
function isInForce({ by, found = 0, variant }: StopRecord, { stop = {}, variants }: Campaign): boolean {
  if (by === 'harm') return !!stop.harm && variants.some(({ id, weight }) => id === variant && weight !== 0);
  const limit = stop[by];
  return limit !== undefined && limit <= found;
}

/** Keeps that a campaign was stopped and publishes it; false if it is not the version any more that was looked at. */
export function recordStop(sql: Sql, change: Change, id: string, record: StopRecord): Promise<boolean> {
  return sql.transaction(async () => {
    const current = (await storedCampaigns(sql, change.site)).find((one) => one.id === id);
    if (current?.version !== record.version || current.stopped || current.status !== 'live') return false;
    await putDocument(sql, change, 'stop', id, record);
    await raiseProgram(sql, change.site);
    await writeAudit(sql, change, 'stop', id, stopDetail(record));
    return true;
  });
}

/** What was reached, for the audit and the log. */
export function stopDetail({ by, found, limit, variant }: StopFound): string {
  return by === 'harm' ? `harm: variant ${variant}` : `${by}: ${found} of ${limit}`;
}

/** Writes a version of the campaign with these stop conditions, publishes and audits it. */
export function putStop(
  sql: Sql,
  change: Change,
  id: string,
  stop: Stop | null,
): Promise<number | undefined> {
  return sql.transaction(async () => {
    const found = (await currentDocuments<Campaign>(sql, change.site, 'campaign')).find(
      (campaign) => campaign.id === id,
    );
    if (!found) return undefined;
    const { stop: before, ...body } = found.body;
    const version = await putDocument(sql, change, 'campaign', id, { ...body, ...(stop && { stop }) });
    await raiseProgram(sql, change.site);
    const [from, to] = [before ?? null, stop].map((one) => JSON.stringify(one));
    await writeAudit(sql, change, 'stop conditions', id, `${from} -> ${to}`);
    return version;
  });
}
