import { appendRows } from './appendRows.js';
import type { Sql } from './sql.js';
import type { SeenBatch } from './records.js';
import { keyOf } from './keys.js';

interface SeenVisitor {
  no: bigint;
  site: string;
  id: string;
  user: string | null;
  first: number;
  last: number;
}

/** Keeps the dictionary of visitors: first and last seen, and the user a visitor was first identified as. */
export async function applyVisitors(sql: Sql, batches: readonly SeenBatch[]): Promise<void> {
  const seen = new Map<bigint, SeenVisitor>();
  for (const batch of batches) note(seen, batch);
  await sql.run('DELETE FROM staged_visitors');
  await appendRows(
    sql,
    'staged_visitors',
    ['UBIGINT', 'VARCHAR', 'UUID', 'VARCHAR', 'UBIGINT', 'TIMESTAMP_MS', 'TIMESTAMP_MS'],
    [...seen.values()].map((one) => [one.no, one.site, one.id, one.user, personOf(one), one.first, one.last]),
  );
  await sql.run(`UPDATE visitors SET
      first = least(visitors.first, s.first), last = greatest(visitors.last, s.last),
      person = CASE WHEN visitors."user" IS NULL THEN s.person ELSE visitors.person END,
      "user" = coalesce(visitors."user", s."user")
    FROM staged_visitors s WHERE visitors.no = s.no`);
  await sql.run('INSERT INTO visitors SELECT s.* FROM staged_visitors s ANTI JOIN visitors v ON v.no = s.no');
}

function note(seen: Map<bigint, SeenVisitor>, batch: SeenBatch): void {
  if (batch.first > batch.last) return;
  const { visitor: no, site, id, user, first, last } = batch;
  const known = seen.get(no);
  if (!known) return void seen.set(no, { no, site, id, user, first, last });
  known.user ??= user;
  known.first = Math.min(known.first, first);
  known.last = Math.max(known.last, last);
}

function personOf({ no, site, user }: SeenVisitor): bigint {
  return user === null ? no : keyOf('user', site, user);
}
