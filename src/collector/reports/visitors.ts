import type { VisitorList } from '../api.js';
import type { Report } from './report.js';

export interface VisitorsParams {
  limit: number;
  /** Prefix of a visitor id or of a user id. */
  q?: string;
}

interface VisitorRow {
  visitor: string;
  user: string | null;
  first: number;
  last: number;
  events: number;
  sessions: number;
}

/** The visitors last seen, newest first, with all their events and distinct sessions. */
export const visitors: Report<VisitorsParams, VisitorList> = async (context, { limit, q = '' }) => {
  const rows = await context.events.rows<VisitorRow>(
    `WITH newest AS (
       SELECT no, id, "user", first, last FROM visitors
       WHERE site = $site AND ($q = '' OR starts_with(CAST(id AS VARCHAR), lower($q)) OR starts_with("user", $q))
       ORDER BY last DESC, id LIMIT CAST($limit AS INTEGER))
     SELECT CAST(n.id AS VARCHAR) AS visitor, n."user" AS "user", epoch_ms(n.first) AS first, epoch_ms(n.last) AS last,
       count(*) AS events, count(DISTINCT e.session) AS sessions
     FROM newest n JOIN events e ON e.visitor = n.no
     GROUP BY ALL ORDER BY last DESC, visitor`,
    { site: context.site, q, limit },
  );
  return {
    asOf: context.asOf,
    visitors: rows.map(({ first, last, ...row }) => ({
      visitor: row.visitor,
      user: row.user,
      firstSeen: new Date(first).toISOString(),
      lastSeen: new Date(last).toISOString(),
      events: row.events,
      sessions: row.sessions,
    })),
  };
};
