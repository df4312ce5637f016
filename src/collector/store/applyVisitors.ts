import { AUTOMATIC } from '../../core/automatic.js';
import { appendRows } from './appendRows.js';
import type { Sql } from './database.js';
import { keyOf, type JournalEntry } from './eventRows.js';
import { correctedTime } from './correctedTime.js';

interface SeenVisitor {
  no: bigint;
  site: string;
  id: string;
  user: string | null;
  first: number;
  last: number;
}

/** Keeps the dictionary of visitors: first and last seen, and the user a visitor was first identified as. */
export async function applyVisitors(sql: Sql, entries: readonly JournalEntry[]): Promise<void> {
  const seen = new Map<bigint, SeenVisitor>();
  for (const entry of entries) note(seen, entry);
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

function note(seen: Map<bigint, SeenVisitor>, { batch, receivedAt }: JournalEntry): void {
  const no = keyOf('visitor', batch.site, batch.visitor);
  const visitor = seen.get(no) ?? {
    no,
    site: batch.site,
    id: batch.visitor,
    user: null,
    first: Infinity,
    last: -Infinity,
  };
  visitor.user ??= batch.user ?? null;
  for (const row of batch.rows) {
    for (const { event } of row.events) {
      const at = correctedTime(event.time, row, batch, receivedAt);
      visitor.first = Math.min(visitor.first, at);
      visitor.last = Math.max(visitor.last, at);
      const user = event.name === AUTOMATIC.identify ? event.properties?.['user'] : undefined;
      if (typeof user === 'string' && user !== '') visitor.user ??= user;
    }
  }
  if (visitor.first <= visitor.last) seen.set(no, visitor);
}

function personOf({ no, site, user }: SeenVisitor): bigint {
  return user === null ? no : keyOf('user', site, user);
}

/** Drop counters are cumulative per device and reason: the maximum counts, so a report sent twice counts once. */
export async function applyDrops(sql: Sql, entries: readonly JournalEntry[]): Promise<void> {
  const greatest = new Map<string, { visitor: bigint; reason: string; total: number }>();
  for (const { batch } of entries) {
    const visitor = keyOf('visitor', batch.site, batch.visitor);
    for (const [reason, total] of Object.entries(batch.dropped)) {
      const key = `${visitor} ${reason}`;
      if (total > (greatest.get(key)?.total ?? 0)) greatest.set(key, { visitor, reason, total });
    }
  }
  if (greatest.size === 0) return;
  await sql.run('DELETE FROM staged_drops');
  await appendRows(
    sql,
    'staged_drops',
    ['UBIGINT', 'VARCHAR', 'UBIGINT'],
    [...greatest.values()].map(({ visitor, reason, total }) => [visitor, reason, total]),
  );
  await sql.run(`UPDATE drops SET total = greatest(drops.total, s.total)
    FROM staged_drops s WHERE drops.visitor = s.visitor AND drops.reason = s.reason`);
  await sql.run(`INSERT INTO drops SELECT s.* FROM staged_drops s
    ANTI JOIN drops d ON d.visitor = s.visitor AND d.reason = s.reason`);
}
