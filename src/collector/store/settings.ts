import type { Properties } from '../../core/events.js';
import type { CampaignFile } from '../../core/program.js';
import type { Sql } from './sql.js';

/** A site as the collector knows it. */
export interface Site {
  key: string;
  name: string;
  /** Origins that may send; null for any. */
  origins: string[] | null;
  /** Version of the published program. */
  program: number;
}

/** The newest version of a document. */
export interface StoredDocument<Body> {
  id: string;
  version: number;
  body: Body;
}

export async function prepareSettings(sql: Sql): Promise<void> {
  await sql.run(
    'CREATE TABLE IF NOT EXISTS sites (key VARCHAR, name VARCHAR, origins VARCHAR, program BIGINT, created BIGINT)',
  );
  await sql.run(`CREATE TABLE IF NOT EXISTS documents
    (site VARCHAR, kind VARCHAR, id VARCHAR, version BIGINT, body VARCHAR, made BIGINT, author VARCHAR)`);
  await sql.run('CREATE TABLE IF NOT EXISTS users (email VARCHAR, hash VARCHAR, created BIGINT)');
  await sql.run(
    'CREATE TABLE IF NOT EXISTS sessions (hash VARCHAR, email VARCHAR, csrf VARCHAR, created BIGINT, seen BIGINT)',
  );
  await sql.run(`CREATE TABLE IF NOT EXISTS audit
    (made BIGINT, actor VARCHAR, site VARCHAR, action VARCHAR, target VARCHAR, detail VARCHAR)`);
}

export async function listSites(sql: Sql): Promise<Site[]> {
  const rows = await sql.rows<{ key: string; name: string; origins: string | null; program: number }>(
    'SELECT key, name, origins, program FROM sites ORDER BY key',
  );
  return rows.map((row) => ({
    ...row,
    origins: row.origins === null ? null : (JSON.parse(row.origins) as string[]),
  }));
}

/** Adds the site if it is new; an existing one keeps its name and origins. */
export async function ensureSite(sql: Sql, key: string, name: string, atMs: number): Promise<void> {
  await sql.run(
    'INSERT INTO sites SELECT $key, $name, NULL, 1, $at WHERE NOT EXISTS (SELECT 1 FROM sites WHERE key = $key)',
    { key, name, at: atMs },
  );
}

/** `limits`, `facts` and `theme` are one document each, of the id `site`; a `stop` has the id of its campaign. */
type DocumentKind = 'campaign' | 'segment' | 'limits' | 'stop' | 'facts' | 'theme';

/** The newest version of every document of a kind, by id. */
export async function currentDocuments<Body>(
  sql: Sql,
  site: string,
  kind: DocumentKind,
): Promise<StoredDocument<Body>[]> {
  const rows = await sql.rows<{ id: string; version: number; body: string }>(
    `SELECT id, max(version) AS version, arg_max(body, version) AS body FROM documents
     WHERE site = $site AND kind = $kind GROUP BY id ORDER BY id`,
    { site, kind },
  );
  return rows.map(({ id, version, body }) => ({ id, version, body: JSON.parse(body) as Body }));
}

export interface Change {
  site: string;
  actor: string;
  atMs: number;
}

/** Appends a version of a document; inside the caller's transaction. Returns the version. */
export async function putDocument(
  sql: Sql,
  { site, actor, atMs }: Change,
  kind: DocumentKind,
  id: string,
  body: unknown,
): Promise<number> {
  const values = { site, kind, id };
  const [last] = await sql.rows<{ version: number | null }>(
    'SELECT max(version) AS version FROM documents WHERE site = $site AND kind = $kind AND id = $id',
    values,
  );
  const version = (last?.version ?? 0) + 1;
  await sql.run('INSERT INTO documents VALUES ($site, $kind, $id, $version, $body, $at, $actor)', {
    ...values,
    version,
    body: JSON.stringify(body),
    at: atMs,
    actor,
  });
  return version;
}

/** Pages that are open learn of the change by the program's version; inside the caller's transaction. */
export async function raiseProgram(sql: Sql, site: string): Promise<void> {
  await sql.run('UPDATE sites SET program = program + 1 WHERE key = $site', { site });
}

export async function writeAudit(
  sql: Sql,
  change: Change,
  action: string,
  target: string,
  detail: string,
): Promise<void> {
  await sql.run('INSERT INTO audit VALUES ($at, $actor, $site, $action, $target, $detail)', {
    at: change.atMs,
    actor: change.actor,
    site: change.site,
    action,
    target,
    detail,
  });
}

/** Writes the documents of checked campaign files whose content differs from what is stored; returns how many. */
export async function importCampaigns(
  sql: Sql,
  change: Change,
  files: readonly CampaignFile[],
): Promise<number> {
  return sql.transaction(async () => {
    let changed = 0;
    const write = async (kind: DocumentKind, documents: [id: string, body: unknown][]) => {
      const current = new Map(
        (await currentDocuments(sql, change.site, kind)).map((d) => [d.id, JSON.stringify(d.body)]),
      );
      for (const [id, body] of documents) {
        if (current.get(id) === JSON.stringify(body)) continue;
        await putDocument(sql, change, kind, id, body);
        changed += 1;
      }
    };
    await write(
      'segment',
      files.flatMap((file) => Object.entries(file.segments ?? {})),
    );
    for (const kind of ['limits', 'facts', 'theme'] as const)
      await write(
        kind,
        files.flatMap((file) => (file[kind] ? [['site', file[kind]] as [string, unknown]] : [])),
      );
    await write(
      'campaign',
      files.flatMap((file) => file.campaigns.map((campaign) => [campaign.id, campaign] as [string, unknown])),
    );
    if (changed > 0) {
      await raiseProgram(sql, change.site);
      await writeAudit(sql, change, 'import', 'campaigns', `${changed} documents`);
    }
    return changed;
  });
}

/** Publishes other public facts in place of those before; the program's version. */
export function putPublicFacts(sql: Sql, change: Change, facts: Properties): Promise<number> {
  return sql.transaction(async () => {
    const [known] = await currentDocuments(sql, change.site, 'facts');
    if (JSON.stringify(known?.body) !== JSON.stringify(facts)) {
      await putDocument(sql, change, 'facts', 'site', facts);
      await raiseProgram(sql, change.site);
      await writeAudit(sql, change, 'publish', 'facts', `${Object.keys(facts).length} names`);
    }
    const sites = await listSites(sql);
    return sites.find(({ key }) => key === change.site)?.program ?? 0;
  });
}
