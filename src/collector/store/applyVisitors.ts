import { AUTOMATIC } from '../../core/automatic.js';
import { appendRows } from './appendRows.js';
import type { Sql } from './sql.js';
import { keyOf } from './eventRows.js';
import type { BatchRows } from './groupRows.js';

interface SeenVisitor {
  no: bigint;
  site: string;
  id: string;
  user: string | null;
  first: number;
  last: number;
}

/** Keeps the dictionary of visitors: first and last seen, and the user a visitor was first identified as. */
export async function applyVisitors(sql: Sql, batches: readonly BatchRows[]): Promise<void> {
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

function note(seen: Map<bigint, SeenVisitor>, { visitor: no, entry: { batch }, rows }: BatchRows): void {
  const visitor = seen.get(no) ?? {
    no,
    site: batch.site,
    id: batch.visitor,
    user: null,
    first: Infinity,
    last: -Infinity,
  };
  visitor.user ??= batch.user ?? null;
  for (const { corrected } of rows) {
    visitor.first = Math.min(visitor.first, corrected);
    visitor.last = Math.max(visitor.last, corrected);
  }
  visitor.user ??= identifiedIn(batch);
  if (visitor.first <= visitor.last) seen.set(no, visitor);
}

function identifiedIn({ rows }: BatchRows['entry']['batch']): string | null {
  for (const { events } of rows) {
    for (const { event } of events) {
      const user = event.name === AUTOMATIC.identify ? event.properties?.['user'] : undefined;
      if (typeof user === 'string' && user !== '') return user;
    }
  }
  return null;
}

function personOf({ no, site, user }: SeenVisitor): bigint {
  return user === null ? no : keyOf('user', site, user);
}
