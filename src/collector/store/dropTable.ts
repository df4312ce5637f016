import type { DropReason } from '../../core/events.js';
import type { Sql } from './sql.js';

/** Events that devices of a site dropped, for one reason. */
export interface DropCount {
  site: string;
  reason: string;
  events: number;
}

const KNOWN: { [Reason in DropReason]: true } = {
  queue_full: true,
  expired: true,
  too_large: true,
  invalid: true,
  no_consent: true,
  storage_failed: true,
  rejected: true,
  unreadable: true,
  stub_full: true,
};

/** The reason to count for: whoever reads a site's key in its pages can send any, and each would be a time series of its own. */
export function knownReason(reason: string): string {
  return Object.hasOwn(KNOWN, reason) ? reason : 'other';
}

/** Makes the table, or gives one from before it had sites the site of each device. */
export async function prepareDrops(sql: Sql): Promise<void> {
  await sql.run(
    'CREATE TABLE IF NOT EXISTS drops (device VARCHAR, reason VARCHAR, total UBIGINT, site VARCHAR)',
  );
  const columns = await sql.rows<{ name: string }>(
    "SELECT column_name AS name FROM duckdb_columns() WHERE table_name = 'drops' AND NOT internal",
  );
  if (columns.some(({ name }) => name === 'site')) return;
  await sql.transaction(async () => {
    await sql.run('ALTER TABLE drops ADD COLUMN site VARCHAR');
    // A device of which nothing is stored stays without: what it has dropped comes again with its next batch.
    await sql.run(`UPDATE drops SET site = found.site
      FROM (SELECT stream AS device, min(site) AS site FROM events GROUP BY stream
        UNION ALL SELECT CAST(id AS VARCHAR), min(site) FROM visitors GROUP BY id) found
      WHERE found.device = drops.device`);
  });
}

/** Per site and reason, over all devices. Reads the whole table: once at the start, afterwards what comes is added up. */
export function countDrops(sql: Sql): Promise<DropCount[]> {
  return sql.rows<DropCount>(
    'SELECT site, reason, sum(total) AS events FROM drops WHERE site IS NOT NULL GROUP BY site, reason',
  );
}
