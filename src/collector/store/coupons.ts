import type { CouponPool, CouponUpload } from '../api.js';
import { writeAudit, type Change } from './settings.js';
import type { Sql } from './sql.js';

/** The first of the codes that another pool has, and that pool. */
export interface Elsewhere {
  elsewhere: number;
  pool: string;
}

/** Codes of a pool are numbered from 1 and given in that order, so `taken` tells which are left. */
export async function prepareCoupons(sql: Sql): Promise<void> {
  await sql.run(
    'CREATE TABLE IF NOT EXISTS coupon_pools (site VARCHAR, pool VARCHAR, size BIGINT, taken BIGINT)',
  );
  await sql.run(
    'CREATE TABLE IF NOT EXISTS coupon_codes (site VARCHAR, pool VARCHAR, no BIGINT, code VARCHAR)',
  );
  await sql.run(`CREATE TABLE IF NOT EXISTS coupon_claims
    (site VARCHAR, campaign VARCHAR, pool VARCHAR, no BIGINT, code VARCHAR, visitor VARCHAR, "user" VARCHAR, made BIGINT)`);
}

export async function couponPools(sql: Sql, site: string): Promise<CouponPool[]> {
  const rows = await sql.rows<{ pool: string; size: number; claimed: number }>(
    'SELECT pool, size, taken AS claimed FROM coupon_pools WHERE site = $site ORDER BY pool',
    { site },
  );
  return rows.map((row) => ({ ...row, left: row.size - row.claimed }));
}

/** Adds codes to a pool, all or none; a code that is there already stays what it is, so that an upload may be repeated. */
export function addCoupons(
  sql: Sql,
  change: Change,
  pool: string,
  codes: readonly string[],
): Promise<CouponUpload | Elsewhere> {
  const { site } = change;
  return sql.transaction(async () => {
    const there = await sql.rows<{ code: string; pool: string }>(
      `SELECT code, pool FROM coupon_codes
       WHERE site = $site AND code IN (SELECT unnest(from_json($codes, '["VARCHAR"]')))`,
      { site, codes: JSON.stringify(codes) },
    );
    const places = new Map(there.map((one) => [one.code, one.pool]));
    // In two pools it would be given to two persons.
    const elsewhere = codes.findIndex((code) => places.has(code) && places.get(code) !== pool);
    if (elsewhere >= 0) return { elsewhere, pool: places.get(codes[elsewhere]!)! };
    const fresh = [...new Set(codes)].filter((code) => !places.has(code));
    const before = await poolState(sql, site, pool);
    if (fresh.length > 0) {
      if (!before) await sql.run('INSERT INTO coupon_pools VALUES ($site, $pool, 0, 0)', { site, pool });
      await sql.run(
        `INSERT INTO coupon_codes SELECT $site, $pool, CAST($size AS BIGINT) + generate_subscripts(codes, 1), unnest(codes)
         FROM (SELECT from_json($codes, '["VARCHAR"]') AS codes)`,
        { site, pool, size: before?.size ?? 0, codes: JSON.stringify(fresh) },
      );
      await sql.run(
        'UPDATE coupon_pools SET size = size + CAST($added AS BIGINT) WHERE site = $site AND pool = $pool',
        { site, pool, added: fresh.length },
      );
      await writeAudit(sql, change, 'coupons', pool, `${fresh.length} codes`);
    }
    const size = (before?.size ?? 0) + fresh.length;
    const claimed = before?.taken ?? 0;
    return {
      pool,
      size,
      claimed,
      left: size - claimed,
      added: fresh.length,
      known: codes.length - fresh.length,
    };
  });
}

export interface PoolState {
  size: number;
  taken: number;
}

export async function poolState(sql: Sql, site: string, pool: string): Promise<PoolState | undefined> {
  const [state] = await sql.rows<PoolState>(
    'SELECT size, taken FROM coupon_pools WHERE site = $site AND pool = $pool',
    { site, pool },
  );
  return state;
}
