import { AUTOMATIC } from '../../core/automatic.js';
import { appendRows } from './appendRows.js';
import type { Sql } from './sql.js';

/** What an event is stored as whose name is one too many for its site; its own name stands in `extra`, as `$name`. */
export const OTHER_NAME = '$other';

/** The SDK's own names have their place whatever a flood has made up before. */
const ALWAYS: ReadonlySet<string> = new Set([...Object.values(AUTOMATIC), OTHER_NAME]);

/**
 * The event names of each site, up to a number: whoever reads a site's key in its pages can send any name, and a million of them
 * would make every list of names, and every report by name, useless. No event is refused for it.
 */
export interface EventNames {
  /** Tells under which name to store an event of the site: its own, or `OTHER_NAME`. */
  of(site: string): (name: string) => string;
  /** Writes what is new; inside the transaction that stores the events. */
  write(sql: Sql): Promise<void>;
  /** The transaction has ended: what was new is known, or, if it failed, is not. */
  settle(isStored: boolean): void;
}

export async function loadEventNames(sql: Sql, perSite: number): Promise<EventNames> {
  const bySite = new Map<string, Set<string>>();
  let added: [site: string, name: string][] = [];

  function namesOf(site: string): Set<string> {
    let names = bySite.get(site);
    if (!names) bySite.set(site, (names = new Set()));
    return names;
  }

  await prepareNames(sql, perSite);
  const known = await sql.rows<{ site: string; name: string }>('SELECT site, name FROM names');
  for (const { site, name } of known) namesOf(site).add(name);

  return {
    of(site) {
      const names = namesOf(site);
      return (name) => {
        if (names.has(name) || ALWAYS.has(name)) return name;
        if (names.size >= perSite) return OTHER_NAME;
        names.add(name);
        added.push([site, name]);
        return name;
      };
    },
    async write(sql) {
      if (added.length === 0) return;
      await sql.run('DELETE FROM staged_names');
      await appendRows(sql, 'staged_names', ['VARCHAR', 'VARCHAR'], added);
      await sql.run('INSERT INTO names SELECT * FROM staged_names');
    },
    settle(isStored) {
      if (!isStored) for (const [site, name] of added) bySite.get(site)?.delete(name);
      added = [];
    },
  };
}

/** A store from before there was this table knows the names its events have; if they are too many, those used most. */
async function prepareNames(sql: Sql, perSite: number): Promise<void> {
  await sql.run('CREATE TABLE IF NOT EXISTS names (site VARCHAR, name VARCHAR)');
  await sql.run(
    `INSERT INTO names SELECT site, name FROM (SELECT site, name, count(*) AS uses FROM events GROUP BY site, name)
     WHERE NOT EXISTS (SELECT 1 FROM names)
     QUALIFY row_number() OVER (PARTITION BY site ORDER BY uses DESC, name) <= CAST($perSite AS BIGINT)`,
    { perSite },
  );
}
