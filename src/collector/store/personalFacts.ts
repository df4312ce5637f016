import type { PersonalFacts } from '../../core/decision.js';
import type { Json, Properties } from '../../core/events.js';
import type { FactsImport } from '../api.js';
import { IMPORT_LIMITS, type FactsEntry } from '../facts/importBody.js';
import { appendRows } from './appendRows.js';
import { keyOf } from './keys.js';
import { writeAudit, type Change } from './settings.js';
import type { Sql } from './sql.js';

/** `merge`: what is said is added to what is there. `replace`: it is all there is of that user. Others stay as they are in both. */
export type ImportMode = 'merge' | 'replace';

export async function preparePersonalFacts(sql: Sql): Promise<void> {
  // By the integer key: a text of each user would be read from end to end for one of them.
  await sql.run(
    'CREATE TABLE IF NOT EXISTS personal (person UBIGINT, site VARCHAR, name VARCHAR, body VARCHAR, made BIGINT)',
  );
  await sql.run(
    'CREATE TEMP TABLE IF NOT EXISTS incoming (person UBIGINT, site VARCHAR, name VARCHAR, body VARCHAR)',
  );
}

/** What is known of the user; of one who was never heard of the same as of one of whom nothing is known. */
export async function personalFactsOf(sql: Sql, site: string, user: string): Promise<PersonalFacts> {
  const [row] = await sql.rows<{ body: string }>(
    'SELECT body FROM personal WHERE person = $person AND site = $site AND name = $user',
    { person: keyOf('user', site, user), site, user },
  );
  return row ? (JSON.parse(row.body) as PersonalFacts) : { facts: {}, lists: [] };
}

/** The same of all users in a range of keys, as persons have them. */
export async function personalFactsBetween(
  sql: Sql,
  site: string,
  range: { first: string; last: string },
): Promise<Map<string, PersonalFacts>> {
  const rows = await sql.rows<{ name: string; body: string }>(
    `SELECT name, body FROM personal
     WHERE site = $site AND person BETWEEN CAST($first AS UBIGINT) AND CAST($last AS UBIGINT)`,
    { site, ...range },
  );
  return new Map(rows.map(({ name, body }) => [name, JSON.parse(body) as PersonalFacts]));
}

/** Of a user whose facts would grow beyond what pages are to load. */
export interface TooLong {
  tooLong: string;
  characters: number;
}

/** Writes checked entries in one transaction, in their order; all or none. */
export function importFacts(
  sql: Sql,
  change: Change,
  mode: ImportMode,
  entries: readonly FactsEntry[],
): Promise<FactsImport | TooLong> {
  return sql.transaction(async () => {
    const { site } = change;
    const rows = (all: Iterable<[user: string, body: string]>) =>
      [...all].map(([user, body]) => [keyOf('user', site, user), site, user, body]);
    const users = new Map(entries.map(({ user }) => [user, ''] as [string, string]));
    await sql.run('DELETE FROM incoming');
    await appendRows(sql, 'incoming', ['UBIGINT', 'VARCHAR', 'VARCHAR', 'VARCHAR'], rows(users));
    const known = mode === 'replace' ? new Map<string, PersonalFacts>() : await knownOf(sql);
    for (const entry of entries) {
      const before = known.get(entry.user);
      const after = next(before, entry, mode);
      const characters = lengthOf(after);
      // Each part was short enough. What was stored as too long by an earlier version may still shrink.
      if (characters > IMPORT_LIMITS.factsCharacters && characters > lengthOf(before))
        return { tooLong: entry.user, characters };
      known.set(entry.user, after);
    }
    await sql.run(`DELETE FROM personal WHERE EXISTS
      (SELECT 1 FROM incoming i WHERE i.person = personal.person AND i.site = personal.site AND i.name = personal.name)`);
    const kept = [...known].filter(
      ([, { facts, lists }]) => lists.length > 0 || Object.keys(facts).length > 0,
    );
    await sql.run('DELETE FROM incoming');
    await appendRows(
      sql,
      'incoming',
      ['UBIGINT', 'VARCHAR', 'VARCHAR', 'VARCHAR'],
      rows(kept.map(([user, body]) => [user, JSON.stringify(body)])),
    );
    // In order, so that to find one user few blocks need be read.
    await sql.run('INSERT INTO personal SELECT person, site, name, body, $at FROM incoming ORDER BY person', {
      at: change.atMs,
    });
    await sql.run('DELETE FROM incoming');
    const result = { stored: kept.length, removed: known.size - kept.length };
    await writeAudit(
      sql,
      change,
      'import',
      'facts',
      `${mode}: ${result.stored} users, ${result.removed} removed`,
    );
    return result;
  });
}

const lengthOf = (known: PersonalFacts | undefined) => JSON.stringify(known?.facts ?? {}).length;

async function knownOf(sql: Sql): Promise<Map<string, PersonalFacts>> {
  const rows = await sql.rows<{ name: string; body: string }>(
    `SELECT p.name, p.body FROM personal p JOIN incoming i
     ON i.person = p.person AND i.site = p.site AND i.name = p.name`,
  );
  return new Map(rows.map(({ name, body }) => [name, JSON.parse(body) as PersonalFacts]));
}

function next(
  before: PersonalFacts | undefined,
  { facts, lists }: FactsEntry,
  mode: ImportMode,
): PersonalFacts {
  const { facts: known, lists: in_ } =
    mode === 'merge' && before ? before : { facts: {}, lists: [] as string[] };
  return {
    facts: facts === null ? {} : facts === undefined ? known : (merged(known, facts) as Properties),
    lists: lists ? [...new Set(lists)] : in_,
  };
}

/** JSON Merge Patch (RFC 7396): objects are merged, `null` removes, all else replaces. */
function merged(target: Json | undefined, patch: Json): Json {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const isObject = typeof target === 'object' && target !== null && !Array.isArray(target);
  const result: Properties = isObject ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = merged(result[name], value);
  }
  return result;
}
