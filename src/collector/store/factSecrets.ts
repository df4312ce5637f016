import { writeAudit, type Change } from './settings.js';
import type { Sql } from './sql.js';

/** While the site's servers change over, tokens of the old secret and of the new one are good. */
const SECRETS_PER_SITE = 2;

/** A secret by which the site's servers sign tokens for `GET /v1/facts`. */
export interface FactSecret {
  id: string;
  secret: string;
  /** ms since 1970. */
  created: number;
}

export async function prepareFactSecrets(sql: Sql): Promise<void> {
  await sql.run(
    'CREATE TABLE IF NOT EXISTS fact_secrets (site VARCHAR, id VARCHAR, secret VARCHAR, created BIGINT)',
  );
}

/** Newest first. */
export function factSecretsOf(sql: Sql, site: string): Promise<FactSecret[]> {
  return sql.rows<FactSecret>(
    'SELECT id, secret, created FROM fact_secrets WHERE site = $site ORDER BY created DESC, id',
    { site },
  );
}

/** Adds a secret; of those before only the newest stays good. */
export function addFactSecret(sql: Sql, change: Change, id: string, secret: string): Promise<void> {
  const { site, atMs } = change;
  return sql.transaction(async () => {
    const before = await factSecretsOf(sql, site);
    for (const old of before.slice(SECRETS_PER_SITE - 1)) await remove(sql, site, old.id);
    // Two of one moment would have no order.
    const created = Math.max(atMs, (before[0]?.created ?? 0) + 1);
    await sql.run('INSERT INTO fact_secrets VALUES ($site, $id, $secret, $created)', {
      site,
      id,
      secret,
      created,
    });
    await writeAudit(sql, change, 'create', 'facts secret', id);
  });
}

/** Ends a secret and all tokens signed with it; false if there is none of that id. */
export function removeFactSecret(sql: Sql, change: Change, id: string): Promise<boolean> {
  return sql.transaction(async () => {
    const removed = await remove(sql, change.site, id);
    if (removed) await writeAudit(sql, change, 'remove', 'facts secret', id);
    return removed;
  });
}

async function remove(sql: Sql, site: string, id: string): Promise<boolean> {
  return (await sql.run('DELETE FROM fact_secrets WHERE site = $site AND id = $id', { site, id })) > 0;
}
