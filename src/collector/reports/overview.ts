import type { Overview } from '../api.js';
import { firstMomentOf, lastDays, moment, type Report, type ReportContext } from './report.js';

const DAYS = 14;

interface DayRow {
  day: string;
  visitors: number;
  sessions: number;
  purchases: number;
}

/**
 * The last 14 UTC days by corrected time. Visitors are browsers; sessions are distinct session ids; a purchase is a distinct
 * `transaction_id` of event `purchase` (each event without one is its own); revenue sums the first `value` of each.
 */
export const overview: Report<object, Overview> = async (context) => {
  const [total] = await context.events.rows<{ visitors: number; sessions: number; events: number }>(
    `SELECT count(DISTINCT visitor) AS visitors, count(DISTINCT (visitor, session)) AS sessions, count(*) AS events
     FROM events WHERE site = $site AND corrected >= ${moment('from')}`,
    periodOf(context),
  );
  const [bought] = await context.events.rows<{ purchases: number; revenue: number | null }>(
    `WITH ${PURCHASES} SELECT count(*) AS purchases, sum(value) AS revenue FROM purchases`,
    periodOf(context),
  );
  return {
    asOf: context.asOf,
    visitors: total?.visitors ?? 0,
    sessions: total?.sessions ?? 0,
    events: total?.events ?? 0,
    purchases: bought?.purchases ?? 0,
    revenue: bought?.revenue ?? 0,
    daily: await dailyRows(context),
  };
};

/** One row per transaction: its first report wins. */
const PURCHASES = `purchases AS (
  SELECT min(corrected) AS corrected, min_by(coalesce(value, 0), (corrected, id)) AS value
  FROM events WHERE site = $site AND name = 'purchase' AND corrected >= ${moment('from')}
  GROUP BY coalesce(json_extract_string(props, '$.transaction_id'), CAST(id AS VARCHAR))
)`;

async function dailyRows(context: ReportContext): Promise<DayRow[]> {
  const seen = await context.events.rows<DayRow>(
    `SELECT strftime(corrected, '%Y-%m-%d') AS day, count(DISTINCT visitor) AS visitors,
       count(DISTINCT (visitor, session)) AS sessions
     FROM events WHERE site = $site AND corrected >= ${moment('from')} GROUP BY day`,
    periodOf(context),
  );
  const bought = await context.events.rows<{ day: string; purchases: number }>(
    `WITH ${PURCHASES} SELECT strftime(corrected, '%Y-%m-%d') AS day, count(*) AS purchases FROM purchases GROUP BY day`,
    periodOf(context),
  );
  const byDay = new Map(seen.map((row) => [row.day, row]));
  const purchasesByDay = new Map(bought.map((row) => [row.day, row.purchases]));
  return lastDays(DAYS, context.nowMs).map((day) => ({
    day,
    visitors: byDay.get(day)?.visitors ?? 0,
    sessions: byDay.get(day)?.sessions ?? 0,
    purchases: purchasesByDay.get(day) ?? 0,
  }));
}

function periodOf({ site, nowMs }: ReportContext) {
  return { site, from: firstMomentOf(DAYS, nowMs) };
}
