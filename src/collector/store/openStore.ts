import { join } from 'node:path';
import type { Campaign } from '../../core/program.js';
import type { Condition } from '../../core/conditions.js';
import type { JournalPosition } from '../journal/segments.js';
import type { Log } from '../log.js';
import { reports } from '../reports/index.js';
import type { Report } from '../reports/report.js';
import * as accounts from './accounts.js';
import { createApplier, type ApplierOptions } from './applier.js';
import { prepareStaging } from './applyGroup.js';
import { setCampaignStatus } from './campaignStatus.js';
import { openDatabase, type Sql } from './database.js';
import { prepareEvents } from './eventTables.js';
import { currentDocuments, ensureSite, importCampaigns, listSites, prepareSettings } from './settings.js';
import type { SiteDocuments, StoreMethods, StoreOptions } from './storeMethods.js';

/** Opens both database files and answers the store's methods. Runs in the store thread: nothing else opens them. */
export async function openStore(
  options: StoreOptions,
  onApplied: ApplierOptions['onApplied'],
  log: Log,
): Promise<StoreMethods> {
  const settingsFile = await openDatabase(join(options.folder, 'settings.duckdb'));
  const eventsFile = await openDatabase(join(options.folder, 'events.duckdb'));
  const [documentsSql, accountsSql, writer, reader] = await Promise.all([
    settingsFile.connect(),
    settingsFile.connect(),
    eventsFile.connect(),
    eventsFile.connect(),
  ]);
  await prepareSettings(documentsSql);
  const tables = await prepareEvents(writer);
  await prepareStaging(writer);
  const [position = { segment: 0, offset: 0 }] = await writer.rows<JournalPosition>(
    'SELECT segment, "offset" FROM applied',
  );
  const applier = createApplier({
    sql: writer,
    tables,
    journalFolder: options.journalFolder,
    position,
    onApplied,
    log,
  });
  return {
    applied: async () => position,
    advance: async (until) => applier.advance(until),
    flush: async () => void (await applier.flush()),
    async report(name, site, params, nowMs = Date.now()) {
      const asOfMs = await applier.flush();
      const report = reports[name] as unknown as Report<unknown, never>;
      const asOf = new Date(asOfMs).toISOString();
      return report({ events: reader, settings: documentsSql, site, nowMs, asOf }, params);
    },
    loadSites: () => loadSites(documentsSql),
    ensureSite: (key, name, atMs) => ensureSite(documentsSql, key, name, atMs),
    importCampaigns: (change, files) => importCampaigns(documentsSql, change, files),
    setCampaignStatus: (change, id, status) => setCampaignStatus(documentsSql, change, id, status),
    countAccounts: () => accounts.countAccounts(accountsSql),
    findAccount: (email) => accounts.findAccount(accountsSql, email),
    putAccount: (email, hash, atMs) => accounts.putAccount(accountsSql, email, hash, atMs),
    putSession: (hash, session) => accounts.putSession(accountsSql, hash, session),
    findSession: (hash) => accounts.findSession(accountsSql, hash),
    touchSession: (hash, seenMs) => accounts.touchSession(accountsSql, hash, seenMs),
    endSession: (hash, expiredMs) => accounts.endSession(accountsSql, hash, expiredMs),
    async close() {
      await applier.flush().catch(() => undefined);
      await applier.stop();
      for (const sql of [writer, reader, documentsSql, accountsSql]) {
        if (sql === writer || sql === documentsSql) await sql.run('CHECKPOINT').catch(() => undefined);
        sql.connection.closeSync();
      }
      eventsFile.close();
      settingsFile.close();
    },
  };
}

async function loadSites(sql: Sql): Promise<SiteDocuments[]> {
  const sites = await listSites(sql);
  return Promise.all(
    sites.map(async (site) => {
      const campaigns = await currentDocuments<Campaign>(sql, site.key, 'campaign');
      const segments = await currentDocuments<Condition>(sql, site.key, 'segment');
      return {
        site,
        campaigns: campaigns.map(({ version, body }) => ({ ...body, version })),
        segments: Object.fromEntries(segments.map(({ id, body }) => [id, body])),
      };
    }),
  );
}
