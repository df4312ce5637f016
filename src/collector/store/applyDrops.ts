import { appendRows } from './appendRows.js';
import type { SeenBatch, DropTotal } from './records.js';
import type { Sql } from './sql.js';

/** Drop counters are cumulative per device and reason, whoever its visitor is: the maximum counts, so a report sent twice counts once. */
export async function applyDrops(sql: Sql, batches: readonly SeenBatch[]): Promise<void> {
  const greatest = greatestTotals(batches);
  if (greatest.length === 0) return;
  await sql.run('DELETE FROM staged_drops');
  await appendRows(
    sql,
    'staged_drops',
    ['VARCHAR', 'VARCHAR', 'UBIGINT'],
    greatest.map(({ device, reason, total }) => [device, reason, total]),
  );
  await sql.run(`UPDATE drops SET total = greatest(drops.total, s.total)
    FROM staged_drops s WHERE drops.device = s.device AND drops.reason = s.reason`);
  await sql.run(`INSERT INTO drops SELECT s.* FROM staged_drops s
    ANTI JOIN drops d ON d.device = s.device AND d.reason = s.reason`);
}

function greatestTotals(batches: readonly SeenBatch[]): DropTotal[] {
  const greatest = new Map<string, DropTotal>();
  for (const { drops } of batches) {
    for (const drop of drops) {
      const key = `${drop.device} ${drop.reason}`;
      if (drop.total > (greatest.get(key)?.total ?? 0)) greatest.set(key, drop);
    }
  }
  return [...greatest.values()];
}
