import type { FunnelReport } from '../api.js';
import { DAY_MS, moment, orderedEvents, type Report } from './report.js';

export interface FunnelParams {
  /** Event names, 1-10. */
  steps: string[];
  days: number;
  windowDays: number;
}

/**
 * Persons whose first step lies in the last `days` days, and how far each got: steps in order of sequence, other events may
 * intervene, and the last one at most `windowDays` after the first. Of a person's attempts the one that got furthest counts,
 * the earliest of equals; each step is the first such event after the step before. Median times are of those attempts.
 */
export const funnel: Report<FunnelParams, FunnelReport> = async (context, { steps, days, windowDays }) => {
  const values = Object.fromEntries(steps.map((event, index) => [`step${index}`, event]));
  const [row = {}] = await context.events.rows<{ [column: string]: number | null }>(funnelSql(steps.length), {
    ...values,
    site: context.site,
    names: JSON.stringify(steps),
    from: context.nowMs - days * DAY_MS,
    window: windowDays * DAY_MS,
  });
  const people = steps.map((_, index) => row[`people${index}`] ?? 0);
  return {
    asOf: context.asOf,
    days,
    windowDays,
    steps: steps.map((event, index) => {
      const before = index === 0 ? people[0]! : people[index - 1]!;
      const dropped = before - people[index]!;
      return {
        event,
        people: people[index]!,
        share: people[0] ? people[index]! / people[0] : 0,
        dropped,
        dropOff: before ? dropped / before : 0,
        medianMs: index === 0 ? null : (row[`median${index}`] ?? null),
      };
    }),
  };
};

/** Built from the number of steps alone; their names are bound. */
function funnelSql(count: number): string {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const chain = indexes.map((index) =>
    index === 0
      ? `chain0 AS (SELECT person, n AS n0, t AS t0, t + CAST($window AS BIGINT) AS until FROM ordered WHERE name = $step0)`
      : `step${index} AS (SELECT person, n, t FROM ordered WHERE name = $step${index}),
         chain${index} AS (
           SELECT c.*, CASE WHEN e.t <= c.until THEN e.n END AS n${index},
             CASE WHEN e.t <= c.until THEN e.t END AS t${index}
           FROM chain${index - 1} c ASOF LEFT JOIN step${index} e ON c.person = e.person AND c.n${index - 1} < e.n)`,
  );
  const depth = indexes.map((index) => `CASE WHEN n${index} IS NULL THEN 0 ELSE 1 END`).join(' + ');
  const columns = indexes.map((index) =>
    index === 0
      ? 'count(*) AS people0'
      : `count(n${index}) AS people${index}, median(t${index} - t${index - 1}) AS median${index}`,
  );
  return `WITH ${orderedEvents(`e.name IN (SELECT unnest(from_json($names, '["VARCHAR"]'))) AND e.corrected >= ${moment('from')}`)},
    ${chain.join(', ')},
    best AS (SELECT * FROM chain${count - 1}
      QUALIFY row_number() OVER (PARTITION BY person ORDER BY ${depth} DESC, n0) = 1)
    SELECT ${columns.join(', ')} FROM best`;
}
