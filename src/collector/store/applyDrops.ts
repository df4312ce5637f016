import { appendRows } from './appendRows.js';
import type { DropCount } from './dropTable.js';
import type { SeenBatch, DropTotal } from './records.js';
import type { Sql } from './sql.js';

const SAME = 'd.site = s.site AND d.device = s.device AND d.reason = s.reason';

/**
 * Drop counters are cumulative per device and reason, whoever its visitor is: the maximum counts, so a report sent twice counts once.
 * Resolves to what has come on top.
 */
export async function applyDrops(sql: Sql, batches: readonly SeenBatch[]): Promise<DropCount[]> {
  const greatest = greatestTotals(batches);
  if (greatest.length === 0) return [];
  await sql.run('DELETE FROM staged_drops');
  await appendRows(
    sql,
    'staged_drops',
    ['VARCHAR', 'VARCHAR', 'VARCHAR', 'UBIGINT'],
    greatest.map(({ site, device, reason, total }) => [site, device, reason, total]),
  );
  const added =
    await sql.rows<DropCount>(`SELECT s.site, s.reason, sum(s.total - coalesce(d.total, 0)) AS events
    FROM staged_drops s LEFT JOIN drops d ON ${SAME}
    WHERE s.total > coalesce(d.total, 0) GROUP BY s.site, s.reason`);
  // Devices that drop nothing more tell their old totals again and again.
  if (added.length === 0) return [];
  await sql.run(`UPDATE drops AS d SET total = greatest(d.total, s.total) FROM staged_drops s WHERE ${SAME}`);
  await sql.run(`INSERT INTO drops (site, device, reason, total)
    SELECT s.* FROM staged_drops s ANTI JOIN drops d ON ${SAME}`);
  return added;
}

type SiteDropTotal = DropTotal & Pick<DropCount, 'site'>;

function greatestTotals(batches: readonly SeenBatch[]): SiteDropTotal[] {
  const greatest = new Map<string, SiteDropTotal>();
  for (const { site, drops } of batches) {
    for (const drop of drops) {
      const key = `${site} ${drop.device} ${drop.reason}`;
      if (drop.total > (greatest.get(key)?.total ?? 0)) greatest.set(key, { ...drop, site });
    }
  }
  return [...greatest.values()];
}
