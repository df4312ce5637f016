import { poolState } from './coupons.js';
import type { Sql } from './sql.js';

/** A person asks for the code that a campaign gives. */
export interface CouponClaim {
  site: string;
  campaign: string;
  pool: string;
  visitor: string;
  user?: string;
}

/** A code that somebody has. */
interface Given {
  no: number;
  code: string;
  visitor: string;
  user: string | null;
}

/**
 * The code of each claim, in their order; null where the pool has none left. One transaction: when it resolves all of them are on
 * disk, and if it rejects none is given.
 */
export function claimCoupons(
  sql: Sql,
  claims: readonly CouponClaim[],
  atMs: number,
): Promise<(string | null)[]> {
  return sql.transaction(async () => {
    const codes = new Map<CouponClaim, string | null>();
    const groups = new Map<string, CouponClaim[]>();
    for (const claim of claims) {
      const key = JSON.stringify([claim.site, claim.campaign, claim.pool]);
      groups.set(key, [...(groups.get(key) ?? []), claim]);
    }
    for (const group of groups.values()) await claimTogether(sql, group, atMs, codes);
    return claims.map((claim) => codes.get(claim) ?? null);
  });
}

/** Claims of one campaign and pool. */
async function claimTogether(
  sql: Sql,
  claims: readonly CouponClaim[],
  atMs: number,
  codes: Map<CouponClaim, string | null>,
): Promise<void> {
  const { site, campaign, pool } = claims[0]!;
  const given = await givenTo(sql, claims);
  const free = await nextFree(sql, site, pool, claims.length);
  const fresh: Given[] = [];
  const named = new Set<Given>();
  for (const claim of claims) {
    const { visitor, user = null } = claim;
    let has = findGiven(given, visitor, user);
    if (has && user !== null && has.user === null) {
      // Who was a visitor only, and says now who it is, has the code on its other devices as well.
      has.user = user;
      named.add(has);
    }
    const next = has ? undefined : free.shift();
    if (next) {
      has = { ...next, visitor, user };
      given.push(has);
      fresh.push(has);
    }
    codes.set(claim, has?.code ?? null);
  }
  for (const one of named) if (!fresh.includes(one)) await nameUser(sql, { site, campaign }, one);
  if (fresh.length > 0) await store(sql, { site, campaign, pool, atMs }, fresh);
}

/** The user's own code before the browser's: a browser may have been another user's. */
function findGiven(given: readonly Given[], visitor: string, user: string | null): Given | undefined {
  return (
    (user === null ? undefined : given.find((one) => one.user === user)) ??
    given.find((one) => one.visitor === visitor && (user === null || one.user === null))
  );
}

async function givenTo(sql: Sql, claims: readonly CouponClaim[]): Promise<Given[]> {
  const { site, campaign } = claims[0]!;
  return sql.rows<Given>(
    `SELECT no, code, visitor, "user" FROM coupon_claims
     WHERE site = $site AND campaign = $campaign AND (
       visitor IN (SELECT unnest(from_json($visitors, '["VARCHAR"]')))
       OR "user" IN (SELECT unnest(from_json($users, '["VARCHAR"]'))))
     ORDER BY made, no`,
    {
      site,
      campaign,
      visitors: JSON.stringify(claims.map(({ visitor }) => visitor)),
      users: JSON.stringify(claims.flatMap(({ user }) => user ?? [])),
    },
  );
}

/** As many codes as may be needed, in the order of the pool; those that are not needed stay where they are. */
async function nextFree(
  sql: Sql,
  site: string,
  pool: string,
  count: number,
): Promise<Pick<Given, 'no' | 'code'>[]> {
  const state = await poolState(sql, site, pool);
  if (!state || state.taken === state.size) return [];
  return sql.rows<Pick<Given, 'no' | 'code'>>(
    `SELECT no, code FROM coupon_codes WHERE site = $site AND pool = $pool
       AND no > CAST($taken AS BIGINT) AND no <= CAST($taken AS BIGINT) + CAST($count AS BIGINT) ORDER BY no`,
    { site, pool, taken: state.taken, count },
  );
}

async function store(
  sql: Sql,
  { atMs, ...place }: { site: string; campaign: string; pool: string; atMs: number },
  fresh: readonly Given[],
): Promise<void> {
  await sql.run(
    `INSERT INTO coupon_claims
     SELECT $site, $campaign, $pool, one.no, one.code, one.visitor, one."user", CAST($at AS BIGINT)
     FROM (SELECT unnest(from_json($fresh, '[{"no":"BIGINT","code":"VARCHAR","visitor":"VARCHAR","user":"VARCHAR"}]')) AS one)`,
    { ...place, at: atMs, fresh: JSON.stringify(fresh) },
  );
  const { site, pool } = place;
  await sql.run(
    'UPDATE coupon_pools SET taken = taken + CAST($count AS BIGINT) WHERE site = $site AND pool = $pool',
    {
      site,
      pool,
      count: fresh.length,
    },
  );
}

async function nameUser(
  sql: Sql,
  place: { site: string; campaign: string },
  { code, user }: Given,
): Promise<void> {
  await sql.run(
    'UPDATE coupon_claims SET "user" = $user WHERE site = $site AND campaign = $campaign AND code = $code',
    { ...place, code, user },
  );
}
