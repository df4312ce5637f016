import type { Campaign } from '../../core/program.js';
import type { CampaignStop } from '../api.js';
import type { Sql } from '../store/sql.js';
import { currentDocuments, type StoredDocument } from '../store/settings.js';
import { stopsInForce } from '../store/stops.js';

export const DAY_MS = 86_400_000;

/** What every report gets. Times are ms since 1970. */
export interface ReportContext {
  /** Reads events. */
  events: Sql;
  /** Reads settings. */
  settings: Sql;
  site: string;
  nowMs: number;
  /** ISO time up to which everything acknowledged is in the numbers. */
  asOf: string;
}

/** A report: undefined if what it is about does not exist. */
export type Report<Params, Result> = (context: ReportContext, params: Params) => Promise<Result | undefined>;

/**
 * `ordered`: the site's events that `filter` admits (a constant of ours), with their person and `t`, the corrected time in ms
 * made monotone along the sequence (visitor, stream, key, idx), so that a clock set back cannot reorder a visitor's events;
 * `n` is the event's place among the person's.
 */
export function orderedEvents(filter: string): string {
  return `placed AS (
    SELECT v.person, v.id AS visitor_id, e.*,
      max(epoch_ms(e.corrected)) OVER (PARTITION BY e.visitor, e.stream ORDER BY e."key", e.idx
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS t
    FROM events e JOIN visitors v ON v.no = e.visitor
    WHERE e.site = $site AND ${filter}
  ), ordered AS (
    SELECT *, row_number() OVER (PARTITION BY person ORDER BY t, visitor, stream, "key", idx) AS n FROM placed
  )`;
}

/** SQL for a bound moment: `$name` holds ms since 1970. */
export function moment(name: string): string {
  return `CAST(epoch_ms(CAST($${name} AS BIGINT)) AS TIMESTAMP_MS)`;
}

/** UTC days, oldest first, the last one holding `nowMs`. */
export function lastDays(count: number, nowMs: number): string[] {
  return Array.from({ length: count }, (_, index) => utcDay(nowMs - (count - 1 - index) * DAY_MS));
}

export function utcDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Midnight (UTC) of the first of the last `count` days, ms since 1970. */
export function firstMomentOf(count: number, nowMs: number): number {
  return Math.floor(nowMs / DAY_MS) * DAY_MS - (count - 1) * DAY_MS;
}

export function campaignsOf({ settings, site }: ReportContext): Promise<StoredDocument<Campaign>[]> {
  return currentDocuments<Campaign>(settings, site, 'campaign');
}

/** By campaign, why the collector stopped those of these that it did. */
export async function stopsOf(
  { settings, site }: ReportContext,
  campaigns: readonly StoredDocument<Campaign>[],
): Promise<Map<string, CampaignStop>> {
  const stops = await stopsInForce(settings, site, campaigns);
  return new Map([...stops].map(([id, { version: _version, ...stop }]) => [id, stop]));
}
